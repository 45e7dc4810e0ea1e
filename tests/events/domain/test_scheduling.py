from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from events.domain import scheduling
from events.domain.scheduling import instant
from events.enums import StaffRole
from events.errors import BadShares, BadTime, EditConflict, NotEditable
from events.models import Event
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand
from tests.factories.events import NOW, make_event, make_event_host, make_host, make_ready_event

pytestmark = pytest.mark.django_db


def wall(text: str) -> datetime:
    """A naive time as a form gives it."""
    return datetime.fromisoformat(text)


def data(**over: Any) -> dict[str, Any]:
    fields = {"time_zone": "Asia/Shanghai", "starts_at": NOW, "ends_at": NOW + timedelta(hours=1)}
    return fields | over


@pytest.mark.parametrize(
    ("typed", "zone", "utc"),
    [
        (wall("2026-03-08T01:59"), "America/New_York", "2026-03-08T06:59:00+00:00"),
        (wall("2026-11-01T01:30"), "America/New_York", "2026-11-01T05:30:00+00:00"),  # the first of two
        (wall("2026-11-11T20:00"), "Asia/Kathmandu", "2026-11-11T14:15:00+00:00"),
        (wall("2027-02-06T20:00"), "Asia/Shanghai", "2027-02-06T12:00:00+00:00"),
    ],
)
def test_wall_time_becomes_an_instant(typed: datetime, zone: str, utc: str) -> None:
    assert instant(typed, zone).isoformat() == utc


def test_a_time_the_clocks_skip_is_refused_with_the_next_one() -> None:
    with pytest.raises(BadTime, match=r"02:30 does not exist .* Choose 03:30 or later"):
        instant(wall("2026-03-08T02:30"), "America/New_York")
    with pytest.raises(BadTime, match="02:15"):
        instant(wall("2026-10-04T02:15"), "Australia/Lord_Howe")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Etc/GMT+5", ""])
def test_a_zone_nobody_lives_in_is_refused(zone: str) -> None:
    with pytest.raises(BadTime):
        instant(wall("2026-01-01T00:00"), zone)


def test_a_new_event_is_a_draft_with_its_own_address() -> None:
    brand = make_brand()
    slugs = [scheduling.create_event(brand, title="The Silk Hour", data=data()).slug for _ in range(3)]
    assert slugs == ["the-silk-hour", "the-silk-hour-2", "the-silk-hour-3"]
    assert scheduling.create_event(brand, title="七夕", data=data()).slug.startswith("show-")


def test_an_address_taken_in_the_same_moment_gets_another(monkeypatch: pytest.MonkeyPatch) -> None:
    make_event(slug="the-silk-hour")
    monkeypatch.setattr(scheduling, "_free_slug", lambda title: "the-silk-hour")
    event = scheduling.create_event(make_brand(), title="The Silk Hour", data=data())
    assert event.slug.startswith("the-silk-hour-")


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": NOW},
        {"ends_at": NOW + timedelta(hours=12, seconds=1)},
        {"time_zone": "Nowhere"},
    ],
)
def test_impossible_times_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadTime):
        scheduling.create_event(make_brand(), title="x", data=data(**wrong))
    assert Event.objects.count() == 0


def test_shares_come_with_the_event_or_nothing_does() -> None:
    host = make_host()
    event = scheduling.create_event(make_brand(), title="x", data=data(), shares=[(host, 10_000)])
    assert list(event.hosts.all()) == [host]
    with pytest.raises(BadShares):
        scheduling.create_event(make_brand(), title="y", data=data(), shares=[(host, 9_999)])
    assert Event.objects.count() == 1


def test_hosts_are_replaced_in_their_order() -> None:
    event = make_event(state="live")
    make_event_host(event)
    first, second = make_host(), make_host()
    scheduling.set_hosts(event, [(second, 6_000), (first, 4_000)], now=NOW)
    assert [(row.host, row.share) for row in event.event_hosts.all()] == [(second, 6_000), (first, 4_000)]


def test_bad_shares_leave_the_hosts_as_they_were() -> None:
    event = make_ready_event()
    before = list(event.hosts.all())
    one, two = make_host(), make_host()
    for shares in ([(one, 5_000), (two, 4_000)], [(one, 5_000), (one, 5_000)], [(one, 10_000), (two, 0)], []):
        with pytest.raises(BadShares):
            scheduling.set_hosts(event, shares, now=NOW)
    assert list(event.hosts.all()) == before


def test_the_hosts_of_a_past_show_stay() -> None:
    event = make_ready_event(state="ended")
    with pytest.raises(NotEditable):
        scheduling.set_hosts(event, [(make_host(), 10_000)], now=NOW)


@pytest.mark.parametrize("count", range(1, 9))
def test_equal_parts_make_the_whole(count: int) -> None:
    parts = scheduling.equal_shares(count)
    assert (sum(parts), max(parts) - min(parts) <= 1) == (10_000, True)


def test_an_edit_is_written_and_counted() -> None:
    event = make_event()
    scheduling.edit_event(event, version=1, title="New", time_zone="Asia/Tokyo")
    fresh = Event.objects.get(pk=event.pk)
    assert (fresh.title, fresh.time_zone, fresh.version) == ("New", "Asia/Tokyo", 2)


def test_of_two_editors_the_second_is_told() -> None:
    event = make_event()
    scheduling.edit_event(Event.objects.get(pk=event.pk), version=1, title="First")
    with pytest.raises(EditConflict):
        scheduling.edit_event(event, version=1, title="Second")
    assert Event.objects.get(pk=event.pk).title == "First"


def test_without_the_version_the_second_editor_would_overwrite_the_first() -> None:
    event = make_event()
    scheduling.edit_event(Event.objects.get(pk=event.pk), version=1, title="First")
    Event.objects.filter(pk=event.pk).update(title="Second")  # the same UPDATE without its guard
    assert Event.objects.get(pk=event.pk).title == "Second"


def test_a_past_show_cannot_be_edited_nor_its_state_written() -> None:
    with pytest.raises(NotEditable):
        scheduling.edit_event(make_event(state="replay"), version=1, title="x")
    with pytest.raises(TypeError):
        scheduling.edit_event(make_event(), version=1, state="live")


def test_staff_work_on_one_show_once() -> None:
    event, user = make_event(), make_user()
    for _ in range(2):
        scheduling.assign_staff(event, user=user, role=StaffRole.MODERATOR)
    assert event.staff.count() == 1
    scheduling.release_staff(event, user=user, role=StaffRole.MODERATOR)
    assert event.staff.count() == 0


def test_zones_are_those_people_live_in() -> None:
    names = scheduling.zone_names()
    assert {"UTC", "Europe/Paris", "Asia/Ho_Chi_Minh", "Australia/Lord_Howe"} <= set(names)
    assert [name for name in names if name.startswith("Etc/")] == []
    assert instant(wall("2026-01-01T00:00"), "UTC") == datetime(2026, 1, 1, tzinfo=UTC)
