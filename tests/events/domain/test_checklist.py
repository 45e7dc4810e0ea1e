from datetime import UTC, date, datetime, timedelta

import pytest

from events.domain import checklist, scheduling
from events.domain.checklist import Dates
from events.enums import ChecklistKind, EventState
from events.errors import EditConflict, NotEditable
from events.models import ChecklistItem, Event, HolidayOccurrence
from tests.factories.accounts import make_user
from tests.factories.events import NOW, make_event, make_holiday

pytestmark = pytest.mark.django_db
QIXI = date(2027, 8, 8)
TODAY = date(2027, 7, 1)


@pytest.fixture
def qixi() -> HolidayOccurrence:
    return make_holiday(key="qixi", market="CN", starts_on=QIXI, ends_on=QIXI)


def planned(holiday: HolidayOccurrence | None, *, day: date = date(2027, 8, 1)) -> Event:
    starts_at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    event = make_event(
        holiday=holiday,
        time_zone="Asia/Shanghai",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
    )
    checklist.write_steps(event, checklist.steps_for(Dates.of(event)))
    return event


def days(event: Event) -> dict[str, date | None]:
    return {item.kind: item.due_on for item in event.checklist.all()}


def test_the_steps_lead_to_the_show_on_its_own_day(qixi: HolidayOccurrence) -> None:
    event = planned(qixi)
    found = days(event)
    assert found["show"] == date(2027, 8, 1)
    assert [item.kind for item in event.checklist.order_by("due_on")][:3] == ["tease", "presale", "show"]


def test_a_show_without_a_holiday_has_no_lead_time() -> None:
    assert planned(None).checklist.count() == 0


def test_the_day_of_the_show_is_the_one_on_its_own_clock(qixi: HolidayOccurrence) -> None:
    event = planned(qixi)
    night = datetime(2027, 8, 1, 17, tzinfo=UTC)  # one in the morning in Shanghai
    Event.objects.update(starts_at=night, ends_at=night + timedelta(hours=1))
    assert Dates.of(Event.objects.get(pk=event.pk)).show == date(2027, 8, 2)


def test_untouched_steps_move_with_the_show_and_the_last_dispatch_stays(qixi: HolidayOccurrence) -> None:
    event = planned(qixi)
    before = days(event)
    later = {"starts_at": event.starts_at - timedelta(days=3), "ends_at": event.ends_at - timedelta(days=3)}
    scheduling.edit_event(event, version=1, now=NOW, **later)
    after = days(event)
    moved = {kind: before[kind] - after[kind] for kind in before}  # type: ignore[operator]  # all have days
    three = timedelta(days=3)
    assert moved == {"tease": three, "presale": three, "show": three, "dispatch": timedelta()}


def test_a_step_done_or_put_elsewhere_by_hand_stays(qixi: HolidayOccurrence) -> None:
    event = planned(qixi)
    tease, presale = event.checklist.get(kind="tease"), event.checklist.get(kind="presale")
    checklist.tick(tease, done=True, by=None, now=NOW)
    checklist.edit(presale, text="By mail", due_on=TODAY, seen=presale.text)
    before = days(event)
    Event.objects.update(starts_at=event.starts_at - timedelta(days=3))
    assert checklist.recount(Event.objects.get()) == 1
    after = days(event)
    assert {kind for kind in after if after[kind] != before[kind]} == {"show"}
    assert event.checklist.get(kind="presale").text == "By mail"


def test_a_tick_says_who_and_when_and_the_first_counts() -> None:
    item, ada, ben = checklist.add_task(make_event(), text="Flowers", due_on=None), make_user(), make_user()
    checklist.tick(item, done=True, by=ada, now=NOW)
    checklist.tick(item, done=True, by=ben, now=NOW + timedelta(hours=1))
    item.refresh_from_db()
    assert (item.done_by, item.done_at) == (ada, NOW)
    checklist.tick(item, done=False, by=ben, now=NOW)
    item.refresh_from_db()
    assert (item.done_by, item.done_at) == (None, None)


def test_two_people_do_not_write_over_each_other() -> None:
    item = checklist.add_task(make_event(), text="Flowers", due_on=None)
    checklist.edit(item, text="White flowers", due_on=TODAY, seen="Flowers")
    with pytest.raises(EditConflict):
        checklist.edit(item, text="No flowers", due_on=None, seen="Flowers")
    assert ChecklistItem.objects.get().text == "White flowers"


def test_a_show_that_is_over_takes_no_more_tasks() -> None:
    with pytest.raises(NotEditable):
        checklist.add_task(make_event(state=EventState.ENDED), text="Flowers", due_on=None)


def test_what_is_due_this_week_comes_first_what_is_late_before_it() -> None:
    event, past, other = make_event(), make_event(state="ended"), make_event()
    for show, text, due_on in [
        (event, "today", TODAY),
        (event, "late", TODAY - timedelta(days=9)),
        (event, "in a week", TODAY + timedelta(days=7)),
        (event, "later", TODAY + timedelta(days=8)),
        (event, "some day", None),
        (past, "over", TODAY),
        (other, "not ours", TODAY),
    ]:
        ChecklistItem.objects.create(event=show, text=text, due_on=due_on, kind=ChecklistKind.TASK)
    ours = Event.objects.filter(pk__in=[event.pk, past.pk])
    assert [item.text for item in checklist.due(ours, today=TODAY)] == ["late", "today", "in a week"]
