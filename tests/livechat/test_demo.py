"""The demo's rooms: consistent, complete, and seeded once."""

from datetime import timedelta

import pytest

from events.enums import EventState
from livechat.demo import seed
from livechat.demo.words import NATIVE, speakers
from livechat.domain import blocklist
from livechat.domain.lang import guess_language
from livechat.domain.touches import read_touch, record_touch
from livechat.models import BlockedTerm, ChatMessage, Pin, Question, Room
from tests.factories.accounts import make_user
from tests.factories.catalog import make_product
from tests.factories.events import NOW, make_event, make_event_host, make_host, make_lineup_item

pytestmark = pytest.mark.django_db


def show(state, *, pieces=5, user=True):
    event = make_event(state=state)
    make_event_host(event, host=make_host(user=make_user() if user else None))
    for category in ("silk", "leather", "watches", "tea", "home")[:pieces]:
        make_lineup_item(event, product=make_product(brand=event.brand, category=category))
    return event


def test_past_shows_have_words_and_pins_at_their_times():
    event = show(EventState.ENDED)
    seed(NOW)
    pins = list(Pin.objects.filter(room__event=event))
    assert [pin.slot for pin in pins] == [1, 2, 3, 1, 2]
    assert all(event.starts_at <= pin.pinned_at < pin.unpinned_at <= event.ends_at for pin in pins)
    lines = ChatMessage.objects.filter(room__event=event)
    assert lines.count() > 20
    assert {line.badge for line in lines} == {"", "host"}
    assert list(lines) == sorted(lines, key=lambda line: line.at)


def test_lines_are_said_by_people_who_speak_their_language():
    show(EventState.ENDED)
    show(EventState.LIVE)
    seed(NOW)
    lines = ChatMessage.objects.filter(badge="")
    asked = Question.objects.all()
    foreign = [one for one in [*lines, *asked] if guess_language(one.text)[:2] in NATIVE]
    assert [one.text for one in foreign if one.author_name not in speakers(one.text)] == []
    assert {guess_language(one.text)[:2] for one in foreign} >= {"ja", "zh"}


def test_a_touch_of_back_then_names_the_pin_of_back_then():
    event = show(EventState.ENDED)
    seed(NOW)
    pin = Pin.objects.first()
    token = record_touch(
        Room.objects.get(event=event),
        product=pin.product,
        viewer_key="guest:1",
        now=pin.pinned_at + timedelta(minutes=1),
    )
    assert read_touch(token).pin == pin


def test_the_live_show_has_three_pieces_on_stage_the_last_laid_just_now():
    event = show(EventState.LIVE)
    seed(NOW)
    room = Room.objects.get(event=event)
    assert [pin.pinned_at for pin in room.pins.showing()] == [NOW - timedelta(minutes=m) for m in (10, 5, 0)]
    lines = room.messages.all()
    assert lines.count() > 5
    assert all(line.at <= NOW and line.rehearsal is not bool(line.badge) for line in lines)


def test_seeding_again_adds_nothing():
    for state in (EventState.ENDED, EventState.LIVE, EventState.SCHEDULED):
        show(state)
    seed(NOW)
    before = (Room.objects.count(), Pin.objects.count(), ChatMessage.objects.count())
    seed(NOW)
    assert (Room.objects.count(), Pin.objects.count(), ChatMessage.objects.count()) == before


def test_shows_without_pieces_or_without_a_hosts_account_stay_quiet():
    show(EventState.ENDED, pieces=0)
    show(EventState.LIVE, user=False)
    seed(NOW)
    assert (Room.objects.count(), ChatMessage.objects.count()) == (2, 0)


def test_the_brand_on_the_air_has_a_blocklist_and_its_own_words_pass():
    event = show(EventState.LIVE)
    seed(NOW)
    seed(NOW)
    assert set(BlockedTerm.objects.filter(brand=event.brand).values_list("language", flat=True)) == {
        "en",
        "fr",
        "zh-Hans",
    }
    finder = blocklist.finder_of(event.brand_id)
    said = ChatMessage.objects.filter(room__event=event).values_list("text", flat=True)
    assert [text for text in said if finder.find(text) is not None] == []
