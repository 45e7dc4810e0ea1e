"""The demo's plan of the next months: steps and tasks of coming shows, one under review, one changed."""

from datetime import datetime, timedelta

from accounts.models import User
from events.domain import checklist, reviewing, revisions, scheduling
from events.domain.checklist import Dates
from events.enums import EventState, ReviewState
from events.models import Event

PLANNED = 4  # coming shows whose steps are on their checklists
ASKER, REVIEWED = "producer@demo.example", "autumn-linings"


def seed_planning(now: datetime) -> None:
    """Lead-time steps, the tasks of the draft, its review; run again it adds nothing."""
    by = User.objects.filter(email=ASKER).first()
    coming = Event.objects.filter(state=EventState.SCHEDULED, starts_at__gt=now, holiday__isnull=False)
    for event in coming.select_related("holiday__own_day").order_by("starts_at")[:PLANNED]:
        if not event.checklist.exists():
            _write_steps(event, by, now)
    draft = Event.objects.filter(slug=REVIEWED, review=ReviewState.NONE).first()
    if draft is not None and by is not None:
        _plan_draft(draft, by, now)


def _write_steps(event: Event, by: User | None, now: datetime) -> None:
    """The plan's steps, those of the past ticked off on their day."""
    for item in checklist.write_steps(event, checklist.steps_for(Dates.of(event))):
        if item.due_on and item.due_on < now.date():
            done = now - timedelta(days=(now.date() - item.due_on).days)
            checklist.tick(item, done=True, by=by, now=done)


def _plan_draft(event: Event, by: User, now: datetime) -> None:
    today = now.date()
    with revisions.recorded(event, what="checklist", by=by, now=now):
        checklist.add_task(event, text="Choose the four bags", due_on=today + timedelta(days=2))
        checklist.add_task(event, text="Photograph the linings by daylight", due_on=today + timedelta(days=6))
    with revisions.recorded(event, what="details", by=by, now=now):
        words = "What is inside a bag, and why it is sewn last."
        scheduling.edit_event(event, version=event.version, now=now, summary=words)
    reviewing.ask(event, by=by, text="Is January the right month for linings?", now=now)
