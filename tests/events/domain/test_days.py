"""Days a brand makes its own, and holidays kept on other dates."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Mail, User
from catalog.models import Brand
from events.domain.calendar import find_day, occurrence_row
from events.domain.days import DayData, delete_day, edit_day, make_day, next_dates
from events.domain.moving import Ruled, move_day, restore_day, ruled
from events.domain.year import year_days
from events.enums import EventState
from events.errors import BadDay, EditConflict
from events.holidays import load
from events.models import Event, HolidayOccurrence, MovedDay, OwnDay
from tests.factories.accounts import make_superuser, make_user
from tests.factories.catalog import make_brand
from tests.factories.events import (
    make_assortment,
    make_event,
    make_event_host,
    make_holiday,
    make_host,
    make_own_day,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)
ORIGIN = "https://shop.example"
GOOD = DayData(
    names={"en": "Founder's day", "zh-Hans": "创始人日"},
    greetings={"en": "To the first stitch", "zh-Hans": ""},
    markets=["FR", "CN"],
    rule={"rule": "fixed", "month": 3, "day": 5},
    ground="#17130f",
    ink="#F4EEDC",
)


def test_a_brand_makes_a_day() -> None:
    brand = make_brand()
    day = make_day(brand, GOOD)
    assert (day.names, day.greetings, day.markets, day.ground, day.version) == (
        GOOD.names, {"en": "To the first stitch"}, ["CN", "FR"], "#17130F", 1,
    )  # fmt: skip
    assert [word in day.key for word in (brand.slug, "founder")] == [False, False]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"names": {"en": "", "zh-Hans": "日"}}, "name_en"),
        ({"names": {"en": "Day", "zh-Hans": ""}}, "name_zh"),
        ({"markets": []}, "markets"),
        ({"markets": ["ZZ"]}, "markets"),
        ({"days": 0}, "days"),
        ({"days": 41}, "days"),
        ({"ground": "black"}, "ground"),
        ({"ground": "#+1+1+1"}, "ground"),
        ({"ink": "#17"}, "ink"),
        ({"ground": "#888888", "ink": "#999999"}, "ink"),
        ({"rule": {"rule": "fixed", "month": 2, "day": 31}}, "rule"),
        ({"rule": {"rule": "hijri", "month": 9, "day": 1}}, "rule"),
        ({"rule": {}}, "rule"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_its_field(change: dict[str, Any], place: str) -> None:
    with pytest.raises(BadDay) as refused:
        make_day(make_brand(), replace(GOOD, **change))
    assert (refused.value.field, list(refused.value.fields), OwnDay.objects.count()) == (place, [place], 0)


def test_the_next_five_dates_are_shown() -> None:
    found = next_dates({"rule": "lunar", "month": 8, "day": 15}, today=date(2027, 9, 16), days=2)
    assert [str(first) for first, _last in found] == [
        "2027-09-15", "2028-10-03", "2029-09-22", "2030-09-12", "2031-10-01",
    ]  # fmt: skip
    assert found[0][1] == date(2027, 9, 16)


def standing(brand: Brand, day: HolidayOccurrence | None, *, user: User | None = None, **over: Any) -> Event:
    """A scheduled show of `brand` on `day` with a host."""
    fields = {"state": EventState.SCHEDULED, "now": NOW, "holiday": day, "brand": brand}
    event = make_event(**(fields | over))
    make_event_host(event, host=make_host(user=user or make_user()))
    return event


def test_changing_a_rule_takes_the_shows_along_and_tells_their_hosts() -> None:
    brand = make_brand()
    day = make_own_day(brand)
    row = occurrence_row(key=day.key, market="FR", starts_on=date(2028, 3, 5), brand=brand)
    event, past = standing(brand, row), standing(brand, row, state=EventState.REPLAY)
    found = edit_day(
        day, replace(GOOD, rule={"rule": "fixed", "month": 3, "day": 9}), version=1, origin=ORIGIN, now=NOW
    )
    event.refresh_from_db()
    past.refresh_from_db()
    assert ([one.pk for one in found.events], day.version, event.version) == ([event.pk], 2, 2)
    assert (str(event.holiday.starts_on), str(past.holiday.starts_on)) == ("2028-03-09", "2028-03-05")
    assert [mail.subject for mail in Mail.objects.all()] == [
        "Founder's day moves from 5 March 2028 to 9 March 2028"
    ]


def test_a_new_name_moves_nothing_and_tells_nobody() -> None:
    brand = make_brand()
    day = make_own_day(brand)
    event = standing(brand, occurrence_row(key=day.key, market="FR", starts_on=date(2028, 3, 5), brand=brand))
    edit_day(
        day,
        replace(GOOD, names=GOOD.names | {"en": "First stitch"}, days=2),
        version=1,
        origin=ORIGIN,
        now=NOW,
    )
    row = HolidayOccurrence.objects.get(events=event)
    assert (Mail.objects.count(), row.info.name("en"), str(row.ends_on)) == (0, "First stitch", "2028-03-06")


def test_the_second_of_two_writers_is_told() -> None:
    day = make_own_day(make_brand())
    edit_day(day, GOOD, version=1, origin=ORIGIN, now=NOW)
    with pytest.raises(EditConflict):
        edit_day(day, replace(GOOD, days=3), version=1, origin=ORIGIN, now=NOW)
    assert OwnDay.objects.get().days == 1


def test_a_day_goes_only_when_nothing_stands_on_it() -> None:
    brand = make_brand()
    day = make_own_day(brand)
    row = occurrence_row(key=day.key, market="FR", starts_on=date(2028, 3, 5), brand=brand)
    event = standing(brand, row, state=EventState.REPLAY, title="The first stitch")
    with pytest.raises(BadDay, match="The first stitch"):
        delete_day(day)
    Event.objects.filter(pk=event.pk).update(holiday=None)
    delete_day(day)
    assert (OwnDay.objects.count(), HolidayOccurrence.objects.count()) == (0, 0)


# --- Holidays kept on other dates -------------------------------------------------------------------------


def qixi(brand: Brand | None) -> Ruled:
    found = ruled(load()["qixi"], "CN", date(2027, 8, 8), brand)
    assert found is not None
    return found


def moved(place: Ruled, to: str | None, *, by: User | None = None, **over: Any) -> Any:
    day = date.fromisoformat(to) if to else None
    fields: dict[str, Any] = {
        "starts_on": day, "ends_on": day, "reason": "Our shop opens then", "seen": place.seen,
        "by": by or make_user(), "origin": ORIGIN, "now": NOW,
    }  # fmt: skip
    return move_day(place, **(fields | over))


def on(day: str = "2027-08-08") -> HolidayOccurrence:
    starts_on = date.fromisoformat(day)
    row = HolidayOccurrence.objects.filter(key="qixi", market="CN", starts_on=starts_on).first()
    return row or make_holiday(key="qixi", market="CN", starts_on=starts_on, ends_on=starts_on)


def test_a_moved_day_takes_the_brands_own_shows_and_editions_along() -> None:
    ours, theirs = make_brand(), make_brand()
    event, other = standing(ours, on()), standing(theirs, on())
    edition = make_assortment(brand=ours, holiday=on(), closes_at=NOW + timedelta(days=90))
    found = moved(qixi(ours), "2027-08-09")
    for row in (event, other, edition):
        row.refresh_from_db()
    assert [str(row.holiday.starts_on) for row in (event, other, edition)] == [
        "2027-08-09", "2027-08-08", "2027-08-09",
    ]  # fmt: skip
    assert ([one.pk for one in found.events], Mail.objects.count()) == ([event.pk], 1)
    assert (
        find_day("qixi", "CN", date(2027, 8, 9), ours) is not None,
        find_day("qixi", "CN", date(2027, 8, 9), theirs),
    ) == (True, None)


def test_each_host_gets_one_letter_in_their_language() -> None:
    brand, reader = make_brand(), make_user(language="zh-hans")
    first, second = (
        standing(brand, on(), user=reader),
        make_event(state="scheduled", now=NOW, holiday=on(), brand=brand),
    )
    make_event_host(second, host=first.hosts.get())
    standing(brand, on(), state=EventState.DRAFT)
    standing(brand, on(), state=EventState.CANCELLED)
    moved(qixi(brand), "2027-08-09")
    mail = Mail.objects.get()
    assert mail.to == reader.email
    assert "七夕节" in mail.subject
    assert mail.text.count(f"{ORIGIN}/events/") == 2


def test_a_holiday_may_be_left_out_for_a_year_and_come_back() -> None:
    brand = make_brand()
    event = standing(brand, on())
    moved(qixi(brand), None)
    event.refresh_from_db()
    assert (event.holiday, find_day("qixi", "CN", date(2027, 8, 8), brand)) == (on(), None)
    restore_day(qixi(brand), seen=qixi(brand).seen, by=make_user(), origin=ORIGIN, now=NOW)
    assert find_day("qixi", "CN", date(2027, 8, 8), brand) is not None
    assert [mail.subject for mail in Mail.objects.order_by("pk")] == [
        "Qixi Festival is not kept on 8 August 2027"
    ]


def test_going_back_to_the_rule_takes_the_shows_back() -> None:
    brand = make_brand()
    event = standing(brand, on())
    moved(qixi(brand), "2027-08-09")
    restore_day(
        qixi(brand), seen=qixi(brand).seen, by=make_user(), origin=ORIGIN, now=NOW + timedelta(hours=1)
    )
    event.refresh_from_db()
    assert (str(event.holiday.starts_on), Mail.objects.count(), MovedDay.objects.count()) == (
        "2027-08-08",
        2,
        0,
    )


def test_only_the_platform_moves_a_day_for_everybody_and_leaves_those_with_their_own() -> None:
    ours, theirs = make_brand(), make_brand()
    event, other = standing(ours, on()), standing(theirs, on())
    moved(qixi(ours), "2027-08-07")
    with pytest.raises(PermissionDenied):
        moved(qixi(None), "2027-08-10")
    moved(qixi(None), "2027-08-10", by=make_superuser())
    event.refresh_from_db()
    other.refresh_from_db()
    assert (str(event.holiday.starts_on), str(other.holiday.starts_on)) == ("2027-08-07", "2027-08-10")


def test_a_brand_moves_no_other_brands_own_day() -> None:
    day = make_own_day(make_brand())
    place = ruled(day.info, "FR", date(2028, 3, 5), make_brand())
    assert place is not None
    with pytest.raises(PermissionDenied):
        moved(place, "2028-03-06")


@pytest.mark.parametrize(
    ("over", "place"),
    [
        ({"reason": " "}, "reason"),
        ({"ends_on": date(2027, 8, 1)}, "ends_on"),
        ({"ends_on": date(2027, 12, 1)}, "ends_on"),
        ({"starts_on": date(2027, 11, 1), "ends_on": date(2027, 11, 1)}, "starts_on"),
    ],
)
def test_dates_that_cannot_be_are_refused_with_their_field(over: dict[str, Any], place: str) -> None:
    with pytest.raises(BadDay) as refused:
        moved(qixi(make_brand()), "2027-08-09", **over)
    assert (refused.value.field, MovedDay.objects.count()) == (place, 0)


def test_the_second_of_two_movers_is_told() -> None:
    brand = make_brand()
    before = qixi(brand)
    moved(before, "2027-08-09")
    with pytest.raises(EditConflict):
        moved(before, "2027-08-10")
    assert str(MovedDay.objects.get().starts_on) == "2027-08-09"


def test_a_day_without_a_rule_cannot_be_moved() -> None:
    assert [
        ruled(load()["qixi"], market, date.fromisoformat(day), None)
        for market, day in (("CN", "2027-08-09"), ("FR", "2027-08-08"), ("CN", "1999-08-17"))
    ] == [None, None, None]


def test_a_year_shows_what_was_made_of_its_days_and_who_stands_on_them(
    django_assert_num_queries: Any,
) -> None:
    brand = make_brand()
    own = make_own_day(brand)
    event = standing(brand, on())
    moved(qixi(brand), "2027-08-09")
    moved(ruled(load()["618"], "CN", date(2027, 6, 18), brand), None)  # type: ignore[arg-type]
    with django_assert_num_queries(3):
        rows = {row.day.key: row for row in year_days(brand, "CN", 2027)}
    assert (str(rows["qixi"].starts_on), [show.pk for show in rows["qixi"].shows]) == (
        "2027-08-09",
        [event.pk],
    )
    assert (rows["618"].starts_on, str(rows["618"].on), rows[own.key].day.info.is_own) == (
        None,
        "2027-06-18",
        True,
    )
    assert [row.on for row in rows.values()] == sorted(row.on for row in rows.values())
