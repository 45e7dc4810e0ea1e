"""What viewers leave behind: who came, which answers helped, which claims were wrong."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.codes import new_public_id
from livechat.models.question import Question
from livechat.models.room import Room


class Attendance(models.Model):
    """A viewer was in a room: one row per viewer and room, without staff, hosts and the rehearsal crowd."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    viewer_key = models.CharField(max_length=80)
    at = models.DateTimeField(_("first seen"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [models.UniqueConstraint(fields=["room", "viewer_key"], name="attendance_once")]
        indexes = [models.Index(fields=["viewer_key"], name="attendance_of_viewer")]

    def __str__(self) -> str:
        return f"{self.room_id} · {self.viewer_key}"


class AnswerVerdict(models.Model):
    """A viewer says whether an answer helped; the last word counts."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="verdicts")
    viewer_key = models.CharField(max_length=80)
    helpful = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("verdict on an answer")
        verbose_name_plural = _("verdicts on answers")
        constraints = [models.UniqueConstraint(fields=["question", "viewer_key"], name="answer_verdict_once")]

    def __str__(self) -> str:
        return f"{self.question_id} · {self.helpful}"


class AccuracyReport(models.Model):
    """A viewer says a host's claim about a piece was wrong; the brand's staff decide whether it was."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("report", "Open")
        UPHELD = "upheld", _("The claim was wrong")
        DISMISSED = "dismissed", _("The claim was right")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    host = models.ForeignKey("events.Host", on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    viewer_key = models.CharField(max_length=80)
    text = models.CharField(max_length=500)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(_("why it was decided so"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("accuracy report")
        verbose_name_plural = _("accuracy reports")
        constraints = [
            models.UniqueConstraint(
                fields=["room", "host", "product", "viewer_key"], name="accuracy_report_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host} · {self.product} · {self.get_state_display()}"
