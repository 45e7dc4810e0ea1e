"""What viewers are told of shows: one message in the reader's language and zone, by mail or notification."""

import zoneinfo
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.dates import city_name
from accounts.domain.mail import enqueue_mail, one_click
from accounts.domain.preferences import language_or_blank, zone_or_blank
from accounts.domain.push import enqueue_push
from accounts.models import User
from events.enums import Channel
from events.models import Event, HostFollow, Reminder

REMINDER_LINK = Signer(salt="events.reminder")
FOLLOW_LINK = Signer(salt="events.follow")


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a message is for and how they read: `language` is one we speak, `zone` an IANA name."""

    viewer_key: str
    user: User | None
    channel: Channel
    language: str
    zone: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message says. `stop_url` ends such messages by one click, `stop` says what it ends."""

    subject: str
    lines: list[str]
    stop_url: str
    stop: str


def reader_of(reminder: Reminder) -> Reader:
    """Who chose this reminder. What the account says now goes before what the browser said then."""
    user = reminder.user
    return Reader(
        viewer_key=reminder.viewer_key,
        user=user,
        channel=Channel(reminder.channel),
        language=_language(user, reminder.language),
        zone=_zone(user, reminder.time_zone, reminder.event),
    )


def reader_who_follows(follow: HostFollow, viewer_key: str, channel: Channel, event: Event) -> Reader:
    """A follower, as their account reads."""
    user = follow.user
    return Reader(viewer_key, user, channel, _language(user, ""), _zone(user, "", event))


def _language(user: User | None, told: str) -> str:
    return (
        language_or_blank(user.language if user else "") or language_or_blank(told) or settings.LANGUAGE_CODE
    )


def _zone(user: User | None, told: str, event: Event) -> str:
    return zone_or_blank(user.time_zone if user else "") or zone_or_blank(told) or event.time_zone


def moment(at: datetime, zone: str) -> str:
    """`Friday 12 February 2027, 20:00 (Paris)`, in the active language."""
    with timezone.override(zoneinfo.ZoneInfo(zone)):
        local = timezone.localtime(at)
    told = {"moment": date_format(local, _("l j F Y, H:i")), "city": city_name(zone)}
    return _("%(moment)s (%(city)s)") % told


def stop_url(reminder: Reminder) -> str:
    """The signed address that ends the reminders of this person for this show."""
    token = REMINDER_LINK.sign(reminder.public_id)
    return f"{settings.SITE_URL}{reverse('reminder-stop', args=[token])}"


def unfollow_url(follow: HostFollow) -> str:
    """The signed address that ends a follow."""
    token = FOLLOW_LINK.sign(str(follow.pk))
    return f"{settings.SITE_URL}{reverse('follow-stop', args=[token])}"


def reminder_of(token: str) -> Reminder | None:
    """The reminder a stop link names; None for a forged one or one that is gone."""
    try:
        public_id = REMINDER_LINK.unsign(token)
    except BadSignature:
        return None
    return Reminder.objects.select_related("event").filter(public_id=public_id).first()


def follow_of(token: str) -> HostFollow | None:
    """The follow an unfollow link names; None for a forged one or one that has ended."""
    try:
        pk = FOLLOW_LINK.unsign(token)
    except BadSignature:
        return None
    return HostFollow.objects.select_related("host").filter(pk=pk).first()


def send(letter: Letter, *, event: Event, reader: Reader, key: str, now: datetime) -> None:
    """Write the message into the outbox of the reader's channel, once per `key`.

    Call it with the reader's language active, inside the transaction of the fact.
    """
    path = reverse("event", args=[event.slug])
    if reader.channel == Channel.PUSH:
        enqueue_push(
            reader.viewer_key,
            title=letter.subject,
            body=" ".join(letter.lines),
            url=path,
            tag=f"show-{event.public_id}",
            key=key,
            expires_at=max(event.ends_at, now + timedelta(hours=1)),
            now=now,
        )
        return
    if reader.user is None or not reader.user.is_active:
        return
    context = {"letter": letter, "event": event, "url": f"{settings.SITE_URL}{path}"}
    enqueue_mail(
        to=reader.user.email,
        subject=letter.subject,
        text=render_to_string("emails/events/letter.txt", context),
        html=render_to_string("emails/events/letter.html", context),
        key=key,
        headers=one_click(letter.stop_url),
        now=now,
    )
