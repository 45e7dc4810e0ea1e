"""What a viewer keeps of a coming show: reminders, the list for the night, and their calendar's address."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from events.enums import Channel, ReminderLead
from events.models.event import Event


class Reminder(models.Model):
    """One message before one show, chosen by one person. `due_at` follows the show when it moves.

    `viewer_key` is the account's or the guest's; a guest has only `push`.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    viewer_key = models.CharField(max_length=80)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    lead = models.PositiveIntegerField(_("minutes before the start"), choices=ReminderLead.choices)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    # The start the last message named; when the show moves after it, a correction is due.
    told_start = models.DateTimeField(null=True, blank=True)
    # How its reader reads times; empty: as the account says, else the show's zone and the site's language.
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(fields=["event", "viewer_key", "channel", "lead"], name="reminder_once"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(sent_at=None, stopped_at=None), name="reminder_due")
        ]

    def __str__(self) -> str:
        return f"{self.event} · {self.get_lead_display()} · {self.get_channel_display()}"


class CalendarFeed(models.Model):
    """The secret address of a person's own calendar; a new token makes the old address worthless."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64, unique=True, default=new_public_id, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.user)


class SavedEvent(models.Model):
    """A show a person put into their own calendar."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("saved show")
        verbose_name_plural = _("saved shows")
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="event_saved_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.event}"


class Wish(models.Model):
    """A piece a viewer wants to hold on the night of a show."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="wishes")
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    viewer_key = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        constraints = [
            models.UniqueConstraint(fields=["event", "product", "viewer_key"], name="wish_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event} · {self.product}"
