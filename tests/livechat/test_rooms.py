"""The room follows its event, its shelf and its people; snapshot plus frames is the snapshot that follows."""

import copy
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core import signing
from django.core.signing import Signer

from accounts.enums import Role
from catalog.domain import stock as shelf_stock
from catalog.domain.pricing import set_price
from catalog.signals import stock_changed
from events.domain import onair
from events.enums import EventState, StaffRole, StreamState
from events.models import Event
from events.signals import event_state_changed, lineup_changed, stream_state_changed
from livechat.domain import log, moderation, notices, polls, presence, rehearsal, shelf, tickets, touches
from livechat.domain.answers import answer_on_air, answer_question, let_through, remove_question
from livechat.domain.authors import person_of
from livechat.domain.messages import post_message
from livechat.domain.moderation import delete_message
from livechat.domain.pins import place_pin, remove_pin
from livechat.domain.questions import ask_question, raise_question
from livechat.domain.room_settings import change_settings
from livechat.domain.rooms import badge_of, is_open_to, may_know_of, room_of
from livechat.domain.snapshot import behind_the_curtain, snapshot
from livechat.domain.undoing import undo
from livechat.errors import NotAllowed, NotInLineup
from livechat.models import ChatMessage, ModerationAct, Pin, Room, RoomFrame, RoomTicket, ShelfNote, Touch
from livechat.wire.fold import Hole, fold
from livechat.wire.frames import SEQUENCED
from tests.factories.accounts import make_superuser, make_user
from tests.factories.catalog import make_brand, make_member, make_product, make_stocked_variant
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_event_staff,
    make_host,
    make_lineup_item,
    make_segment,
    make_stream,
)
from tests.factories.livechat import make_guest, make_message, make_pin, make_room, make_touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def show():
    """A live room with a host, a stream and two stocked pieces."""
    event = make_event(state=EventState.LIVE)
    user = make_user()
    make_event_host(event, host=make_host(user=user))
    make_stream(event)
    for _ in range(2):
        product = make_product(brand=event.brand)
        make_stocked_variant(product=product, on_hand=5)
        make_lineup_item(event, product=product)
    return make_room(event), user


def types(room):
    return list(room.frames.values_list("type", flat=True))


def first_item(room):
    return room.event.lineup.select_related("product").first()


def first_variant(room):
    return first_item(room).product.variants.get()


# --- Snapshot plus frames ----------------------------------------------------------------------------------
def say(room, user):
    post_message(room, viewer=make_guest(), text="Hello", client_id="c1", badge="", now=NOW)


def unsay(room, user):
    say(room, user)
    delete_message(room.messages.get(), by=make_superuser(), now=NOW)


def pin(room, user):
    place_pin(room, item=first_item(room), by=user, host=None, now=NOW)


def unpin(room, user):
    pin(room, user)
    remove_pin(room.pins.get(), by=user, now=NOW)


def hold(room, user):
    shelf_stock.hold(first_variant(room), holder="guest:1", quantity=2, now=NOW)
    shelf.tell_rooms(now=NOW)


def reprice(room, user):
    set_price(first_variant(room), amount=9_900, currency="EUR", now=NOW)
    shelf.tell_rooms(now=NOW)


def end(room, user):
    pin(room, user)
    Event.objects.filter(pk=room.event_id).update(state=EventState.ENDED)
    event_state_changed.send(Event, event=room.event, before="live", after="ended", now=NOW)


def lose_picture(room, user):
    room.event.stream.state = StreamState.LOST
    room.event.stream.save()
    stream_state_changed.send(Event, event=room.event, before="live", after="lost", now=NOW)


def extend_lineup(room, user):
    make_lineup_item(room.event)
    make_event_host(room.event, share=0, position=1)
    lineup_changed.send(Event, event=room.event, now=NOW)


def begin_a_segment(room, user):
    first = make_segment(room.event)
    make_segment(room.event)
    onair.start_segment(first, now=NOW)


