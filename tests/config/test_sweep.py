"""The sweep: every piece of due work gets its turn."""

from datetime import UTC, datetime

import pytest

from accounts.domain import heartbeat
from config import sweep
from config.tasks import run_sweep

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def broken(*, now: datetime) -> None:
    raise RuntimeError("broken on purpose")


def test_each_is_told_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[datetime] = []
    monkeypatch.setattr(
        sweep, "DUE", [("one", lambda *, now: told.append(now)), ("two", lambda *, now: told.append(now))]
    )
    assert sweep.sweep(now=NOW) == []
    assert told == [NOW, NOW]
    assert heartbeat.last_beat() == NOW


@pytest.mark.expects_errors
def test_one_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[datetime] = []
    monkeypatch.setattr(sweep, "DUE", [("broken", broken), ("two", lambda *, now: told.append(now))])
    assert sweep.sweep(now=NOW) == ["broken"]
    assert told == [NOW]


@pytest.mark.django_db(transaction=True)
def test_all_due_work_runs_on_an_empty_database() -> None:
    assert sweep.sweep(now=NOW) == []


def test_what_people_asked_to_be_told_goes_out_in_one_sweep() -> None:
    order = [name for name, _work in sweep.DUE]
    told = [order.index(name) for name in ("reminders", "announcements", "push", "mail")]
    assert told == sorted(told)


@pytest.mark.django_db(transaction=True)
def test_the_scheduled_task_sweeps() -> None:
    run_sweep.delay()
    assert heartbeat.last_beat() is not None
