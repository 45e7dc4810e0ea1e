"""Segments: the parts of a long show, each with its brand, hosts and planned time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from events.models.event import Event
from events.models.host import Host


class Segment(models.Model):
    """One part of the run of show. Planned times are seconds after the event's start; what really happened
    stands in `started_at` and `ended_at`.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="segments")
    brand = models.ForeignKey("catalog.Brand", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    planned_second = models.PositiveIntegerField(_("seconds after the start"))
    planned_seconds = models.PositiveIntegerField(_("planned length in seconds"))
    cue = models.TextField(_("cue notes for the crew"), blank=True)
    hosts = models.ManyToManyField(Host, related_name="+", blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["event", "position", "pk"]
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        constraints = [
            models.CheckConstraint(condition=Q(planned_seconds__gt=0), name="segment_takes_time"),
            models.UniqueConstraint(
                fields=["event"],
                condition=Q(started_at__isnull=False, ended_at__isnull=True),
                name="segment_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"
