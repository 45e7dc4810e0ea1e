"""Letters about a host's work: rows in the transaction of their fact, under keys that send them once."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.domain.mail import enqueue_mail
from accounts.models import User
from events.enums import EngagementState
from events.models import Engagement


def send_invitation(engagement: Engagement, *, origin: str, now: datetime) -> None:
    """Tell the host what they are asked for and where to answer."""
    user = engagement.host.user
    if user is None:
        return
    with override(user.language or None):
        subject = _("%(brand)s invites you: %(show)s") % _names(engagement)
    path = reverse("host-engagement", args=[engagement.public_id])
    _send(engagement, user, subject, "invitation", origin=origin, path=path, now=now)


def send_answer(engagement: Engagement, *, origin: str, now: datetime) -> None:
    """Tell whoever invited what the host said."""
    user = engagement.invited_by
    if user is None:
        return
    with override(user.language or None):
        said_yes = engagement.state == EngagementState.ACCEPTED
        words = _("%(host)s accepts: %(show)s") if said_yes else _("%(host)s declines: %(show)s")
        subject = words % _names(engagement)
    path = reverse("studio-event", args=[engagement.event.slug])
    _send(engagement, user, subject, "answer", origin=origin, path=path, now=now)


def send_ended(engagement: Engagement, *, origin: str, now: datetime) -> None:
    """Tell the host that they are not asked any more, or that somebody else takes over."""
    user = engagement.host.user
    if user is None:
        return
    with override(user.language or None):
        replaced = engagement.state == EngagementState.REPLACED
        words = _("Somebody else hosts now: %(show)s") if replaced else _("Taken back: %(show)s")
        subject = words % _names(engagement)
    path = reverse("host-engagement", args=[engagement.public_id])
    _send(engagement, user, subject, "ended", origin=origin, path=path, now=now)


def _names(engagement: Engagement) -> dict[str, str]:
    event = engagement.event
    return {"brand": event.brand.name, "show": event.title, "host": engagement.host.name}


def _send(
    engagement: Engagement, user: User, subject: str, name: str, *, origin: str, path: str, now: datetime
) -> None:
    context = {"engagement": engagement, "event": engagement.event, "subject": subject, "name": name}
    context["url"] = f"{origin or settings.SITE_URL}{path}"
    with override(user.language or None):
        text = render_to_string("emails/events/engagement.txt", context)
        html = render_to_string("emails/events/engagement.html", context)
    key = f"engagement-{name}:{engagement.public_id}"
    enqueue_mail(to=user.email, subject=subject, text=text, html=html, key=key, now=now)
