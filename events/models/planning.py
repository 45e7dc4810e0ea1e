"""What staff write around a show: checklist, review, every earlier version, and series."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from events.enums import ChecklistKind, ReviewStep
from events.models.event import Event


class Series(models.Model):
    """Shows that repeat: the same evening every week or month, on one clock whatever summer time does."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    brand = models.ForeignKey("catalog.Brand", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120)
    rule = models.CharField(_("RFC 5545 recurrence rule"), max_length=200)
    first_day = models.DateField()
    at = models.TimeField(_("wall time in the zone"))
    minutes = models.PositiveSmallIntegerField()
    time_zone = models.CharField(max_length=64)

    class Meta:
        ordering = ["brand", "title"]
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.title


class ChecklistItem(models.Model):
    """Something to be done for a show by a day: a step of the lead-time plan or a task."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="checklist")
    kind = models.CharField(max_length=8, choices=ChecklistKind.choices, default=ChecklistKind.TASK)
    text = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    planned_on = models.DateField(
        _("day the lead-time plan gave; the step moves with the show while it is due then"),
        null=True,
        blank=True,
        editable=False,
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["event", "due_on", "position", "pk"]
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist")

    def __str__(self) -> str:
        return self.text

    @property
    def said(self) -> str:
        """What is to be done. A step of the plan, unchanged, speaks the reader's language."""
        return gettext(self.text) if self.text and self.kind != ChecklistKind.TASK else self.text


class Revision(models.Model):
    """One change of a show's plan: every value before and after, so that it can be taken back."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField(_("version the change led to"))
    what = models.CharField(_("what was changed"), max_length=120)
    changes = models.JSONField(_("part, piece and field, each with the value before and after"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undoes = models.ForeignKey(
        "self",
        verbose_name=_("the change this one took back"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ["event", "-pk"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")

    def __str__(self) -> str:
        return f"{self.event} · {self.what}"


class ReviewNote(models.Model):
    """One step of the review, with the words that came with it: append-only."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="review_notes")
    step = models.CharField(max_length=8, choices=ReviewStep.choices)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(_("version of the plan it speaks of"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["event", "pk"]
        verbose_name = _("review note")
        verbose_name_plural = _("review")

    def __str__(self) -> str:
        return f"{self.event} · {self.get_step_display()}"
