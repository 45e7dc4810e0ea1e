from datetime import date

import pytest

from events.enums import ChecklistKind
from events.holidays import days_of, load, markets
from events.holidays.leadtime import is_working, last_dispatch, plan

TEASE, PRESALE, SHOW, DISPATCH = (
    ChecklistKind.TEASE, ChecklistKind.PRESALE, ChecklistKind.SHOW, ChecklistKind.LAST_DISPATCH,
)  # fmt: skip


def dated(key: str, market: str, on: str, **more: int) -> dict[str, str]:
    steps = plan(load()[key], market, date.fromisoformat(on), **more)
    return {step.kind.value: str(step.on) for step in steps}


def test_a_gift_leaves_in_time_and_is_shown_before() -> None:
    # Qixi 2027 is a Sunday: parcels of three days leave on the 4th to be there on the 7th.
    assert dated("qixi", "CN", "2027-08-08") == {
        "tease": "2027-07-08", "presale": "2027-07-22", "show": "2027-08-01", "dispatch": "2027-08-04",
    }  # fmt: skip


def test_sundays_do_not_count_where_parcels_rest() -> None:
    # Mother's Day is Sunday 9 May 2027; arrival on Saturday, five working days back is Monday.
    assert dated("mothers-day", "US", "2027-05-09")["dispatch"] == "2027-05-03"
    assert dated("mothers-day", "DE", "2027-05-09")["dispatch"] == "2027-05-06"


def test_nothing_leaves_while_the_new_year_stands_still() -> None:
    assert [is_working("CN", date(2027, 2, day)) for day in (1, 2, 6, 11, 12)] == [
        True, False, False, False, True,
    ]  # fmt: skip
    assert str(last_dispatch("CN", date(2027, 2, 5), 2)) == "2027-01-30"


def test_christmas_and_easter_stand_still_in_germany() -> None:
    closed = ["2026-12-25", "2026-12-26", "2026-12-27", "2027-01-01", "2027-03-26", "2027-03-29"]
    assert {day: is_working("DE", date.fromisoformat(day)) for day in closed} == dict.fromkeys(closed, False)


def test_a_house_may_say_how_long_its_own_parcels_take() -> None:
    assert dated("qixi", "CN", "2027-08-08", dispatch_days=10)["dispatch"] == "2027-07-28"
    assert dated("qixi", "CN", "2027-08-08", dispatch_days=0)["dispatch"] == "2027-08-07"


def test_what_is_sold_on_a_shopping_day_leaves_after_it() -> None:
    assert dated("black-friday", "US", "2026-11-27") == {
        "tease": "2026-11-06", "presale": "2026-11-20", "show": "2026-11-27", "dispatch": "2026-11-30",
    }  # fmt: skip


@pytest.mark.parametrize("market", markets())
def test_every_plan_runs_from_tease_to_dispatch(market: str) -> None:
    for day in days_of(2027, market):
        steps = plan(day.info, market, day.starts_on)
        gift = day.info.lead.how == "gift"
        assert [step.kind for step in steps] == [TEASE, PRESALE, SHOW, DISPATCH]
        assert all(step.note for step in steps)
        assert is_working(market, steps[-1].on)
        assert (steps[-1].on < day.starts_on) == gift
