from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from events import demo
from events.demo.shows import SHOWS, evenings
from events.enums import EventState
from events.models import Event, HolidayOccurrence, Host
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_product
from tests.factories.events import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three brands with eight products each, and portraits at a tenth of their size."""
    settings.MEDIA_ROOT = tmp_path
    for slug in ("maison-aurele", "hanami-atelier", "sorrel-and-vane"):
        brand = make_brand(slug=slug)
        for _ in range(8):
            make_product(
                brand=brand,
                story="Woven in Lyon. Then printed.",
                details=[{"label": "Made in", "value": "Lyon"}],
            )
    for name in ("host", "moderator", "producer"):
        make_user(email=f"{name}@demo.example")
    monkeypatch.setattr("events.drawing.pen.SCALE", 1)


def states() -> dict[str, int]:
    return {state: Event.objects.filter(state=state).count() for state in EventState.values}


def test_the_demo_has_a_show_on_the_air_some_behind_and_some_ahead() -> None:
    demo.seed(NOW)
    assert states() == {
        "draft": 1,
        "scheduled": 9,
        "rehearsal": 0,
        "live": 1,
        "ended": 0,
        "replay": 8,
        "cancelled": 0,
    }
    live = Event.objects.get(slug="the-silk-hour")
    assert (live.lineup.count(), live.stream.drawn, live.starts_at < NOW < live.ends_at) == (8, True, True)
    assert live.hosts.get().user.email == "host@demo.example"  # type: ignore[union-attr]  # set by the fixture
    assert (live.lineup.first().talking_points, live.staff.count()) == ("Woven in Lyon.\nMade in: Lyon", 1)  # type: ignore[union-attr]  # eight rows
    assert all(event.holiday for event in Event.objects.exclude(state="draft"))
    assert all(host.portrait and host.evidence.count() >= 3 for host in Host.objects.all())


def test_every_house_has_its_time_at_the_long_show() -> None:
    demo.seed(NOW)
    event = Event.objects.get(slug="the-long-table-2026-11-16")
    parts = list(event.segments.all())
    assert sorted({part.brand.slug for part in parts}) == [
        "hanami-atelier",
        "maison-aurele",
        "sorrel-and-vane",
    ]
    assert [part.hosts.count() and part.items.count() > 0 for part in parts] == [True] * 6
    last = parts[-1]
    assert event.starts_at + timedelta(seconds=last.planned_second + last.planned_seconds) == event.ends_at
    assert sum(row.share for row in event.event_hosts.all()) == 10_000


def test_seeding_again_changes_nothing() -> None:
    demo.seed(NOW)
    before = (
        list(Event.objects.order_by("pk").values()),
        Host.objects.count(),
        HolidayOccurrence.objects.count(),
    )
    demo.seed(NOW + timedelta(minutes=5))
    assert before == (
        list(Event.objects.order_by("pk").values()), Host.objects.count(), HolidayOccurrence.objects.count(),
    )  # fmt: skip


def test_days_later_the_live_show_is_live_again_and_the_announced_has_been() -> None:
    demo.seed(NOW)
    first = Event.objects.filter(state="scheduled").order_by("starts_at")[0]
    Event.objects.filter(slug="the-silk-hour").update(state="ended")
    later = first.ends_at + timedelta(days=1)
    demo.refresh(later)
    first.refresh_from_db()
    live = Event.objects.get(slug="the-silk-hour")
    assert (first.state, first.went_live_at, first.ended_at) == ("replay", first.starts_at, first.ends_at)
    assert (live.state, live.starts_at < later < live.ends_at, live.ended_at) == ("live", True, None)


@pytest.mark.parametrize("month", range(1, 13))
def test_the_calendar_of_the_demo_is_full_in_every_month(month: int) -> None:
    chosen = demo._chosen(datetime(2027, month, 15, 12, tzinfo=UTC))
    # Six behind and eight ahead, and last year's of the last two.
    assert len(chosen) == 16
    assert len({evening.slug for evening in chosen}) == 16


def test_without_products_there_are_hosts_and_no_shows() -> None:
    from catalog.models import Product

    Product.objects.update(state="draft")
    demo.seed(NOW)
    assert (states()["live"], states()["replay"], Host.objects.count()) == (0, 0, 10)


def test_every_show_stands_on_a_holiday_its_market_keeps() -> None:
    assert {evening.show.slug for evening in evenings(first=2027, last=2027)} == {show.slug for show in SHOWS}


def test_the_second_start_of_the_demo_puts_the_show_back_on_the_air(settings: Any, tmp_path: Path) -> None:
    demo.seed(NOW)
    Event.objects.filter(slug="the-silk-hour").update(state="replay")
    settings.VAR_DIR = tmp_path
    (tmp_path / "seeded").write_text("once")
    call_command("seed_demo")
    live = Event.objects.get(slug="the-silk-hour")
    assert (live.state, live.ends_at > timezone.now()) == ("live", True)