def end_on_a_segment(room, user):
    begin_a_segment(room, user)
    Event.objects.filter(pk=room.event_id).update(state=EventState.ENDED)
    event_state_changed.send(Event, event=room.event, before="live", after="ended", now=NOW)


def keep_a_place(room, user):
    log.append(room, "skip", {}, now=NOW)


def ask_for_accounts(room, user):
    change_settings(room, chat_needs_account=True, by=make_superuser(), now=NOW)


def clear(room, user):
    say(room, user)
    moderation.clear_lines(room, target=author(room), by=make_superuser(), now=NOW)


def unclear(room, user):
    clear(room, user)
    undo(ModerationAct.objects.get(), by=make_superuser(), now=NOW)


def author(room):
    return person_of(room, room.messages.get().author_tag)


def announce(room, user):
    notices.place_notice(room, text="Doors close at nine", by=make_superuser(), now=NOW)


def announce_no_more(room, user):
    announce(room, user)
    notices.remove_notice(room, by=make_superuser(), now=NOW)


def open_a_poll(room, user):
    polls.open_poll(room, question="Which one next?", options=["The blue", "The ivory"], by=user, now=NOW)


def close_a_poll(room, user):
    open_a_poll(room, user)
    poll = room.polls.get()
    polls.cast_vote(room, poll=poll.public_id, viewer_key="guest:1", option=1, now=NOW)
    polls.close_poll(poll, by=user, now=NOW)


def ask(room, user, **over):
    over = {"viewer": make_guest(), "text": "Is it lined?", "client_id": "q1", "now": NOW} | over
    return ask_question(room, product=first_item(room).product, **over)


def raise_it(room, user):
    question = ask(room, user)
    for hand in range(3):
        raise_question(question, viewer_key=f"hand:{hand}", now=NOW)
    return question


def answer(room, user):
    raised = raise_it(room, user)
    answer_question(raised, text="Goat.", by=user, now=NOW)
    answer_on_air(raised, by=user, now=NOW)


def unask(room, user):
    answer(room, user)
    remove_question(room.questions.get(), by=make_superuser(), now=NOW)


def let_in(room, user):
    Room.objects.update(review=True)
    waiting = ask(Room.objects.get(pk=room.pk), user)
    Room.objects.update(review=False)
    ask(room, user, badge="host")
    let_through(waiting, by=make_superuser(), now=NOW + timedelta(seconds=5))


ACTS = {
    ask: {"question.asked"},
    raise_it: {"question.asked", "question.raised"},
    answer: {"question.asked", "question.raised", "question.answered"},
    unask: {"question.asked", "question.raised", "question.answered", "question.removed"},
    let_in: {"question.asked"},
    open_a_poll: {"poll.opened"},
    close_a_poll: {"poll.opened", "poll.closed"},
    clear: {"chat.posted", "chat.cleared"},
    unclear: {"chat.posted", "chat.cleared", "chat.restored"},
    announce: {"notice.set"},
    announce_no_more: {"notice.set", "notice.cleared"},
    say: {"chat.posted"},
    unsay: {"chat.posted", "chat.deleted"},
    pin: {"pin.placed"},
    unpin: {"pin.placed", "pin.removed"},
    hold: {"stock.changed"},
    reprice: {"price.changed"},
    end: {"pin.placed", "pin.removed", "event.state"},
    lose_picture: {"stream.state"},
    extend_lineup: {"lineup.changed"},
    ask_for_accounts: {"room.settings"},
    begin_a_segment: {"programme.changed", "lineup.changed"},
    end_on_a_segment: {"programme.changed", "lineup.changed", "event.state"},
    keep_a_place: {"skip"},
}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_snapshot_plus_frames_is_the_snapshot_that_follows(show, act):
    room, user = show
    before = snapshot(room, now=NOW)
    untouched = copy.deepcopy(before)
    act(room, user)
    frames = [log.to_message(frame) for frame in log.since(room, epoch=before["epoch"], seq=0)]
    after = snapshot(room, now=NOW)
    assert {frame["type"] for frame in frames} == ACTS[act]
    assert fold(before, frames) == after
    assert before == untouched


