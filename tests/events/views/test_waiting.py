"""The page before a show: trailer, reminders, calendars, and the list for the night."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.domain.viewers import user_key
from events.domain import trailers, wishes
from events.domain.revealing import reveal_due
from events.domain.trailers import MOST_BYTES, put_trailer, trailer_of
from events.enums import Channel, ReminderLead
from events.errors import BadTrailer, NotEditable, WishNotShown
from events.models import Event, LineupItem, Reminder, SavedEvent, Wish
from livechat.domain.pins import place_pin
from livechat.domain.rooms import room_of
from livechat.domain.snapshot import snapshot
from livechat.models import Room
from orders.models import Bag
from tests.factories.accounts import make_user
from tests.factories.catalog import make_member, make_product, make_stocked_variant
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_host,
    make_lineup_item,
    make_ready_event,
)

pytestmark = pytest.mark.django_db
MP4 = b"\x00\x00\x00\x18ftypisom" + b"\0" * 64
WEBM = b"\x1a\x45\xdf\xa3\x01\0\0\0B\x82\x84webm" + b"\0" * 64
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nGood evening\n"


def coming(**over: object) -> Event:
    return make_ready_event(**({"state": "scheduled", "now": timezone.now() + timedelta(days=3)} | over))


def page(client: Client, event: Event) -> str:
    return client.get(f"/events/{event.slug}/").content.decode()


# --- Reminders and calendars ------------------------------------------------------------------------------


def test_a_person_ticks_the_reminders_they_want(client: Client) -> None:
    user, event = make_user(time_zone="Asia/Tokyo"), coming()
    client.force_login(user)
    url = f"/events/{event.slug}/reminders/"
    answer = client.post(url, {"remind": ["email-1440", "email-5"]})
    assert (answer.status_code, answer["Location"]) == (302, f"/events/{event.slug}/")
    rows = Reminder.objects.order_by("-lead").values_list("viewer_key", "channel", "lead", "stopped_at")
    assert list(rows) == [
        (user_key(user), Channel.EMAIL, ReminderLead.DAY, None),
        (user_key(user), Channel.EMAIL, ReminderLead.NOW, None),
    ]
    words = page(client, event)
    assert words.count("checked") == 2
    client.post(url, {})
    assert Reminder.objects.filter(stopped_at=None).count() == 0


def test_a_guest_is_told_what_is_missing(client: Client) -> None:
    event = coming()
    answer = client.post(f"/events/{event.slug}/reminders/", {"remind": ["push-60"]}, follow=True)
    assert [str(m) for m in answer.context["messages"]] == ["Allow notifications in this browser first."]
    assert Reminder.objects.count() == 0


@pytest.mark.parametrize("value", ["email", "email-7", "post-60", "email-x", "-", "email-１４４０ "])
def test_a_box_we_never_drew_is_not_there(client: Client, value: str) -> None:
    assert client.post(f"/events/{coming().slug}/reminders/", {"remind": [value]}).status_code == 404


def test_a_draft_has_nothing_to_keep(client: Client) -> None:
    event = coming(state="draft")
    client.force_login(make_user())
    for what in ("reminders", "save", "wishes"):
        assert client.post(f"/events/{event.slug}/{what}/").status_code == 404


def test_one_comes_back_only_to_this_site(client: Client) -> None:
    client.force_login(make_user())
    event = coming()
    for wanted, there in (
        ("/calendar/?market=CN", "/calendar/?market=CN"),
        ("https://evil.example/", f"/events/{event.slug}/"),
    ):
        answer = client.post(f"/events/{event.slug}/reminders/", {"next": wanted})
        assert answer["Location"] == there


def test_a_show_is_kept_and_taken_out(client: Client) -> None:
    event = coming()
    client.force_login(make_user())
    client.post(f"/events/{event.slug}/save/")
    assert SavedEvent.objects.get().event == event
    assert "Take out of my SeeNow calendar" in page(client, event)
    client.post(f"/events/{event.slug}/save/", {"do": "drop"})
    assert SavedEvent.objects.count() == 0


def test_the_page_leads_into_the_usual_calendars(client: Client) -> None:
    event = coming(title="Silk & tea")
    words = page(client, event)
    times = f"{event.starts_at:%Y%m%dT%H%M%SZ}%2F{event.ends_at:%Y%m%dT%H%M%SZ}"
    assert f"webcal://testserver/events/{event.slug}.ics" in words
    assert "https://calendar.google.com/calendar/render?action=TEMPLATE&amp;text=Silk%20%26%20tea" in words
    assert f"dates={times}" in words
    assert "https://outlook.live.com/calendar/0/deeplink/compose?path=" in words


# --- The list for the night -------------------------------------------------------------------------------


def test_a_guest_puts_a_piece_on_the_list_and_takes_it_off(client: Client) -> None:
    event = coming()
    product = event.lineup.all()[0].product
    url = f"/events/{event.slug}/wishes/"
    answer = client.post(url, {"product": product.public_id})
    assert answer["Location"] == f"/events/{event.slug}/#piece-{product.public_id}"
    client.post(url, {"product": product.public_id})
    assert Wish.objects.get().product == product
    assert f'On your list<span class="visually-hidden">: {product.name}' in page(client, event)
    client.post(url, {"product": product.public_id, "do": "drop"})
    assert Wish.objects.count() == 0


def test_a_wish_holds_nothing_and_the_page_says_so(client: Client) -> None:
    event = coming()
    product = event.lineup.all()[0].product
    client.post(f"/events/{event.slug}/wishes/", {"product": product.public_id})
    assert Bag.objects.count() == 0
    assert "Until then nothing is held." in page(client, event)


def test_a_list_comes_along_when_a_guest_signs_in(client: Client) -> None:
    event = coming()
    first, second = (item.product for item in event.lineup.all())
    user = make_user()
    wishes.wish(event, first, viewer_key=user_key(user), now=NOW)
    for product in (first, second):
        client.post(f"/events/{event.slug}/wishes/", {"product": product.public_id})
    client.force_login(user)
    rows = Wish.objects.order_by("pk").values_list("viewer_key", "product")
    assert list(rows) == [(user_key(user), first.pk), (user_key(user), second.pk)]


def test_on_the_night_the_room_offers_to_hold_the_list(client: Client) -> None:
    event = coming()
    product = event.lineup.all()[0].product
    make_stocked_variant(product=product)
    client.post(f"/events/{event.slug}/wishes/", {"product": product.public_id})
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(state="live", starts_at=now, ends_at=now + timedelta(hours=1))
    words = page(client, event)
    # Beside the stage and in the sheet of small screens.
    assert words.count(f'data-take-wish="{product.public_id}"') == 2


@pytest.mark.parametrize("state", ["ended", "replay", "cancelled"])
def test_when_the_show_is_over_nothing_is_wished(state: str) -> None:
    event = make_ready_event(state=state)
    with pytest.raises(NotEditable):
        wishes.wish(event, event.lineup.all()[0].product, viewer_key="guest:a", now=NOW)


def test_only_pieces_of_the_show_are_wished() -> None:
    with pytest.raises(WishNotShown):
        wishes.wish(coming(), make_product(), viewer_key="guest:a", now=NOW)


def test_a_list_ends_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "MOST", 1)
    event = coming()
    first, second = (item.product for item in event.lineup.all())
    for _time in range(2):
        wishes.wish(event, first, viewer_key="guest:a", now=NOW)
    with pytest.raises(NotEditable, match="full"):
        wishes.wish(event, second, viewer_key="guest:a", now=NOW)


# --- Pieces kept back -------------------------------------------------------------------------------------


def kept_back(state: str = "scheduled") -> tuple[Event, LineupItem]:
    event = make_ready_event(state=state, now=timezone.now() + timedelta(days=3), items=1)
    item = make_lineup_item(
        event,
        product=make_product(brand=event.brand, name="Moonstone"),
        reveal_at=timezone.now() + timedelta(days=2),
    )
    return event, item


def test_a_piece_kept_back_is_nowhere_before_its_moment(client: Client) -> None:
    event, item = kept_back()
    product = item.product
    paths = [
        f"/events/{event.slug}/",
        f"/api/v1/rooms/{event.slug}/",
        f"/api/v1/events/{event.slug}/",
        "/api/v1/events/",
        "/",
        "/calendar/",
        "/calendar/feed.ics",
    ]
    told = [client.get(path).content.decode() for path in paths]
    assert [path for path, words in zip(paths, told, strict=True) if "Moonstone" in words] == []
    assert [path for path, words in zip(paths, told, strict=True) if product.public_id in words] == []
    assert client.get(f"/events/of-product/{product.slug}/").status_code == 404
    assert client.post(f"/events/{event.slug}/wishes/", {"product": product.public_id}).status_code == 404


def test_at_its_moment_it_is_there() -> None:
    event, item = kept_back()
    assert item.reveal_at is not None
    shown = [
        len(snapshot(room_of(event), now=item.reveal_at + late)["lineup"])
        for late in (timedelta(microseconds=-1), timedelta(0))
    ]
    assert shown == [1, 2]


def test_open_rooms_are_told_when_the_moment_comes() -> None:
    event, item = kept_back("live")
    assert item.reveal_at is not None
    room = room_of(event)
    before = log_length(room)
    assert reveal_due(now=item.reveal_at - timedelta(seconds=1)) == 0
    assert [reveal_due(now=item.reveal_at), reveal_due(now=item.reveal_at)] == [1, 0]
    assert log_length(room) == before + 1


def log_length(room: Room) -> int:
    return Room.objects.values_list("head", flat=True).get(pk=room.pk)


def test_a_host_who_pins_it_shows_it() -> None:
    event, item = kept_back("live")
    host = make_user()
    make_event_host(make_event(), host=make_host())
    event.event_hosts.all()[0].host.__class__.objects.filter(pk=event.event_hosts.all()[0].host_id).update(
        user=host
    )
    pin = place_pin(room_of(event), item=item, by=host, host=None, now=timezone.now())
    item.refresh_from_db()
    state = snapshot(room_of(event), now=timezone.now())
    assert (item.reveal_at, [p["id"] for p in state["pins"]]) == (None, [pin.public_id])
    assert pin.product.public_id in state["products"]


# --- The trailer ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("film", "kind"), [(MP4, "video/mp4"), (WEBM, "video/webm")], ids=["mp4", "webm"])
def test_a_film_is_what_its_bytes_say(film: bytes, kind: str, client: Client) -> None:
    event = coming()
    put_trailer(event, BytesIO(film), size=len(film), captions=VTT)
    trailer = trailer_of(event)
    assert trailer is not None
    assert (trailer.kind, trailer.captions.endswith(".vtt")) == (kind, True)
    words = page(client, event)
    assert (f'src="{trailer.url}"' in words, "autoplay" in words, 'kind="captions"' in words) == (
        True,
        False,
        True,
    )
    served = client.get(f"/{trailer.url.lstrip('/')}", headers={"range": "bytes=4-7"})
    assert (served.status_code, served.content, served["Content-Type"]) == (206, film[4:8], kind)
    assert served["Content-Range"] == f"bytes 4-7/{len(film)}"
    assert client.get(f"/{trailer.url.lstrip('/')}").content == film
    assert client.get(f"/{trailer.url.lstrip('/')}", headers={"range": "bytes=999-"}).status_code == 416
    assert client.get(f"/{trailer.captions.lstrip('/')}")["Content-Type"] == "text/vtt; charset=utf-8"


@pytest.mark.parametrize(
    "film", [b"", b"GIF89a", b"<html><script>", b"\x1a\x45\xdf\xa3matroska", b"%PDF-1.7", MP4[:4]],
    ids=["empty", "gif", "html", "mkv", "pdf", "short"],
)  # fmt: skip
def test_what_is_no_film_is_refused(film: bytes) -> None:
    event = coming()
    with pytest.raises(BadTrailer):
        put_trailer(event, BytesIO(film), size=len(film))
    assert trailer_of(event) is None


def test_a_film_has_a_largest_size_and_captions_a_shape() -> None:
    event = coming()
    with pytest.raises(BadTrailer, match="50 MB"):
        put_trailer(event, BytesIO(MP4), size=MOST_BYTES + 1)
    for words in (b"1\n00:00", b"WEBVTT" + b"x" * trailers.MOST_CAPTION_BYTES, b"\xff\xfe"):
        with pytest.raises(BadTrailer, match="WebVTT"):
            put_trailer(event, BytesIO(MP4), size=len(MP4), captions=words)


def test_producers_put_replace_and_remove_it(
    client: Client, django_capture_on_commit_callbacks: object
) -> None:
    event, producer = coming(), make_user()
    make_member(producer, event.brand)
    client.force_login(producer)
    url = f"/studio/events/{event.slug}/trailer/"
    client.post(url, {"trailer-film": SimpleUploadedFile("a.exe", MP4)})
    event.refresh_from_db()
    first = event.trailer
    assert default_storage.exists(first)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture
        client.post(url, {"trailer-film": SimpleUploadedFile("b.mp4", WEBM)})
    event.refresh_from_db()
    assert (default_storage.exists(first), event.trailer.endswith(".webm")) == (False, True)
    refused = client.post(url, {"trailer-film": SimpleUploadedFile("c.mp4", b"<html>")})
    assert (refused.status_code, refused.context["trailer_form"].errors) == (
        422, {"film": ["This is neither an MP4 nor a WebM film."]},
    )  # fmt: skip
    assert client.post(url, {}).status_code == 422
    client.post(url, {"do": "remove"})
    event.refresh_from_db()
    assert event.trailer == ""
    assert client.get(f"/studio/events/{event.slug}/").status_code == 200
