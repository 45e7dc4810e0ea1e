from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.domain import series
from events.domain.series import Every
from events.errors import BadSeries, EditConflict
from events.models import Event, Series
from tests.factories.catalog import make_brand
from tests.factories.events import NOW, make_host

pytestmark = pytest.mark.django_db
PARIS = "Europe/Paris"


def days(every: Every, first: date, count: int = 4) -> str:
    found = series.slots(
        series.rule_of(every, first, count), first_day=first, clock=time(20), minutes=60, zone=PARIS
    )
    return " ".join(f"{slot.day:%m-%d}" for slot in found)


RHYTHMS = {
    "weekly": (Every.WEEK, date(2027, 1, 6), "01-06 01-13 01-20 01-27"),
    "fortnightly": (Every.FORTNIGHT, date(2027, 1, 6), "01-06 01-20 02-03 02-17"),
    "the-31st": (Every.MONTH_DAY, date(2027, 1, 31), "01-31 02-28 03-31 04-30"),
    "the-30th": (Every.MONTH_DAY, date(2027, 1, 30), "01-30 02-28 03-30 04-30"),
    "the-5th": (Every.MONTH_DAY, date(2027, 1, 5), "01-05 02-05 03-05 04-05"),
    "first-wednesday": (Every.MONTH_WEEKDAY, date(2027, 1, 6), "01-06 02-03 03-03 04-07"),
    "last-sunday": (Every.MONTH_WEEKDAY, date(2027, 1, 31), "01-31 02-28 03-28 04-25"),
}


@pytest.mark.parametrize("name", list(RHYTHMS))
def test_a_series_comes_when_people_expect_it(name: str) -> None:
    every, first, expected = RHYTHMS[name]
    assert days(every, first) == expected


def test_the_evening_stays_the_same_when_the_clocks_change() -> None:
    first = date(2027, 3, 21)
    found = series.slots(
        series.rule_of(Every.WEEK, first, 3), first_day=first, clock=time(20), minutes=60, zone=PARIS
    )
    assert [slot.moment.utc.hour for slot in found] == [19, 18, 18]
    assert {slot.moment.utc.astimezone(ZoneInfo(PARIS)).hour for slot in found} == {20}


def test_a_night_the_clocks_skip_begins_later_and_says_so() -> None:
    first = date(2027, 3, 21)
    found = series.slots(
        series.rule_of(Every.WEEK, first, 2), first_day=first, clock=time(2, 30), minutes=60, zone=PARIS
    )
    assert [(slot.moment.wall.time(), slot.note) for slot in found] == [
        (time(2, 30), ""),
        (time(3, 0), "Clocks go forward: begins at 03:00."),
    ]


def test_a_night_with_two_such_times_takes_the_first() -> None:
    first = date(2027, 10, 31)
    slot = series.slots(
        series.rule_of(Every.WEEK, first, 2), first_day=first, clock=time(2, 30), minutes=60, zone=PARIS
    )[0]
    assert (slot.moment.utc, slot.note) == (
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        "Clocks go back: the first of two times.",
    )


@pytest.mark.parametrize("count", [0, 1, 53])
def test_a_series_has_a_beginning_and_an_end(count: int) -> None:
    with pytest.raises(BadSeries):
        series.rule_of(Every.WEEK, date(2027, 1, 6), count)


def made(count: int = 4, **over: object) -> Series:
    first = date(2027, 3, 10)
    fields: dict[str, object] = {
        "title": "Wednesday silk",
        "rule": series.rule_of(Every.WEEK, first, count),
        "first_day": first,
        "clock": time(20),
        "minutes": 60,
        "zone": PARIS,
        "data": {"summary": "Every week", "currency": "EUR"},
    }
    return series.create_series(make_brand(), **(fields | over))  # type: ignore[arg-type]  # a dictionary of tests


def shows(row: Series) -> list[Event]:
    return list(Event.objects.filter(series=row).order_by("starts_at"))


