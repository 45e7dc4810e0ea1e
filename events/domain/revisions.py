"""Every change of a show's plan is kept and can be taken back, as long as nobody built on it since."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from events.domain import restoring, reviewing
from events.domain.snapshot import Change, differences, snapshot, still_so
from events.enums import OVER
from events.errors import CannotTakeBack, NotEditable
from events.models import Event, Revision

KEPT = 200  # changes per show; the oldest go first
UNDO = "undo"
# Ticking a task off is no change of what was approved.
NOT_REVIEWED = {"checklist"}
_recording: ContextVar[frozenset[int]] = ContextVar("recording", default=frozenset())


@contextmanager
def recorded(event: Event, *, what: str, by: User | None, now: datetime, origin: str = "") -> Iterator[None]:
    """One transaction in which the plan of `event` is changed; what differs afterwards becomes a revision.

    `what` is a short code such as `details` or words for people, at most 120 characters. An error inside
    keeps nothing. Inside another `recorded` of the same show it adds nothing of its own. An approved plan
    that is changed before the rehearsal is to be looked at again; `origin` is where the letters lead.
    """
    open_now = _recording.get()
    if event.pk in open_now:
        yield
        return
    token = _recording.set(open_now | {event.pk})
    try:
        with transaction.atomic():
            Event.objects.select_for_update().get(pk=event.pk)
            before = snapshot(event)
            yield
            changes = differences(before, snapshot(event))
            if _keep(event, changes, what=what, by=by, now=now) and _reviewed(changes):
                reviewing.reopen(event, by=by, origin=origin, now=now)
    finally:
        _recording.reset(token)


def _keep(
    event: Event,
    changes: list[Change],
    *,
    what: str,
    by: User | None,
    now: datetime,
    undoes: Revision | None = None,
) -> Revision | None:
    if not changes:
        return None
    version = Event.objects.values_list("version", flat=True).get(pk=event.pk)
    made = Revision.objects.create(
        event=event, version=version, what=what[:120], changes=changes, by=by, at=now, undoes=undoes
    )
    oldest = (
        Revision.objects.filter(event=event).order_by("-pk").values_list("pk", flat=True)[KEPT : KEPT + 1]
    )
    if oldest:
        Revision.objects.filter(event=event, pk__lte=oldest[0]).delete()
    return made


def _reviewed(changes: list[Change]) -> bool:
    return bool({change["part"] for change in changes} - NOT_REVIEWED)


@transaction.atomic
def take_back(revision: Revision, *, by: User | None, now: datetime, origin: str = "") -> None:
    """Bring back what stood before `revision`; taking back a taking-back does it again.

    Raises CannotTakeBack, with the reason, when something it touched was changed since, was shown or agreed
    to meanwhile, or is gone; NotEditable when the show is over. Nothing is changed then.
    """
    event = Event.objects.select_for_update().get(pk=revision.event_id)
    fresh = Revision.objects.get(pk=revision.pk)
    if event.state in OVER:
        raise NotEditable(_("The show is over. What it was stays as it was."))
    if fresh.undone_at is not None:
        raise CannotTakeBack(_("This change was taken back already."))
    plan = snapshot(event)
    if any(not still_so(plan, change) for change in fresh.changes):
        raise CannotTakeBack(
            _("This was changed again since. Take the newer change back first, or edit it by hand.")
        )
    restoring.restore(event, fresh.changes, now=now)
    changes = differences(plan, snapshot(event))
    if not _keep(event, changes, what=UNDO, by=by, now=now, undoes=fresh):
        raise CannotTakeBack(_("There is nothing left to take back."))
    if _reviewed(changes):
        reviewing.reopen(event, by=by, origin=origin, now=now)
    Revision.objects.filter(pk=fresh.pk).update(undone_at=now)
    if fresh.undoes_id:
        Revision.objects.filter(pk=fresh.undoes_id).update(undone_at=None)


def changed_since(event: Event, version: int) -> dict[str, tuple[object, Revision]]:
    """Which details others changed after `version` of the plan: the value before, and who changed it last."""
    found: dict[str, tuple[object, Revision]] = {}
    rows = Revision.objects.filter(event=event, version__gt=version).select_related("by").order_by("pk")
    for revision in rows:
        for change in revision.changes:
            if change["part"] == "details":
                base = found[change["field"]][0] if change["field"] in found else change["before"]
                found[change["field"]] = (base, revision)
    return found
