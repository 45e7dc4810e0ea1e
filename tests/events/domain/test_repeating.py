from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from catalog.enums import ProductState
from catalog.models import Product
from events.domain import checklist, repeating
from events.enums import ChecklistKind, EngagementState
from events.models import Engagement, Event, HolidayOccurrence, HostAway, Segment
from tests.factories.accounts import make_user
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_holiday,
    make_host,
    make_lineup_item,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def wall(text: str) -> datetime:
    """A naive time as a form gives it."""
    return datetime.fromisoformat(text)


def qixi(year: int) -> HolidayOccurrence:
    on = {2026: date(2026, 8, 19), 2027: date(2027, 8, 8)}[year]
    return make_holiday(key="qixi", market="CN", starts_on=on, ends_on=on)


def past(**over: object) -> Event:
    """A show that was given two days before Qixi 2026, at eight in the evening in Shanghai."""
    starts_at = datetime(2026, 8, 17, 12, tzinfo=UTC)
    fields: dict[str, object] = {
        "title": "Qixi 2026",
        "holiday": qixi(2026),
        "time_zone": "Asia/Shanghai",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=90),
        "state": "replay",
        "summary": "Silk for two",
    }
    return make_event(**(fields | over))  # type: ignore[arg-type]  # a dictionary of tests


def again(event: Event, *, invite: bool = False) -> repeating.Repeated:
    return repeating.repeat(event, by=None, now=NOW, today=TODAY, invite=invite)


def test_it_stands_as_far_from_the_holiday_as_last_year_on_the_same_clock() -> None:
    made = again(past()).event
    wall = made.starts_at.astimezone(ZoneInfo("Asia/Shanghai"))
    assert (wall.isoformat(), made.ends_at - made.starts_at) == (
        "2027-08-06T20:00:00+08:00",
        timedelta(minutes=90),
    )
    assert made.holiday is not None
    assert (made.holiday.starts_on, made.state, made.summary) == (date(2027, 8, 8), "draft", "Silk for two")


def test_it_says_what_it_repeats_and_names_this_year() -> None:
    event = past()
    made = again(event).event
    assert (made.repeats, made.title) == (event, "Qixi 2027")


def test_the_clock_stays_when_summer_time_lies_between() -> None:
    starts_at = datetime(2026, 3, 28, 19, tzinfo=UTC)  # 20:00 in Paris, winter time
    event = past(
        holiday=None, time_zone="Europe/Paris", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
    )
    turn = repeating.next_turn(event, today=TODAY)
    assert (turn.holiday, turn.moment.wall, turn.moment.wall.weekday()) == (
        None,
        wall("2027-03-27T20:00"),
        starts_at.weekday(),
    )


def test_a_show_long_ago_comes_on_the_next_turn_not_on_a_past_one() -> None:
    event = past()
    turn = repeating.next_turn(event, today=date(2028, 1, 1))
    assert turn.moment.wall.year == 2028


def test_pieces_come_with_their_words_but_not_those_no_longer_sold() -> None:
    event = past()
    kept = make_lineup_item(event, talking_points="Slowly.", cue="Light down", planned_second=30)
    gone = make_lineup_item(event)
    Product.objects.filter(pk=gone.product_id).update(name="Old bag", state=ProductState.ARCHIVED)
    made = again(event)
    item = made.event.lineup.get()
    assert (item.product, item.talking_points, item.cue, item.planned_second, item.position) == (
        kept.product, "Slowly.", "Light down", 30, 1,
    )  # fmt: skip
    assert made.notes == ["“Old bag” is not on sale any more."]


def test_segments_come_with_their_pieces() -> None:
    event = past()
    part = Segment.objects.create(
        event=event, brand=event.brand, title="Opening", position=1, planned_second=0, planned_seconds=600,
        started_at=NOW, ended_at=NOW,
    )  # fmt: skip
    make_lineup_item(event, segment=part)
    made = again(event).event
    copy = made.segments.get()
    assert (copy.title, copy.started_at, made.lineup.get().segment) == ("Opening", None, copy)


def test_hosts_of_the_house_take_their_seats_those_with_terms_wait() -> None:
    event, ours, theirs = past(), make_host(name="Ines"), make_host(name="Otto")
    make_event_host(event, host=ours, share=6_000)
    make_event_host(event, host=theirs, share=4_000)
    agreed(event, theirs)
    made = again(event)
    assert [(row.host, row.share) for row in made.event.event_hosts.all()] == [(ours, 10_000)]
    assert made.notes == ["Otto had terms: invite them under Hosts."]


def agreed(event: Event, host: object) -> Engagement:
    return Engagement.objects.create(
        event=event, host=host, state=EngagementState.ACCEPTED, invited_at=NOW, share=10_000,
        commission={"*": 1_500}, disclosure="The brand pays.",
    )  # fmt: skip


def test_hosts_with_terms_are_invited_on_the_same_when_asked_to() -> None:
    event, host = past(), make_host(user=make_user())
    make_event_host(event, host=host)
    agreed(event, host)
    made = again(event, invite=True)
    offer = made.event.engagements.get()
    assert (offer.host, offer.state, offer.commission, offer.disclosure) == (
        host, "invited", {"*": 1_500}, "The brand pays.",
    )  # fmt: skip


def test_a_host_who_is_away_then_is_left_out_and_named() -> None:
    event, host = past(), make_host(name="Ines")
    make_event_host(event, host=host)
    HostAway.objects.create(host=host, starts_on=date(2027, 8, 1), ends_on=date(2027, 8, 31))
    made = again(event)
    assert (made.event.event_hosts.count(), made.notes) == (0, ["Ines is not free then."])


def test_tasks_are_due_as_long_before_and_steps_are_counted_anew() -> None:
    event = past()
    checklist.write_steps(event, checklist.steps_for(checklist.Dates.of(event)))
    task = event.checklist.create(text="Flowers", due_on=date(2026, 8, 16), done_at=NOW)
    made = again(event).event
    copy = made.checklist.get(kind=ChecklistKind.TASK)
    assert (copy.text, copy.due_on, copy.done_at) == (task.text, date(2027, 8, 5), None)
    show = made.checklist.get(kind=ChecklistKind.SHOW)
    assert (show.due_on, made.checklist.count()) == (date(2027, 8, 6), 5)
