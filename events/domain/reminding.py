"""Sending what people asked for: reminders, corrections when a show moved, a word when it is cancelled.

Everything is found in the database and claimed by a conditional UPDATE in the transaction of its message, so
any number of processes may run this and each message is written once.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from events.domain.letters import Letter, Reader, moment, reader_of, send, stop_url
from events.domain.reminders import COMING, due_at
from events.enums import EventState, ReminderLead
from events.models import Event, Reminder

# How late a reminder may be: the sweep comes every few seconds, and after an outage an old one says nothing.
WINDOW = {
    ReminderLead.DAY: timedelta(hours=3),
    ReminderLead.HOUR: timedelta(minutes=20),
    ReminderLead.NOW: timedelta(minutes=5),
}
MOST = 200
HOURS_FROM = timedelta(minutes=90)


def send_due_reminders(*, now: datetime) -> int:
    """Send what is due by `now`, correct what was said of shows that moved, tell of cancelled ones."""
    return _remind(now) + _correct(now) + _call_off(now)


def _active() -> QuerySet[Reminder]:
    return Reminder.objects.filter(stopped_at=None).select_related("event__brand", "user")


def _remind(now: datetime) -> int:
    waiting = Reminder.objects.filter(sent_at=None, stopped_at=None, due_at__lte=now)
    # Whatever waited until the show began is not worth sending any more.
    waiting.filter(event__starts_at__lte=now).update(stopped_at=now)
    states = [*COMING, EventState.LIVE]
    due = _active().filter(sent_at=None, due_at__lte=now, event__state__in=states, event__starts_at__gt=now)
    return sum(_remind_one(row, now) for row in due.order_by("due_at", "pk")[:MOST])


@transaction.atomic
def _remind_one(row: Reminder, now: datetime) -> bool:
    seen = Reminder.objects.filter(pk=row.pk, sent_at=None, stopped_at=None, due_at=row.due_at)
    if now - row.due_at > WINDOW[ReminderLead(row.lead)]:
        seen.update(sent_at=now)
        return False
    if not seen.update(sent_at=now, told_start=row.event.starts_at):
        return False
    reader = reader_of(row)
    with override(reader.language):
        subject = _("%(wait)s: %(title)s") % {"wait": _wait(row.event, now), "title": row.event.title}
        lines = [
            _("It begins %(when)s.") % {"when": moment(row.event.starts_at, reader.zone)},
            _("%(brand)s shows it with %(hosts)s.")
            % {"brand": row.event.brand.name, "hosts": host_names(row.event)},
        ]
        send(_letter(row, subject, lines), event=row.event, reader=reader, key=_cause(row, reader), now=now)
    return True


def _cause(row: Reminder, reader: Reader) -> str:
    start = str(_second(row.event.starts_at))
    if row.due_at != due_at(row.event.starts_at, row.lead):
        # Hurried by a move: several that became due at once say the same.
        return _once("soon", row.event, reader, start)
    return f"reminder:{row.public_id}:{start}"


def _correct(now: datetime) -> int:
    """Those who were told another start than the show now has are told of it, once."""
    told = _active().filter(told_start__isnull=False, event__starts_at__gt=now, event__state__in=list(COMING))
    moved = told.exclude(told_start=F("event__starts_at"))
    return sum(_correct_one(row, now) for row in moved.order_by("pk")[:MOST])


@transaction.atomic
def _correct_one(row: Reminder, now: datetime) -> bool:
    seen = Reminder.objects.filter(pk=row.pk, told_start=row.told_start, stopped_at=None)
    if row.told_start is None or not seen.update(told_start=row.event.starts_at):
        return False
    reader = reader_of(row)
    with override(reader.language):
        subject = _("Another time: %(title)s") % {"title": row.event.title}
        words = {
            "before": moment(row.told_start, reader.zone),
            "after": moment(row.event.starts_at, reader.zone),
        }
        lines = [_("The show has moved from %(before)s to %(after)s.") % words]
        send(
            _letter(row, subject, lines),
            event=row.event,
            reader=reader,
            key=_once("moved", row.event, reader, str(_second(row.event.starts_at))),
            now=now,
        )
    return True


def _call_off(now: datetime) -> int:
    """Everybody with a reminder is told of a cancelled show, once; their reminders for it are over."""
    rows = _active().filter(event__state=EventState.CANCELLED, event__starts_at__gt=now)
    return sum(_call_off_one(row, now) for row in rows.order_by("pk")[:MOST])


@transaction.atomic
def _call_off_one(row: Reminder, now: datetime) -> bool:
    if not Reminder.objects.filter(pk=row.pk, stopped_at=None).update(stopped_at=now):
        return False
    reader = reader_of(row)
    event = row.event
    with override(reader.language):
        subject = _("Cancelled: %(title)s") % {"title": event.title}
        when = moment(event.starts_at, reader.zone)
        lines = [_("The show planned for %(when)s is cancelled.") % {"when": when}]
        lines += [event.cancel_note] if event.cancel_note else []
        lines.append(_("Your reminders for it are off."))
        key = _once("cancelled", event, reader, str(event.sequence))
        send(_letter(row, subject, lines), event=event, reader=reader, key=key, now=now)
    return True


def _letter(row: Reminder, subject: str, lines: list[str]) -> Letter:
    return Letter(subject, lines, stop_url(row), _("Stop reminders for this show"))


def _once(what: str, event: Event, reader: Reader, which: str) -> str:
    """A person with three reminders is told of one thing once."""
    return f"{what}:{event.public_id}:{which}:{reader.channel.value}:{reader.viewer_key}"


def _wait(event: Event, now: datetime) -> str:
    """`In 24 hours`, from now on, however late the message is."""
    left = event.starts_at - now
    if left > HOURS_FROM:
        hours = round(left / timedelta(hours=1))
        return ngettext("In %(n)d hour", "In %(n)d hours", hours) % {"n": hours}
    minutes = max(1, -(-left // timedelta(minutes=1)))
    if minutes == 60:  # noqa: PLR2004 - as people say it
        return _("In one hour")
    return ngettext("In %(n)d minute", "In %(n)d minutes", minutes) % {"n": minutes}


def host_names(event: Event) -> str:
    """The hosts as a sentence names them."""
    return ", ".join(event.hosts.order_by("event_hosts__position").values_list("name", flat=True))


def _second(at: datetime) -> int:
    return int(at.timestamp())
