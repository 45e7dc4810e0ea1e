"""The room's socket: who comes in, what they are told, what bad frames cost."""

import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as live_settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import RequestFactory, override_settings

from accounts.signals import access_revoked
from config.throttles import WriteThrottle
from events.enums import EventState, StaffRole
from events.models import EventStaff
from livechat.consumers import door, record
from livechat.consumers import room as consumer
from livechat.consumers.threads import in_database
from livechat.domain import log, tickets
from livechat.domain.authors import author_tag
from livechat.domain.messages import post_message
from livechat.domain.moderation import delete_message
from livechat.domain.room_settings import change_settings
from livechat.models import ChatMessage, RoomPresence, RoomTicket
from livechat.wire import codec, throttle
from livechat.wire import hub as hub_module
from livechat.wire.codes import Close
from livechat.wire.seats import Pass
from tests.factories.accounts import make_superuser, make_user
from tests.factories.events import make_event, make_event_staff
from tests.factories.livechat import as_viewer, make_guest, make_room, settings_body
from tests.livechat.conftest import application
from tests.livechat.peer import Peer
from tests.livechat.test_codec import mangled

pytestmark = pytest.mark.django_db(transaction=True)


def now():
    return datetime.now(UTC)


def append(room, count=1):
    for _ in range(count):
        with transaction.atomic():
            log.append(room, "room.settings", settings_body(), now=now())


async def hello(browser, **options):
    assert await browser.open(**options)
    return await browser.next("hello")


# --- Coming in ---------------------------------------------------------------------------------------------
async def test_the_first_frame_is_a_snapshot(arrive):
    browser = await arrive(guest_name="Wei")
    frame = await hello(browser)
    assert frame["recovered"] is False
    assert frame["snapshot"]["event"]["slug"] == browser.room.event.slug
    assert frame["you"] == {
        "name": "Wei",
        "badge": "",
        "signed_in": False,
        "moderates": False,
        "may_write": True,
        "author": author_tag(browser.room.pk, browser.viewer.key),
        "grade": "",
        "muted_until": None,
        "muted_for": "",
        "banned": False,
        "follows": False,
        "vote": None,
    }


async def test_a_ticket_opens_one_socket(arrive):
    browser = await arrive()
    ticket = await browser.ticket()
    assert await browser.open(ticket=ticket)
    assert not await browser.open(ticket=ticket)


async def test_twin_without_the_conditional_update_a_ticket_opens_two(arrive, monkeypatch):
    def read_only(token, *, slug, session_key, now):
        ticket = RoomTicket.objects.get(token_hash=tickets.hash_of(token))
        return tickets.Admission(ticket.room, ticket.viewer_key, ticket.user_id, ticket.rehearsal)

    monkeypatch.setattr(door, "redeem_ticket", read_only)
    browser = await arrive()
    ticket = await browser.ticket()
    assert await browser.open(ticket=ticket)
    assert await browser.open(ticket=ticket)


async def test_hello_gives_a_pass_that_opens_the_door_once_more(arrive):
    browser = await arrive()
    await browser.open()
    again = (await browser.next("hello"))["again"]
    await browser.leave()
    assert await browser.open(ticket=again)
    assert (await browser.next("hello"))["you"]["name"] == "Mina"
    await browser.leave()


async def test_a_pass_that_is_used_up_closes_with_a_code_the_page_can_read(arrive):
    browser = await arrive()
    await browser.open()
    again = (await browser.next("hello"))["again"]
    await browser.leave()
    await browser.open(ticket=again)
    await browser.leave()
    assert await browser.open(ticket=again)
    assert await browser.closed() == Close.SIGNED_OUT


async def test_a_late_ticket_opens_nothing(arrive):
    browser = await arrive()
    ticket = await browser.ticket()
    await in_database(lambda: RoomTicket.objects.update(expires_at=now() - timedelta(seconds=1)))
    assert not await browser.open(ticket=ticket)


