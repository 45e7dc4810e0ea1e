"""What is to be done for a show by when: the steps of the lead-time plan, and tasks people write down."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from events.domain.walltime import wall_of
from events.enums import OVER, ChecklistKind
from events.errors import EditConflict, NotEditable
from events.holidays import Occurrence
from events.holidays.leadtime import Step, plan
from events.models import ChecklistItem, Event, HolidayOccurrence
from events.models.event import EventQuerySet

SOON = 7  # days ahead the studio's list looks


@dataclass(frozen=True, slots=True)
class Dates:
    """What the steps of a show are counted from: its day on its own clock, and its holiday if it has one."""

    show: date
    holiday: HolidayOccurrence | Occurrence | None

    @classmethod
    def of(cls, event: Event) -> "Dates":
        return cls(wall_of(event.starts_at, event.time_zone).date(), event.holiday)


def steps_for(dates: Dates) -> list[Step]:
    """The lead-time plan of a show on its own day; empty without a holiday.

    Teasing and presale keep their distance to the show; the last dispatch is the holiday's.
    """
    if dates.holiday is None or (info := dates.holiday.info) is None:
        return []
    steps = plan(info, dates.holiday.market, dates.holiday.starts_on)
    moved = dates.show - _show_in(steps)
    still = ChecklistKind.LAST_DISPATCH
    found = [step if step.kind == still else replace(step, on=step.on + moved) for step in steps]
    return sorted(found, key=lambda step: step.on)


def usual_day(day: Occurrence | HolidayOccurrence) -> date:
    """The day a show for the holiday is usually given; its first day when nothing is known of it."""
    info = day.info
    return _show_in(plan(info, day.market, day.starts_on)) if info else day.starts_on


def _show_in(steps: Iterable[Step]) -> date:
    return next(step.on for step in steps if step.kind == ChecklistKind.SHOW)


@transaction.atomic
def write_steps(event: Event, steps: Iterable[Step]) -> list[ChecklistItem]:
    """Put steps of the lead-time plan on the checklist of `event`."""
    place = _next_place(event)
    return ChecklistItem.objects.bulk_create(
        ChecklistItem(
            event=event,
            kind=step.kind,
            text=step.note[:200],
            due_on=step.on,
            planned_on=step.on,
            position=place + number,
        )
        for number, step in enumerate(steps)
    )


@transaction.atomic
def recount(event: Event) -> int:
    """Move the steps nobody touched to the days they have now; how many moved.

    Touched are those done or put on another day by hand.
    """
    days = {step.kind: step for step in steps_for(Dates.of(event))}
    moved = []
    for item in event.checklist.exclude(kind=ChecklistKind.TASK).filter(done_at=None):
        step = days.get(ChecklistKind(item.kind))
        if step and item.due_on == item.planned_on != step.on:
            item.due_on = item.planned_on = step.on
            item.text = step.note[:200]
            moved.append(item)
    ChecklistItem.objects.bulk_update(moved, ["due_on", "planned_on", "text"])
    return len(moved)


@transaction.atomic
def add_task(event: Event, *, text: str, due_on: date | None) -> ChecklistItem:
    """Write down a task; raises NotEditable when the show is over."""
    _check_open(event)
    return ChecklistItem.objects.create(event=event, text=text, due_on=due_on, position=_next_place(event))


@transaction.atomic
def edit(item: ChecklistItem, *, text: str, due_on: date | None, seen: str) -> None:
    """Change a task's words and day. `seen` is the text its writer started from.

    Raises EditConflict when somebody wrote other words meanwhile, NotEditable when the show is over.
    """
    _check_open(item.event)
    if not ChecklistItem.objects.filter(pk=item.pk, text=seen).update(text=text, due_on=due_on):
        raise EditConflict(_("Somebody else has changed this task meanwhile. Compare, then save again."))
    item.text, item.due_on = text, due_on


def tick(item: ChecklistItem, *, done: bool, by: User | None, now: datetime) -> None:
    """Tick a task off or take the tick away; who ticked first stays named."""
    open_or_done = ChecklistItem.objects.filter(pk=item.pk, done_at__isnull=done)
    open_or_done.update(done_at=now if done else None, done_by=by if done else None)


def remove(item: ChecklistItem) -> None:
    """Strike a task out."""
    item.delete()


def due(events: EventQuerySet, *, today: date, days: int = SOON) -> QuerySet[ChecklistItem]:
    """What is open and due within `days` of `today`, the overdue first, for shows that are still to come."""
    coming = events.exclude(state__in=OVER).values("pk")
    rows = ChecklistItem.objects.filter(
        event__in=coming, done_at=None, due_on__lte=today + timedelta(days=days)
    )
    return rows.select_related("event__brand").order_by("due_on", "event__starts_at", "position", "pk")


def _check_open(event: Event) -> None:
    if Event.objects.filter(pk=event.pk, state__in=OVER).exists():
        raise NotEditable(_("The show is over. What it was stays as it was."))


def _next_place(event: Event) -> int:
    return (event.checklist.aggregate(last=Max("position"))["last"] or 0) + 1