def test_every_frame_type_is_proved_by_an_act():
    # `skipped` is made on the way and never a row of the log.
    assert set().union(*ACTS.values()) == set(SEQUENCED) - {"skipped"}


def test_a_viewer_who_saw_a_line_and_its_deletion_ends_with_the_fresh_snapshot(show):
    room, user = show
    before = snapshot(room, now=NOW)
    say(room, user)
    seen = [log.to_message(frame) for frame in room.frames.all()]
    delete_message(room.messages.get(), by=make_superuser(), now=NOW)
    seen.append(log.to_message(room.frames.get(type="chat.deleted")))
    assert fold(before, seen) == snapshot(room, now=NOW)


def test_frames_known_already_change_nothing_and_a_missing_one_is_a_hole(show):
    room, user = show
    before = snapshot(room, now=NOW)
    say(room, user)
    pin(room, user)
    first, second = (log.to_message(frame) for frame in room.frames.all())
    once = fold(before, [first, second])
    assert fold(once, [first, second]) == once
    with pytest.raises(Hole):
        fold(before, [second])


def test_frames_of_a_snapshot_that_was_read_late_are_not_applied_twice(show):
    room, user = show
    say(room, user)
    pin(room, user)
    late = snapshot(room, now=NOW) | {"head": 0}
    frames = [log.to_message(frame) for frame in room.frames.all()]
    assert fold(late, frames) == snapshot(room, now=NOW)


def test_a_snapshot_is_bounded_in_queries_and_lines(show, django_assert_max_num_queries):
    room, _user = show
    for _ in range(60):
        make_message(room)
    with django_assert_max_num_queries(20):
        found = snapshot(room, now=NOW)
    assert len(found["chat"]) == 50
    for _ in range(4):
        make_lineup_item(room.event)
        make_segment(room.event, hosts=[make_host()])
    with django_assert_max_num_queries(21):
        snapshot(room, now=NOW)


def test_a_show_without_a_stream_has_no_picture():
    assert snapshot(make_room(), now=NOW)["event"]["stream"] == {"state": "idle", "playlist": ""}


def test_behind_the_curtain_a_rehearsal_is_a_show_to_come(show):
    room, user = show
    say(room, user)
    pin(room, user)
    seen = behind_the_curtain(snapshot(room, now=NOW))
    assert (seen["event"]["state"], seen["pins"], seen["chat"]) == ("scheduled", [], [])


# --- Following the event -----------------------------------------------------------------------------------
def test_going_live_wipes_the_rehearsal_and_begins_a_new_epoch():
    event, user = make_event(state=EventState.REHEARSAL), make_user()
    make_event_host(event, host=make_host(user=user))
    room = make_room(event)
    make_lineup_item(event)
    say(room, user)
    pin(room, user)
    epoch = room.epoch
    Event.objects.filter(pk=event.pk).update(state=EventState.LIVE)
    event_state_changed.send(Event, event=event, before="rehearsal", after="live", now=NOW)
    found = snapshot(room, now=NOW)
    assert found["epoch"] != epoch
    assert (found["head"], found["pins"]) == (1, [])
    assert [line["text"] for line in found["chat"]] == [""]
    assert types(room) == ["event.state"]


def test_the_end_of_a_show_clears_the_stage(show):
    room, user = show
    end(room, user)
    assert types(room) == ["pin.placed", "pin.removed", "event.state"]
    assert Pin.objects.get().unpinned_at == NOW


def test_nobody_is_told_of_a_line_up_nobody_watches():
    event = make_event(state=EventState.SCHEDULED)
    lineup_changed.send(Event, event=event, now=NOW)
    assert RoomFrame.objects.count() == 0