async def test_a_ticket_is_no_good_in_another_session_or_room(arrive):
    browser, thief = await arrive(guest_name="Mina"), await arrive(guest_name="Eve")
    assert not await thief.open(ticket=await browser.ticket())
    other = await in_database(make_room)
    assert not await browser.open(slug=other.event.slug)


@pytest.mark.parametrize("ticket", ["", "nonsense", "x" * 900])
async def test_no_ticket_no_entry(arrive, ticket):
    assert not await (await arrive()).open(ticket=ticket)


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "http://evil.example",
        "http://localhost:9999",
        "https://localhost:8000",
        "http://localhost:8000.evil.example",
        "http://localhost:8000/path",
        "http://user@localhost:8000",
        "ftp://localhost:8000",
        "http://localhost:notaport",
    ],
)
async def test_pages_of_others_open_no_socket(arrive, origin):
    assert not await (await arrive()).open(origin=origin)


async def test_a_host_that_is_not_ours_opens_no_socket(arrive):
    assert not await (await arrive()).open(origin="http://evil.example:8000", host="evil.example:8000")


async def test_origins_named_in_the_settings_may_open_sockets(arrive, settings):
    settings.SOCKET_ORIGINS = ["https://shop.example"]
    assert await (await arrive()).open(origin="https://shop.example")


async def test_twin_without_the_origin_check_anybodys_page_gets_in(arrive, monkeypatch):
    monkeypatch.setattr(door, "is_own_origin", lambda _scope: True)
    assert await (await arrive()).open(origin="http://evil.example")


async def test_a_sixth_socket_of_one_session_is_refused(arrive):
    browser = await arrive()
    opened = [await browser.open() for _ in range(6)]
    assert opened == [True] * 5 + [False]


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.SCHEDULED, EventState.ENDED])
async def test_closed_rooms_stay_closed(arrive, state):
    room = await in_database(lambda: make_room(make_event(state=state)))
    assert not await (await arrive(room)).open()


async def test_a_rehearsal_is_open_to_those_who_work_on_it(arrive):
    room = await in_database(lambda: make_room(make_event(state=EventState.REHEARSAL)))
    moderator = await in_database(make_user)
    await in_database(make_event_staff, room.event, user=moderator, role=StaffRole.MODERATOR)
    assert not await (await arrive(room)).open()
    assert await (await arrive(room, user=moderator)).open()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "peer", "found"),
    [
        (0, [], "81.2.69.7", "81.2.69.7"),
        (0, ["93.184.216.9"], "81.2.69.7", "81.2.69.7"),
        (1, ["93.184.216.9"], "10.0.0.2", "93.184.216.9"),
        (1, ["1.2.3.4, 93.184.216.9"], "10.0.0.2", "93.184.216.9"),
        (1, ["1.2.3.4", "93.184.216.9"], "10.0.0.2", "93.184.216.9"),
        (2, ["1.2.3.4, 93.184.216.9, 10.0.0.3"], "10.0.0.2", "93.184.216.9"),
        (2, ["93.184.216.9"], "10.0.0.2", "93.184.216.9"),
        (1, [], "81.2.69.7", "81.2.69.7"),
        (1, ["nonsense"], "10.0.0.2", None),
        (0, [], "127.0.0.1", None),
        (0, [], "192.168.1.4", None),
    ],
)
def test_an_address_is_what_our_own_proxies_saw(settings, proxies, forwarded, peer, found):
    settings.TRUSTED_PROXIES = proxies
    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    assert door.address({"client": (peer, 1), "headers": headers}) == _as_the_api(
        proxies, forwarded, peer, found
    )


def _as_the_api(proxies, forwarded, peer, found):
    """`found`, after asking the API's throttles the same where the address says something of a person."""
    if found is not None:
        with override_settings(REST_FRAMEWORK={**live_settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}):
            meta = {"REMOTE_ADDR": peer} | (
                {"HTTP_X_FORWARDED_FOR": ",".join(forwarded)} if forwarded else {}
            )
            request = RequestFactory().get("/", **meta)
            assert WriteThrottle().get_ident(request) == found
    return found


