"""The same holiday last year: paired although the date moved, and honest about what nobody counted."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Brand
from events.domain.calendar import same_holiday
from events.holidays import LAST_YEAR, days_of, markets
from events.models import HolidayOccurrence
from livechat.domain import attendance
from orders.domain.refunds import refund_order
from orders.domain.shelf import count_at_end
from orders.insights.compare import Kind, Line, by_holiday, earlier, of_event
from orders.insights.figures import Figures, Takings, figures_of, together
from tests.factories.catalog import make_brand, make_product, make_stocked_variant
from tests.factories.events import NOW, make_event, make_event_host, make_holiday
from tests.factories.livechat import make_guest, make_message, make_question, make_room
from tests.factories.orders import Wanted, make_paid_order, make_shown, touch

pytestmark = pytest.mark.django_db

# Qixi by the tables: 19 August 2026, 29 August 2025.
QIXI, QIXI_BEFORE = date(2026, 8, 19), date(2025, 8, 29)


def qixi(day, market="CN"):
    found = HolidayOccurrence.objects.filter(key="qixi", market=market, starts_on=day).first()
    return found or make_holiday(key="qixi", market=market, starts_on=day, ends_on=day)


def make_show(day, *, brand, **over):
    """A show that was on for an hour in the evening of `day`, with one piece on the stage."""
    began = datetime(day.year, day.month, day.day, 19, tzinfo=UTC)
    fields = {
        "holiday": qixi(day),
        "starts_at": began,
        "ends_at": began + timedelta(hours=1),
        "went_live_at": began,
        "ended_at": began + timedelta(hours=1),
    }
    event = make_event(state="ended", brand=brand, **fields | over)
    make_event_host(event)
    variant = make_stocked_variant(product=make_product(brand=brand), on_hand=10)
    make_shown(variant, event=event, pinned_at=began)
    return event, variant


def sell(event, variant, pieces=1, **over):
    viewer, at = make_guest(), event.went_live_at + timedelta(minutes=5)
    token = touch(event, variant, viewer, now=at)
    return make_paid_order(
        Wanted(variant, pieces, token), viewer=viewer, now=at + timedelta(seconds=9), **over
    )


def ours(brand):
    return Brand.objects.filter(pk=brand.pk)


def values(pair):
    return {line.key: (line.now, line.last) for line in pair.lines}


@pytest.fixture
def brand():
    return make_brand()


@pytest.mark.long_walk
def test_the_same_holiday_is_found_by_its_distance_for_every_day_of_the_book():
    """The list pairs by distance alone; here the calendar is asked about each day, and says the same."""
    for market in markets():
        days = [day for year in range(2021, LAST_YEAR) for day in days_of(year, market)]
        rows = {}
        for n, day in enumerate(days):
            row = HolidayOccurrence(key=day.key, market=market, starts_on=day.starts_on, pk=n)
            rows.setdefault(day.key, []).append(row)
        wrong = []
        for same in rows.values():
            for before, day in pairwise(same):
                found = earlier(same, day)
                if found is None or found.starts_on != before.starts_on:
                    wrong.append(
                        (day.key, market, day.starts_on, found and found.starts_on, before.starts_on)
                    )
        assert wrong == []


def test_the_calendar_and_the_list_pair_the_same_days(brand):
    days = [qixi(date(2025, 8, 29)), qixi(date(2026, 8, 19)), qixi(date(2024, 8, 10))]
    assert earlier(days, days[1]) == days[0]
    assert same_holiday(days[1], brand=brand).starts_on == days[0].starts_on
    assert earlier(days, days[2]) is None


def test_every_measure_beside_last_years(brand):
    event, variant = make_show(QIXI, brand=brand)
    last, old = make_show(QIXI_BEFORE, brand=brand)
    room = make_room(event, peak_viewers=3)
    for viewer in ("a", "b", "c", "d"):
        attendance.note(room, viewer_key=viewer, now=NOW)
    order = sell(event, variant, pieces=2)
    sell(event, variant)
    sell(event, variant, rehearsal=True)
    refund_order(order, pieces={order.lines.get().public_id: 1}, reason="x", by=None, key="r", now=NOW)
    count_at_end(event, now=NOW)
    sell(last, old)
    make_question(room, state="answered")
    make_question(room)
    make_question(room, rehearsal=True)
    for n in range(30):
        make_message(room, at=NOW, badge="host" if n == 0 else "", rehearsal=n == 1)
    (pair,) = by_holiday(ours(brand), year=2026, now=NOW)
    assert (pair.day, pair.last_day, pair.place) == (QIXI, QIXI_BEFORE, "qixi.CN.2026-08-19")
    assert values(pair) == {
        "shows": (1, 1),
        "viewers": (4, None),
        "peak": (3, None),
        "orders": (2, 1),
        "conversion": (5_000, None),
        "pieces": (3, 1),
        # Six are left: the crowd has one of ten, and of three that were sold one came back.
        "sell_through": (3 * 10_000 // (3 + 7), None),
        "paid": (37_500, 12_500),
        "refunded": (12_500, 0),
        "net": (25_000, 12_500),
        "average": (18_750, 12_500),
        "refund_rate": (3_333, 0),
        "asked": (2, 0),
        "answered": (1, 0),
        "lines": (46, 0),
    }
    changes = {line.key: line.change for line in pair.lines}
    assert (changes["net"], changes["orders"], changes["refund_rate"], changes["viewers"]) == (
        10_000,
        10_000,
        3_333,
        None,
    )


def test_a_year_without_a_show_has_dashes_not_zeros(brand):
    event, variant = make_show(QIXI, brand=brand)
    sell(event, variant)
    (pair,) = by_holiday(ours(brand), year=2026, now=NOW)
    assert (pair.last, pair.last_day) == (None, None)
    assert {line.last for line in pair.lines} == {None}
    assert {line.change for line in pair.lines} == {None}
    (next_year,) = by_holiday(ours(brand), year=2027, now=NOW)
    assert (next_year.day, next_year.last_day, next_year.now) == (None, QIXI, None)


def test_markets_and_brands_are_kept_apart(brand):
    make_show(QIXI, brand=brand)
    make_show(QIXI, brand=make_brand())
    make_show(QIXI_BEFORE, brand=brand, holiday=qixi(QIXI_BEFORE, "TW"))
    pairs = by_holiday(ours(brand), year=2026, now=NOW)
    assert [(pair.market, pair.day, pair.last_day) for pair in pairs] == [
        ("CN", QIXI, None),
        ("TW", None, QIXI_BEFORE),
    ]
    assert [pair.now.shows if pair.now else 0 for pair in pairs] == [1, 0]


def test_two_shows_for_one_day_are_added_and_two_currencies_are_not(brand):
    event, variant = make_show(QIXI, brand=brand)
    other, second = make_show(QIXI, brand=brand)
    sell(event, variant)
    sell(other, second)
    (pair,) = by_holiday(ours(brand), year=2026, now=NOW)
    assert (pair.now.shows, pair.now.takings) == (2, {"EUR": Takings(25_000, 0, 2, 2)})
    sums = together([pair.now, Figures(shows=1, takings={"CNY": Takings(900, 100, 1, 1)})])
    assert sums.takings == {"EUR": Takings(25_000, 0, 2, 2), "CNY": Takings(900, 100, 1, 1)}


def test_two_ramadans_in_one_year_each_meet_the_one_before():
    days = [
        HolidayOccurrence(pk=n, key="ramadan", market="AE", starts_on=day)
        for n, day in enumerate((date(2029, 1, 16), date(2030, 1, 6), date(2030, 12, 26)))
    ]
    assert [earlier(days, day) for day in days] == [None, days[0], days[1]]


def test_shows_without_a_holiday_stand_together_at_the_end(brand):
    make_show(QIXI, brand=brand)
    make_show(date(2026, 3, 3), brand=brand, holiday=None)
    make_show(date(2025, 5, 5), brand=brand, holiday=None)
    pairs = by_holiday(ours(brand), year=2026, now=NOW)
    assert [(pair.key, pair.now.shows, pair.last and pair.last.shows) for pair in pairs] == [
        ("qixi", 1, None),
        ("", 1, 1),
    ]


def test_a_show_meets_the_one_it_repeats_or_the_brands_shows_for_the_same_day(brand):
    event, _ = make_show(QIXI, brand=brand)
    same, _ = make_show(QIXI_BEFORE, brand=brand)
    repeated, _ = make_show(date(2025, 3, 3), brand=brand, holiday=None)
    make_show(QIXI_BEFORE, brand=make_brand())
    assert [show for show, _figures in of_event(event, now=NOW).last_shows] == [same]
    event.repeats = repeated
    event.save()
    assert [show for show, _figures in of_event(event, now=NOW).last_shows] == [repeated]
    # What belongs to another brand is nobody's business here, whatever the row says.
    event.repeats, _ = make_show(QIXI_BEFORE, brand=make_brand())
    event.save()
    assert [show for show, _figures in of_event(event, now=NOW).last_shows] == [same]


def test_a_day_that_staff_moved_is_still_the_same_day(brand):
    event, _ = make_show(QIXI, brand=brand)
    moved = QIXI_BEFORE + timedelta(days=2)
    before, _ = make_show(moved, brand=brand)
    assert [show for show, _figures in of_event(event, now=NOW).last_shows] == [before]


def test_changes_of_shares_are_differences():
    line = Line("conversion", "", Kind.SHARE, 500, 350)
    assert line.change == 150
    assert Line("orders", "", Kind.COUNT, 5, 0).change is None
    assert Line("orders", "", Kind.COUNT, 3, 4).change == -2_500


def test_many_shows_cost_as_many_queries_as_one(brand):
    def queries():
        with CaptureQueriesContext(connection) as found:
            by_holiday(ours(brand), year=2026, now=NOW)
        return len(found)

    make_show(QIXI, brand=brand)
    one = queries()
    for n in range(4):
        make_show(QIXI_BEFORE, brand=brand)
        make_show(QIXI, brand=brand, holiday=make_holiday(key=f"own-{n}", starts_on=QIXI, ends_on=QIXI))
    assert queries() == one


def test_a_show_that_never_was_on_air_has_no_figures(brand):
    event = make_event(brand=brand)
    figures = figures_of([event], now=NOW)[event.pk]
    assert (figures.viewers, figures.peak, figures.left, figures.conversion, figures.lines_per_minute) == (
        None,
        None,
        None,
        None,
        None,
    )
