"""The show itself, who hosts it, what is shown and who works on it."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from events.enums import PAST, EventState, ReviewState, StaffRole
from events.models.holiday import HolidayOccurrence
from events.models.host import Host


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> "EventQuerySet":
        """Events anybody may see; drafts and rehearsals in secret stay with their staff."""
        return self.exclude(state=EventState.DRAFT)

    def live(self) -> "EventQuerySet":
        return self.filter(state=EventState.LIVE)

    def upcoming(self, now: datetime) -> "EventQuerySet":
        waiting = [EventState.SCHEDULED, EventState.REHEARSAL]
        return self.filter(state__in=waiting, ends_at__gt=now).order_by("starts_at")

    def past(self) -> "EventQuerySet":
        return self.filter(state__in=PAST).order_by("-starts_at")


class Event(models.Model):
    """A live show. `state` changes only in `events.domain.lifecycle`."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    brand = models.ForeignKey("catalog.Brand", on_delete=models.PROTECT, related_name="+")
    holiday = models.ForeignKey(
        HolidayOccurrence, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True)
    currency = models.CharField(_("ISO 4217 currency of the show"), max_length=3, default="EUR")
    time_zone = models.CharField(_("IANA zone of the show"), max_length=64)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=EventState.choices, default=EventState.DRAFT, editable=False
    )
    version = models.PositiveIntegerField(_("counts the edits of the show's data"), default=1, editable=False)
    sequence = models.PositiveIntegerField(
        _("counts what calendars must hear of: another time, title or state"), default=0, editable=False
    )
    review = models.CharField(
        max_length=8, choices=ReviewState.choices, default=ReviewState.NONE, editable=False
    )
    edition = models.ForeignKey(
        "events.Assortment", on_delete=models.SET_NULL, null=True, blank=True, related_name="events"
    )
    series = models.ForeignKey(
        "events.Series", on_delete=models.SET_NULL, null=True, blank=True, related_name="events"
    )
    repeats = models.ForeignKey(
        "self",
        verbose_name=_("last year's show it repeats"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="repeated_by",
    )
    trailer = models.CharField(_("path of the trailer in the media storage"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("when `sequence` last rose"), null=True, blank=True, editable=False)
    announced_at = models.DateTimeField(
        _("when the hosts' followers were told"), null=True, blank=True, editable=False
    )
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancel_note = models.CharField(_("what viewers are told of it"), max_length=200, blank=True)
    went_live_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    hosts = models.ManyToManyField(Host, through="EventHost", related_name="events")

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="event_by_start"),
            models.Index(fields=["state"], condition=Q(announced_at=None), name="event_unannounced"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_live(self) -> bool:
        return self.state == EventState.LIVE

    @property
    def is_open(self) -> bool:
        """Whether pins may change and the picture may be published."""
        return self.state in {EventState.REHEARSAL, EventState.LIVE}


class StateChange(models.Model):
    """One step of an event's life: append-only, written with the step itself."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="changes")
    before = models.CharField(max_length=10, choices=EventState.choices)
    after = models.CharField(max_length=10, choices=EventState.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    # When the show was to be, as the public last knew it.
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["event", "pk"]
        verbose_name = _("state change")
        verbose_name_plural = _("state changes")

    def __str__(self) -> str:
        return f"{self.event} · {self.get_before_display()} → {self.get_after_display()}"


class EventHost(models.Model):
    """A host of an event and the share of its credit, in basis points (10,000 in all)."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="event_hosts")
    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="event_hosts")
    share = models.PositiveSmallIntegerField(_("share in basis points"), default=10_000)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["event", "position", "pk"]
        verbose_name = _("host of an event")
        verbose_name_plural = _("hosts of events")
        constraints = [
            models.UniqueConstraint(fields=["event", "host"], name="event_host_once"),
            models.CheckConstraint(condition=Q(share__lte=10_000), name="event_host_share_at_most_all"),
        ]

    def __str__(self) -> str:
        return f"{self.host} · {self.event}"


class LineupQuerySet(models.QuerySet["LineupItem"]):
    def shown(self, now: datetime) -> "LineupQuerySet":
        """Pieces viewers may know of; the others are kept back until their moment."""
        return self.filter(Q(reveal_at=None) | Q(reveal_at__lte=now))


class LineupItem(models.Model):
    """One product in the run of show: its place, when it is planned, and what the host wants to say."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="lineup")
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    planned_second = models.PositiveIntegerField(_("seconds after the start"), default=0)
    talking_points = models.TextField(blank=True)
    cue = models.TextField(_("cue notes for the crew"), blank=True)
    segment = models.ForeignKey(
        "events.Segment", on_delete=models.SET_NULL, null=True, blank=True, related_name="items"
    )
    reveal_at = models.DateTimeField(
        _("kept back from viewers until then; empty: shown as soon as the show is announced"),
        null=True,
        blank=True,
    )

    objects = LineupQuerySet.as_manager()

    class Meta:
        ordering = ["event", "position", "pk"]
        verbose_name = _("line-up item")
        verbose_name_plural = _("line-up")
        constraints = [
            models.UniqueConstraint(fields=["event", "product"], name="lineup_product_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.product}"

    def is_shown(self, now: datetime) -> bool:
        """Whether viewers may know of the piece."""
        return self.reveal_at is None or self.reveal_at <= now


class EventStaff(models.Model):
    """A person working on one event, beside what their brand role already allows."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="staff")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=12, choices=StaffRole.choices)

    class Meta:
        ordering = ["event", "role", "pk"]
        verbose_name = _("event staff")
        verbose_name_plural = _("event staff")
        constraints = [
            models.UniqueConstraint(fields=["event", "user", "role"], name="event_staff_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