async def test_one_address_says_sixty_lines_a_minute_however_many_sessions_it_has(arrive, monkeypatch):
    register = door.Register()
    register._lines = throttle.Buckets(rate=0.0, burst=door.LINES_PER_ADDRESS)
    monkeypatch.setattr(consumer, "_register", register)
    monkeypatch.setattr(door, "address", lambda _scope: "81.2.69.7")
    room, moderator = await in_database(make_room), await in_database(make_user)
    await in_database(make_event_staff, room.event, user=moderator, role=StaffRole.MODERATOR)
    browsers = [await arrive(room, guest_name=f"G{n}") for n in range(4)]
    for browser in browsers:
        await hello(browser)
    refused = 0
    for number in range(64):
        browser = browsers[number % 4]
        await browser.send({"type": "chat.send", "id": f"c{number}", "text": f"line {number}"})
        refused += (await browser.next("ack", "error"))["type"] == "error"
    assert (refused, await in_database(ChatMessage.objects.count)) == (4, 60)
    at_work = await arrive(room, user=moderator)
    await hello(at_work)
    await at_work.send({"type": "chat.send", "id": "m", "text": "Quiet, please"})
    assert (await at_work.next("ack", "error"))["type"] == "ack"


async def test_other_addresses_are_no_sockets(arrive):
    assert not await Peer(application, "/ws/other/", []).connect()


# --- Talking -----------------------------------------------------------------------------------------------
async def test_a_line_reaches_everybody_and_its_sender_gets_an_ack(arrive):
    mina = await arrive(guest_name="Mina")
    wei = await arrive(mina.room, guest_name="Wei")
    await hello(mina)
    await hello(wei)
    await mina.send({"type": "chat.send", "id": "c1", "text": "Is it lined?"})
    line = await wei.next("chat.posted")
    ack = await mina.next("ack")
    assert (line["name"], line["text"], line["seq"]) == ("Mina", "Is it lined?", 1)
    assert (ack["ref"], ack["id"], ack["seq"]) == ("c1", line["id"], 1)


async def test_the_same_line_twice_is_one_line(arrive):
    mina = await arrive()
    await hello(mina)
    for _ in range(2):
        await mina.send({"type": "chat.send", "id": "c1", "text": "Hello"})
    assert (await mina.next("ack"))["id"] == (await mina.next("ack"))["id"]
    assert await in_database(ChatMessage.objects.count) == 1


@pytest.mark.parametrize(
    ("over", "who", "code"),
    [
        ({}, {"guest_name": ""}, "name_needed"),
        ({"chat_needs_account": True}, {}, "account_needed"),
    ],
)
async def test_who_may_not_write_is_told_why(arrive, over, who, code):
    browser = await arrive(await in_database(make_room, **over), **who)
    await hello(browser)
    await browser.send({"type": "chat.send", "id": "c1", "text": "Hello"})
    assert await browser.next("error") == {"type": "error", "code": code, "ref": "c1"}


async def test_badges_come_from_the_server(arrive):
    room, moderator = await in_database(make_room), await in_database(make_user)
    await in_database(make_event_staff, room.event, user=moderator, role=StaffRole.MODERATOR)
    browser = await arrive(room, user=moderator)
    assert (await hello(browser))["you"]["badge"] == "moderator"
    await browser.send({"type": "chat.send", "id": "c1", "text": "Good evening"})
    assert (await browser.next("chat.posted"))["badge"] == "moderator"


async def test_lines_of_the_rehearsal_crowd_are_marked(arrive):
    browser = await arrive()
    await hello(browser, rehearsal=True)
    await browser.send({"type": "chat.send", "id": "c1", "text": "Lovely"})
    assert (await browser.next("chat.posted"))["rehearsal"] is True


async def test_a_ping_is_answered_with_where_the_log_stands(arrive):
    browser = await arrive()
    first = await hello(browser)
    await browser.send({"type": "ping"})
    beat = await browser.next("heartbeat")
    assert (beat["epoch"], beat["head"]) == (first["epoch"], 0)


