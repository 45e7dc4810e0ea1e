from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from catalog.models import Brand
from events.domain import conflicts
from events.domain.conflicts import Plan
from events.models import Assortment, AssortmentPiece, HostAway
from tests.factories.catalog import make_brand, make_product, make_stocked_variant
from tests.factories.events import make_event, make_event_host, make_holiday, make_host

pytestmark = pytest.mark.django_db
TODAY = date(2027, 6, 1)


def wall(text: str) -> datetime:
    """A naive time as a form gives it."""
    return datetime.fromisoformat(text)


EVENING = wall("2027-08-01T20:00")
EVENING_UTC = datetime(2027, 8, 1, 18, tzinfo=UTC)


@pytest.fixture
def brand() -> Brand:
    return make_brand(name="Maison")


def codes(brand: Brand, **over: Any) -> list[tuple[str, str]]:
    fields: dict[str, Any] = {"brand": brand, "zone": "Europe/Paris", "starts": EVENING, "minutes": 60} | over
    return [(one.code, one.severity.value) for one in conflicts.conflicts(Plan(**fields), today=TODAY)]


def test_a_free_evening_has_nothing_against_it(brand: Brand) -> None:
    assert codes(brand) == []


def test_a_time_the_clocks_skip_is_stopped_with_the_next_one(brand: Brand) -> None:
    plan = Plan(brand=brand, zone="Europe/Paris", starts=wall("2028-03-26T02:30"), minutes=60)
    found = conflicts.conflicts(plan, today=TODAY)
    assert [(one.code, one.severity.value) for one in found] == [("time_skipped", "stop")]
    assert found[0].sentence.endswith("Choose 03:00 or later.")


def test_a_time_that_comes_twice_is_told(brand: Brand) -> None:
    assert codes(brand, starts=wall("2027-10-31T02:30")) == [("time_twice", "warn")]


def test_a_day_that_has_passed_is_told(brand: Brand) -> None:
    assert codes(brand, starts=wall("2027-05-01T20:00")) == [("day_past", "warn")]


def test_a_host_booked_elsewhere_stops_and_one_who_is_away_warns(brand: Brand) -> None:
    busy, away, free = make_host(name="Ines"), make_host(name="Otto"), make_host()
    show = make_event(state="scheduled", starts_at=EVENING_UTC, ends_at=EVENING_UTC + timedelta(hours=1))
    make_event_host(show, host=busy)
    HostAway.objects.create(host=away, starts_on=date(2027, 7, 30), ends_on=date(2027, 8, 3))
    found = codes(brand, hosts=[free, away, busy])
    assert found == [("host_booked", "stop"), ("host_away", "warn")]
    assert codes(brand, hosts=[busy], except_event=show) == []


def test_shows_at_the_same_time_are_named_ours_and_our_rivals(brand: Brand) -> None:
    rival = make_brand(name="Rival")
    brand.rivals.add(rival)
    times = {"starts_at": EVENING_UTC, "ends_at": EVENING_UTC + timedelta(hours=1)}
    make_event(brand=brand, **times)
    make_event(brand=rival, state="scheduled", **times)
    make_event(brand=rival, state="draft", **times)  # nobody else's to know
    make_event(brand=brand, state="cancelled", **times)
    make_event(state="scheduled", **times)  # of a brand that is no rival
    assert sorted(codes(brand)) == [("rival_at_once", "warn"), ("show_at_once", "warn")]


def test_a_show_that_begins_when_ours_ends_is_no_conflict(brand: Brand) -> None:
    after = EVENING_UTC + timedelta(hours=1)
    make_event(brand=brand, starts_at=after, ends_at=after + timedelta(hours=1))
    assert codes(brand) == []


def test_a_tentative_holiday_is_told(brand: Brand) -> None:
    eid = make_holiday(
        key="eid-al-adha", market="AE", starts_on=date(2027, 8, 20), ends_on=date(2027, 8, 22), tentative=True
    )
    assert ("holiday_tentative", "warn") in codes(brand, holiday=eid)


def test_a_show_after_the_holiday_and_after_its_last_dispatch_is_told(brand: Brand) -> None:
    qixi = make_holiday(key="qixi", market="CN", starts_on=date(2027, 8, 8), ends_on=date(2027, 8, 8))
    found = codes(brand, starts=wall("2027-08-09T20:00"), holiday=qixi)
    assert found == [("holiday_over", "warn"), ("dispatch_before_show", "warn")]


def test_lead_time_that_has_begun_is_told(brand: Brand) -> None:
    qixi = make_holiday(key="qixi", market="CN", starts_on=date(2027, 8, 8), ends_on=date(2027, 8, 8))
    found = conflicts.conflicts(
        Plan(brand=brand, zone="Asia/Shanghai", starts=wall("2027-08-01T20:00"), minutes=60, holiday=qixi),
        today=date(2027, 7, 30),
    )
    assert [one.code for one in found] == ["lead_time_passed", "lead_time_passed"]


def edition_of(brand: Brand, *, size: int, on_hand: int) -> Assortment:
    holiday = make_holiday(key="qixi", market="CN", starts_on=date(2027, 8, 30), ends_on=date(2027, 8, 30))
    row = Assortment.objects.create(
        brand=brand, slug="qixi", title="Qixi", holiday=holiday, opens_at=EVENING_UTC,
        closes_at=EVENING_UTC + timedelta(days=30),
    )  # fmt: skip
    product = make_product(brand=brand, name="Moon bag", edition_size=size)
    make_stocked_variant(product=product, on_hand=on_hand)
    AssortmentPiece.objects.create(assortment=row, product=product)
    return row


@pytest.mark.parametrize(
    ("on_hand", "told"), [(80, []), (12, [("stock_small", "warn")])], ids=["enough", "few"]
)
def test_an_edition_with_fewer_pieces_than_promised_is_told(
    brand: Brand, on_hand: int, told: list[tuple[str, str]]
) -> None:
    assert codes(brand, edition=edition_of(brand, size=80, on_hand=on_hand)) == told


def test_many_dates_are_looked_at_together(brand: Brand, django_assert_num_queries: Any) -> None:
    make_event(brand=brand, starts_at=EVENING_UTC, ends_at=EVENING_UTC + timedelta(hours=1))
    plans = [
        Plan(brand=brand, zone="Europe/Paris", starts=EVENING + timedelta(days=7 * week), minutes=60)
        for week in range(20)
    ]
    with django_assert_num_queries(1):
        found = conflicts.shows_at_once(plans)
    assert [len(one) for one in found] == [1] + [0] * 19
