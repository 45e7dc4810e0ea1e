"""Somebody else looks at a plan before the public does. Every step is a note that stays."""

from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.domain.mail import enqueue_mail
from accounts.enums import Role
from accounts.models import User
from catalog.models import Membership
from events.domain.lifecycle import BEFORE_THE_NIGHT
from events.enums import ReviewState, ReviewStep
from events.errors import EditConflict, ReviewRefused
from events.models import Event, ReviewNote

# Steps that begin a new round of the review; who took one of them since cannot be the second person.
OPENING = (ReviewStep.ASK, ReviewStep.REOPEN)
CLOSING = (ReviewStep.APPROVE, ReviewStep.CHANGES)
LEADS_TO = {
    ReviewStep.ASK: ReviewState.ASKED,
    ReviewStep.APPROVE: ReviewState.APPROVED,
    ReviewStep.CHANGES: ReviewState.CHANGES,
    ReviewStep.REOPEN: ReviewState.ASKED,
}


def reviewers(event: Event, *, but: User | None) -> list[User]:
    """The brand's producers who may approve what `but` asks for."""
    held = Membership.objects.filter(brand=event.brand_id, role=Role.PRODUCER).values("user")
    found = User.objects.filter(pk__in=held, is_active=True).order_by("pk")
    return list(found.exclude(pk=but.pk) if but else found)


def ask(event: Event, *, by: User, text: str = "", origin: str = "", now: datetime) -> ReviewNote:
    """Ask for the plan to be looked at, and tell the brand's other producers once.

    Raises ReviewRefused when it is being looked at, approved, or past the schedule.
    """
    return _step(event, ReviewStep.ASK, by=by, text=text, origin=origin, now=now)


def comment(event: Event, *, by: User, text: str, origin: str = "", now: datetime) -> ReviewNote:
    """Words beside the plan; the state stays. Raises ReviewRefused without words."""
    return _step(event, ReviewStep.COMMENT, by=by, text=text, origin=origin, now=now)


def approve(
    event: Event,
    *,
    by: User,
    text: str = "",
    version: int | None = None,
    origin: str = "",
    now: datetime,
) -> ReviewNote:
    """Approve the plan as it stands. `version` is the one `by` looked at.

    Raises ReviewRefused for whoever asked or changed it since it was asked for, EditConflict when the plan is
    no longer the one looked at.
    """
    return _step(event, ReviewStep.APPROVE, by=by, text=text, version=version, origin=origin, now=now)


def want_changes(event: Event, *, by: User, text: str, origin: str = "", now: datetime) -> ReviewNote:
    """Send the plan back with the words why. Raises ReviewRefused without words."""
    return _step(event, ReviewStep.CHANGES, by=by, text=text, origin=origin, now=now)


def reopen(event: Event, *, by: User | None, origin: str = "", now: datetime) -> ReviewNote | None:
    """An approved plan was changed: it is to be looked at again. None when it was not approved or is on."""
    approved = Event.objects.filter(pk=event.pk, review=ReviewState.APPROVED, state__in=BEFORE_THE_NIGHT)
    if not approved.exists():
        return None
    return _write(event, ReviewStep.REOPEN, by=by, text="", origin=origin, now=now)


def may_decide(event: Event, user: User) -> bool:
    """Whether `user` is a second person for the round under way."""
    return event.review == ReviewState.ASKED and user.pk not in _authors(event)


@transaction.atomic
def _step(
    event: Event,
    step: ReviewStep,
    *,
    by: User,
    text: str,
    origin: str,
    now: datetime,
    version: int | None = None,
) -> ReviewNote:
    fresh = Event.objects.select_for_update().get(pk=event.pk)
    event.review, event.version = fresh.review, fresh.version
    _check(fresh, step, by=by, text=text)
    if version is not None and version != fresh.version:
        raise EditConflict(_("The plan has changed since you opened it. Look at it again, then approve."))
    return _write(event, step, by=by, text=text.strip(), origin=origin, now=now)


def _check(event: Event, step: ReviewStep, *, by: User, text: str) -> None:
    if step in {ReviewStep.COMMENT, ReviewStep.CHANGES} and not text.strip():
        raise ReviewRefused(_("Write what it is about."))
    if step == ReviewStep.COMMENT:
        return
    if event.state not in BEFORE_THE_NIGHT:
        raise ReviewRefused(_("The plan is reviewed before the rehearsal, not after."))
    if step == ReviewStep.ASK and event.review in {ReviewState.ASKED, ReviewState.APPROVED}:
        raise ReviewRefused(_("Nothing to ask: the plan is “%(state)s”.") % {"state": _label(event)})
    if step in CLOSING:
        if event.review != ReviewState.ASKED:
            raise ReviewRefused(_("Nobody has asked for a review."))
        if by.pk in _authors(event):
            raise ReviewRefused(_("You asked for this review or changed the plan. Somebody else decides."))


def _authors(event: Event) -> set[int | None]:
    """Who asked or changed in the round under way."""
    closed = (
        ReviewNote.objects.filter(event=event, step__in=CLOSING).order_by("-pk").values_list("pk", flat=True)
    )
    since = ReviewNote.objects.filter(event=event, step__in=OPENING, pk__gt=closed.first() or 0)
    return set(since.values_list("by", flat=True))


def _write(
    event: Event, step: ReviewStep, *, by: User | None, text: str, origin: str = "", now: datetime
) -> ReviewNote:
    version = Event.objects.values_list("version", flat=True).get(pk=event.pk)
    note = ReviewNote.objects.create(event=event, step=step, text=text, version=version, by=by, at=now)
    if step in LEADS_TO:
        event.review = LEADS_TO[step]
        Event.objects.filter(pk=event.pk).update(review=event.review)
    for person in _concerned(event, step, by):
        _tell(person, note, origin=origin, now=now)
    return note


def _concerned(event: Event, step: ReviewStep, by: User | None) -> list[User]:
    """Those who have to do something now: reviewers when asked, else whoever asked last."""
    if step in OPENING:
        return reviewers(event, but=by)
    asked = ReviewNote.objects.filter(event=event, step=ReviewStep.ASK, by__is_active=True).order_by("-pk")
    last = asked.select_related("by").first()
    return [last.by] if last and last.by and last.by != by else []


def _tell(person: User, note: ReviewNote, *, origin: str, now: datetime) -> None:
    with override(person.language or None):
        subject = _("%(show)s: %(step)s") % {"show": note.event.title, "step": note.get_step_display()}
        path = reverse("studio-event", args=[note.event.slug]) + "?part=review"
        context = {"note": note, "event": note.event, "subject": subject, "url": origin and origin + path}
        text = render_to_string("emails/events/review.txt", context)
        html = render_to_string("emails/events/review.html", context)
    key = f"review:{note.pk}:{person.public_id}"
    enqueue_mail(to=person.email, subject=subject, text=text, html=html, key=key, now=now)


def _label(event: Event) -> str:
    return str(ReviewState(event.review).label)