# --- The shelf ---------------------------------------------------------------------------------------------
def test_stock_leaves_a_note_and_the_note_becomes_a_frame_with_the_latest_value(show):
    room, _user = show
    variant = first_variant(room)
    shelf_stock.hold(variant, holder="guest:1", quantity=1, now=NOW)
    shelf_stock.hold(variant, holder="guest:2", quantity=2, now=NOW)
    assert shelf.tell_rooms(now=NOW) == 2
    assert [frame.body["free"] for frame in room.frames.all()] == [2]
    assert shelf.tell_rooms(now=NOW) == 0


@pytest.mark.django_db(transaction=True)
def test_a_note_is_told_right_after_the_commit(show):
    room, _user = show
    shelf_stock.hold(first_variant(room), holder="guest:1", quantity=1, now=NOW)
    assert types(room) == ["stock.changed"]
    assert ShelfNote.objects.count() == 0


def test_every_open_room_that_shows_a_piece_is_told(show):
    room, _user = show
    other = make_room(make_event(state=EventState.REHEARSAL))
    make_lineup_item(other.event, product=first_item(room).product)
    hold(room, None)
    assert types(room) == types(other) == ["stock.changed"]


def test_pieces_no_open_room_shows_leave_no_note():
    variant = make_stocked_variant()
    event = make_event(state=EventState.ENDED)
    make_lineup_item(event, product=variant.product)
    stock_changed.send(None, variant_id=variant.pk, product_id=variant.product_id, free=1, now=NOW)
    assert ShelfNote.objects.count() == 0


def test_a_price_in_another_currency_is_no_news_for_the_room(show):
    room, _user = show
    set_price(first_variant(room), amount=1_000, currency="USD", now=NOW)
    shelf.tell_rooms(now=NOW)
    assert types(room) == []


def test_telling_costs_the_same_for_many_notes(show, django_assert_max_num_queries):
    room, _user = show
    for number in range(6):
        shelf_stock.hold(
            first_variant(room), holder=f"guest:{number}", quantity=1, now=NOW
        ) if number < 5 else None
    with django_assert_max_num_queries(20):
        shelf.tell_rooms(now=NOW)


# --- Who may -----------------------------------------------------------------------------------------------
def test_badges_follow_roles(show):
    room, host = show
    staff, moderator = make_user(), make_user()
    make_member(staff, room.event.brand, Role.PRODUCER)
    make_event_staff(room.event, user=moderator, role=StaffRole.MODERATOR)
    found = [badge_of(user, room.event) for user in (host, staff, moderator, make_user(), None)]
    assert found == ["host", "staff", "moderator", "", ""]


def test_drafts_and_rehearsals_are_for_those_who_work_on_them(show):
    _room, _user = show
    draft, rehearsing = make_event(state=EventState.DRAFT), make_event(state=EventState.REHEARSAL)
    producer = make_user()
    for event in (draft, rehearsing):
        make_member(producer, event.brand, Role.PRODUCER)
    assert [may_know_of(who, draft) for who in (producer, make_user(), None)] == [True, False, False]
    assert [is_open_to(who, rehearsing) for who in (producer, make_user(), None)] == [True, False, False]


def test_only_moderators_change_the_room(show):
    room, _host = show
    with pytest.raises(NotAllowed):
        change_settings(room, chat_needs_account=True, by=make_user(), now=NOW)
    assert Room.objects.get(pk=room.pk).chat_needs_account is False


def test_there_is_one_room_per_event(show):
    room, _user = show
    assert room_of(room.event) == room_of(room.event) == room


# --- Touches -----------------------------------------------------------------------------------------------
def touch(room, *, now=NOW, viewer_key="guest:1", product=None):
    product = product or first_item(room).product
    return touches.record_touch(room, product=product, viewer_key=viewer_key, now=now)


def test_a_touch_names_what_was_on_the_stage(show):
    room, user = show
    host = make_event_host(room.event, host=make_host()).host
    place_pin(room, item=first_item(room), by=user, host=host, now=NOW)
    token = touch(room, now=NOW + timedelta(seconds=5))
    found = touches.read_touch(token)
    assert len(token) <= 400
    assert (found.pin, found.host, found.viewer_key) == (Pin.objects.get(), host, "guest:1")