# --- Coming back -------------------------------------------------------------------------------------------
async def test_who_was_cut_off_gets_exactly_what_was_missed(arrive):
    browser = await arrive()
    first = await hello(browser)
    await browser.leave()
    await in_database(append, browser.room, 3)
    again = await hello(browser, query=f"&epoch={first['epoch']}&since=0")
    assert again["recovered"] is True
    assert [frame["seq"] for frame in again["frames"]] == [1, 2, 3]


@pytest.mark.parametrize("since", ["-1", '"7"', "1" + "0" * 18, "seven", "99"])
async def test_a_malformed_position_gets_a_snapshot(arrive, since):
    browser = await arrive()
    await in_database(append, browser.room, 2)
    epoch = browser.room.epoch
    frame = await hello(browser, query=f"&epoch={epoch}&since={since}")
    assert (frame["recovered"], frame["snapshot"]["head"]) == (False, 2)


async def test_another_rooms_epoch_gets_this_rooms_snapshot(arrive):
    browser, other = await arrive(), await in_database(make_room)
    frame = await hello(browser, query=f"&epoch={other.epoch}&since=0")
    assert frame["snapshot"]["event"]["slug"] == browser.room.event.slug


async def test_since_is_answered_on_the_open_socket(arrive):
    browser = await arrive()
    first = await hello(browser)
    await in_database(append, browser.room, 2)
    await browser.next("room.settings")
    await browser.send({"type": "since", "epoch": first["epoch"], "seq": 0})
    answer = await browser.next("hello")
    assert [frame["seq"] for frame in answer["frames"]] == [1, 2]


async def test_since_is_answered_once_in_two_seconds(arrive):
    browser = await arrive()
    first = await hello(browser)
    for _ in range(2):
        await browser.send({"type": "since", "epoch": first["epoch"], "seq": 0})
    assert (await browser.next("hello", "error"))["type"] == "hello"
    assert (await browser.next("hello", "error"))["code"] == "too_fast"


async def test_a_new_epoch_gives_everybody_a_fresh_snapshot(arrive):
    browser = await arrive()
    first = await hello(browser)
    await in_database(log.restart, browser.room)
    again = await browser.next("hello")
    assert again["recovered"] is False
    assert again["epoch"] != first["epoch"]


async def test_a_deleted_line_is_in_no_replay(arrive):
    browser = await arrive()
    first = await hello(browser)
    moderator = await in_database(make_user)
    await in_database(make_event_staff, browser.room.event, user=moderator, role=StaffRole.MODERATOR)
    await browser.send({"type": "chat.send", "id": "c1", "text": "Buy at mine"})
    await browser.next("ack")
    line = await in_database(ChatMessage.objects.select_related("room__event").get)
    await in_database(delete_message, line, by=moderator, now=now())
    await browser.next("chat.deleted")
    await browser.send({"type": "since", "epoch": first["epoch"], "seq": 0})
    assert "Buy at mine" not in json.dumps(await browser.next("hello"))


async def test_what_another_process_wrote_arrives(arrive, monkeypatch):
    monkeypatch.setattr(log, "announce", lambda _logged: None)
    browser = await arrive()
    await hello(browser)
    await in_database(append, browser.room, 2)
    assert [(await browser.next("room.settings"))["seq"] for _ in range(2)] == [1, 2]


# --- Bad frames --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{bad", "bad_json"),
        ("[" * 9, "too_deep"),
        ("[]", "not_an_object"),
        ('{"type":"pin.placed","id":"x"}', "forbidden"),
        ('{"type":"websocket.disconnect"}', "unknown_type"),
        ('{"type":"chat.send","id":"c1","text":"a","badge":"host"}', "bad_field"),
    ],
)
async def test_a_bad_frame_gets_a_code_and_the_socket_lives(arrive, frame, code):
    browser = await arrive()
    await hello(browser)
    await browser.send(frame)
    assert (await browser.next("error"))["code"] == code
    await browser.send({"type": "ping"})
    assert (await browser.next("heartbeat"))["type"] == "heartbeat"