def walls() -> list[str]:
    rows = Event.objects.order_by("starts_at")
    return [f"{show.starts_at.astimezone(ZoneInfo(show.time_zone)):%d.%m. %H:%M}" for show in rows]


def test_every_date_becomes_a_draft_but_those_left_out() -> None:
    host = make_host()
    row = made(shares=[(host, 10_000)], skip=[date(2027, 3, 17)])
    assert walls() == ["10.03. 20:00", "24.03. 20:00", "31.03. 20:00"]
    assert {(show.state, show.title, show.event_hosts.get().host) for show in shows(row)} == {
        ("draft", "Wednesday silk", host)
    }


def test_a_series_of_nothing_is_refused_and_leaves_nothing() -> None:
    first = date(2027, 3, 10)
    with pytest.raises(BadSeries):
        made(count=2, skip=[first, first + timedelta(days=7)])
    assert (Series.objects.count(), Event.objects.count()) == (0, 0)


def later(show: Event, *, clock: int, day: int = 0, **over: object) -> dict[str, object]:
    """The show moved by days to another hour of its own clock."""
    wall = show.starts_at.astimezone(ZoneInfo(PARIS)) + timedelta(days=day)
    starts_at = wall.replace(hour=clock).astimezone(UTC)
    return {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1), **over}


def test_this_and_following_move_on_their_own_clocks() -> None:
    second = shows(made())[1]
    assert series.edit_following(second, version=1, by=None, now=NOW, **later(second, clock=19, day=1)) == 3
    assert walls() == ["10.03. 20:00", "18.03. 19:00", "25.03. 19:00", "01.04. 19:00"]
    # What changed from here on is a series of its own.
    assert [(row.at, row.first_day.day, row.events.count()) for row in Series.objects.order_by("pk")] == [
        (time(20), 10, 1),
        (time(19), 18, 3),
    ]


def test_changing_the_first_and_following_changes_the_series() -> None:
    row = made()
    first = shows(row)[0]
    series.edit_following(first, version=1, by=None, now=NOW, **later(first, clock=18, title="Early silk"))
    row.refresh_from_db()
    assert (row.at, row.title, Series.objects.count()) == (time(18), "Early silk", 1)
    assert {show.title for show in shows(row)} == {"Early silk"}


def test_what_somebody_wrote_for_one_evening_stays() -> None:
    row = made()
    first, _second, third, _fourth = shows(row)
    Event.objects.filter(pk=third.pk).update(title="With Ines", summary="A guest")
    changed = series.edit_following(first, version=1, by=None, now=NOW, title="Silk", summary="New words")
    assert changed == 3
    assert [(show.title, show.summary) for show in Event.objects.order_by("starts_at")] == [
        ("Silk", "New words"),
        ("Silk", "New words"),
        ("With Ines", "A guest"),
        ("Silk", "New words"),
    ]


def test_shows_that_have_been_do_not_follow() -> None:
    first, second, *_rest = shows(made())
    Event.objects.filter(pk=second.pk).update(state="ended")
    series.edit_following(first, version=1, by=None, now=NOW, title="Silk")
    second.refresh_from_db()
    assert second.title == "Wednesday silk"


def test_a_conflict_keeps_all_of_them() -> None:
    first = shows(made())[0]
    with pytest.raises(EditConflict):
        series.edit_following(first, version=9, by=None, now=NOW, title="Silk")
    assert set(Event.objects.values_list("title", flat=True)) == {"Wednesday silk"}


def test_each_of_them_can_be_taken_back() -> None:
    first, second, *_rest = shows(made())
    series.edit_following(first, version=1, by=None, now=NOW, title="Silk")
    assert [(row.event, row.what) for row in second.revisions.all()] == [(second, "series")]


def test_a_show_taken_out_of_its_series_stays_behind() -> None:
    first, second, *_rest = shows(made())
    series.detach(second)
    series.edit_following(first, version=1, by=None, now=NOW, title="Silk")
    second.refresh_from_db()
    assert (second.series, second.title) == (None, "Wednesday silk")