def test_a_touch_before_the_pin_or_after_it_names_none(show):
    room, _user = show
    item = first_item(room)
    lay = make_pin(room, item=item, pinned_at=NOW, unpinned_at=NOW + timedelta(minutes=5))
    early = touches.read_touch(touch(room, now=NOW - timedelta(seconds=1)))
    during = touches.read_touch(touch(room, now=NOW + timedelta(minutes=2)))
    late = touches.read_touch(touch(room, now=NOW + timedelta(minutes=5)))
    assert [found.pin for found in (early, during, late)] == [None, lay, None]


def test_a_nervous_thumb_is_one_touch(show):
    room, _user = show
    tokens = {touch(room, now=NOW + timedelta(seconds=second)) for second in (0, 5, 9)}
    assert (len(tokens), Touch.objects.count()) == (1, 1)
    touch(room, now=NOW + timedelta(seconds=11))
    assert Touch.objects.count() == 2


def test_only_pieces_of_the_show_can_be_touched(show):
    with pytest.raises(NotInLineup):
        touch(show[0], product=make_product())


def test_forged_and_altered_touches_are_worth_nothing(show):
    room, _user = show
    token = touch(room)
    other = Signer(salt="another salt").sign_object(touches.SIGNER.unsign_object(token))
    assert [touches.read_touch(bad) for bad in ("", "x:y:z", token[:-1], token + "a", other)] == [None] * 5
    Touch.objects.update(viewer_key="guest:thief")
    assert touches.read_touch(token) is None


def test_twin_without_the_signature_a_made_up_claim_would_be_read(show, monkeypatch):
    room, _user = show
    row = make_touch(room, product=first_item(room).product, viewer_key="guest:thief")
    forged = Signer(salt=touches.SIGNER.salt, key="the forger's key").sign_object(touches._claim(row))
    assert touches.read_touch(forged) is None
    monkeypatch.setattr(touches.SIGNER, "unsign_object", lambda _token: touches._claim(row))
    assert touches.read_touch(forged) == row


# --- Tickets, presence, the crowd --------------------------------------------------------------------------
def test_tickets_are_kept_as_hashes_and_swept(show):
    room, _user = show
    old = tickets.issue_ticket(room, viewer=make_guest(), session_key="s", rehearsal=False, now=NOW)
    later = NOW + timedelta(minutes=11)
    new = tickets.issue_ticket(room, viewer=make_guest(), session_key="s", rehearsal=True, now=later)
    assert not RoomTicket.objects.filter(token_hash__in=[old, new]).exists()
    assert tickets.forget_tickets(now=later) == 1
    admitted = tickets.redeem_ticket(new, slug=room.event.slug, session_key="s", now=later)
    assert admitted.rehearsal is True


def test_the_crowd_is_known_by_a_signature_and_only_in_a_demo(settings):
    settings.DEMO = True
    header = rehearsal.rehearsal_header()
    forged = signing.dumps("crowd", salt="another salt")
    assert [rehearsal.is_rehearsal(text) for text in (header, forged, "", "crowd")] == [
        True,
        False,
        False,
        False,
    ]
    settings.DEMO = False
    assert rehearsal.is_rehearsal(header) is False


def test_names_of_things_read_well(show):
    room, user = show
    say(room, user)
    pin(room, user)
    touch(room)
    hold(room, user)
    tickets.issue_ticket(room, viewer=make_guest(), session_key="s", rehearsal=False, now=NOW)
    presence.report("a", {room.pk: {"viewers": 1, "crowd": 0}}, now=NOW)
    shelf.note(
        ShelfNote.Kind.STOCK,
        variant_id=first_variant(room).pk,
        product_id=first_item(room).product_id,
        now=NOW,
    )
    rows = (
        Room,
        RoomFrame,
        ChatMessage,
        Pin,
        Touch,
        RoomTicket,
        ShelfNote,
        room._meta.get_field("event").model,
    )
    assert all(str(model.objects.first()) for model in rows)
    assert django_settings.DEMO is False
    assert make_brand().slug