async def test_ten_bad_frames_in_a_minute_are_enough(arrive):
    browser = await arrive()
    await hello(browser)
    for _ in range(10):
        await browser.send("{bad")
    assert await browser.closed() == Close.TOO_MANY_ERRORS


async def test_bytes_and_giants_close_the_socket(arrive):
    browser = await arrive()
    await hello(browser)
    await browser.socket.send(data=b"\xff\xfe")
    assert await browser.closed() == Close.NOT_TEXT
    other = await arrive(browser.room, guest_name="Wei")
    await hello(other)
    await other.send('{"type":"ping","x":"' + "a" * 17_000 + '"}')
    assert await other.closed() == Close.TOO_LARGE


async def test_a_flood_is_stopped_and_costs_nobody_else(arrive):
    flooder = await arrive(guest_name="Eve")
    neighbour = await arrive(flooder.room, guest_name="Mina")
    await hello(flooder)
    await hello(neighbour)
    for _ in range(60):
        await flooder.send({"type": "ping"})
    assert await flooder.closed() == Close.TOO_MANY_ERRORS
    await neighbour.send({"type": "chat.send", "id": "c1", "text": "Still here"})
    assert (await neighbour.next("ack"))["ref"] == "c1"


async def test_two_thousand_mangled_frames_leave_the_socket_and_its_neighbour_whole(arrive, monkeypatch):
    # With the limits off, or the tenth frame would be the last.
    monkeypatch.setattr(throttle.Bucket, "take", lambda _self, _now: True)
    monkeypatch.setattr(throttle.Patience, "is_over", lambda _self, _now: False)
    fuzzer = await arrive(guest_name="Eve")
    neighbour = await arrive(fuzzer.room, guest_name="Mina")
    await hello(fuzzer)
    await hello(neighbour)
    rng = random.Random(11)
    for _ in range(40):
        for _ in range(50):
            await fuzzer.send(mangled(rng)[: codec.MAX_BYTES // 4])
        await fuzzer.send({"type": "ping"})
        await fuzzer.next("heartbeat")
    await neighbour.send({"type": "chat.send", "id": "c1", "text": "Still here"})
    assert (await neighbour.next("ack"))["ref"] == "c1"


@pytest.mark.expects_errors
async def test_a_failure_behind_the_socket_is_a_code_not_a_crash(arrive, monkeypatch):
    browser = await arrive()
    await hello(browser)
    monkeypatch.setattr("livechat.consumers.room.say", lambda *_: 1 / 0)
    await browser.send({"type": "chat.send", "id": "c1", "text": "Hello"})
    assert (await browser.next("error"))["code"] == "failed"


# --- Rights and presence -----------------------------------------------------------------------------------
async def test_signing_out_closes_the_sockets_at_once(arrive):
    user = await in_database(make_user)
    browser = await arrive(user=user)
    await hello(browser)
    await in_database(lambda: access_revoked.send(sender=type(user), user=user, now=now()))
    assert await browser.closed() == Close.SIGNED_OUT


@pytest.mark.parametrize("loss", ["session", "password", "closed account"])
async def test_rights_lost_elsewhere_close_the_socket_soon(arrive, monkeypatch, loss):
    monkeypatch.setattr(hub_module, "CHECK_RIGHTS", 0.1)
    user = await in_database(make_user)
    browser = await arrive(user=user)
    await hello(browser)

    def lose():
        if loss == "session":
            Session.objects.all().delete()
        elif loss == "password":
            user.set_password("another-word-2026")
            user.save()
        else:
            type(user).objects.update(is_active=False)

    await in_database(lose)
    assert await browser.closed() == Close.SIGNED_OUT


async def at_work(arrive, state):
    """A moderator in the room of an event in `state`."""
    room, user = await in_database(lambda: make_room(make_event(state=state))), await in_database(make_user)
    await in_database(make_event_staff, room.event, user=user, role=StaffRole.MODERATOR)
    browser = await arrive(room, user=user)
    await hello(browser)
    return browser


async def taken_off(browser):
    await in_database(lambda: EventStaff.objects.filter(user=browser.viewer.user).delete())


async def test_who_is_taken_off_a_rehearsal_is_cut_at_the_next_check_and_nobody_else(arrive, monkeypatch):
    monkeypatch.setattr(hub_module, "CHECK_RIGHTS", 0.1)
    leaves = await at_work(arrive, EventState.REHEARSAL)
    stays = await arrive(leaves.room, user=await in_database(make_user))
    await in_database(make_event_staff, leaves.room.event, user=stays.viewer.user, role=StaffRole.MODERATOR)
    await hello(stays)
    public = await at_work(arrive, EventState.LIVE)
    guest = await arrive(public.room)
    await hello(guest)
    for browser in (leaves, public):
        await taken_off(browser)
    assert await leaves.closed() == Close.SIGNED_OUT
    for browser in (stays, public, guest):
        await browser.send({"type": "ping"})
        await browser.next("heartbeat")


async def test_twin_without_asking_the_door_again_the_rehearsal_goes_on_for_them(arrive, monkeypatch):
    monkeypatch.setattr(hub_module, "CHECK_RIGHTS", 0.1)
    monkeypatch.setattr(record, "is_open_to", lambda *_: True)
    browser = await at_work(arrive, EventState.REHEARSAL)
    await taken_off(browser)
    for _ in range(3):
        await in_database(append, browser.room)
        assert (await browser.next("room.settings"))["type"] == "room.settings"


async def test_asking_who_is_shut_out_of_public_rooms_is_one_query(django_assert_num_queries):
    room = await in_database(make_room)

    def ask():
        with django_assert_num_queries(1):
            return record._shut_out({room.pk: {Pass("s", None, "")}})

    assert await in_database(ask) == {}


async def test_a_room_that_is_no_more_closes_for_good(arrive):
    browser = await arrive()
    await hello(browser)
    await in_database(browser.room.event.delete)
    assert await browser.closed() == Close.ROOM_CLOSED


async def test_people_are_counted_once_and_staff_and_crowd_not_at_all(arrive):
    room, moderator = await in_database(make_room), await in_database(make_user)
    await in_database(make_event_staff, room.event, user=moderator, role=StaffRole.MODERATOR)
    mina, wei = await arrive(room, guest_name="Mina"), await arrive(room, guest_name="Wei")
    crowd, staff = await arrive(room, guest_name="Crowd"), await arrive(room, user=moderator)
    await hello(mina)
    second_tab = await arrive(room)
    second_tab.session, second_tab.viewer = mina.session, mina.viewer
    await hello(second_tab)
    await hello(wei)
    await hello(staff)
    await hello(crowd, rehearsal=True)
    counted = {"viewers": 2, "rehearsal": 1}
    while (await wei.next("presence")) != {"type": "presence", **counted}:
        pass
    row = await in_database(RoomPresence.objects.get)
    assert (row.viewers, row.rehearsal_crowd) == (2, 1)


async def test_the_settings_reach_the_room(arrive):
    browser, lead = await arrive(), await in_database(make_superuser)
    await hello(browser)
    await in_database(change_settings, browser.room, chat_needs_account=True, by=lead, now=now())
    assert (await browser.next("room.settings"))["chat_needs_account"] is True


async def test_busy_chat_leaves_in_batches_and_loses_nothing(arrive):
    browser = await arrive()
    await hello(browser)
    guests = [make_guest(f"G{n}") for n in range(30)]

    def crowd():
        for number, guest in enumerate(guests):
            post_message(
                browser.room, viewer=guest, text=f"line {number}", client_id="c", badge="", now=now()
            )

    await in_database(crowd)
    while not browser.frames or browser.frames[-1].get("text") != "line 29":
        await browser.next("chat.posted")
    assert [f["seq"] for f in browser.frames if f["type"] == "chat.posted"] == list(range(1, 31))


async def test_an_account_without_a_name_uses_the_sessions(arrive):
    user = await in_database(make_user, display_name="")
    browser = await arrive(user=user, guest_name="Wei")
    assert (await hello(browser))["you"]["name"] == "Wei"
    assert as_viewer(user).name == ""
