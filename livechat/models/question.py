"""The question lane: what viewers want to know about a product, and what they were told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from livechat.models.room import Room


class Question(models.Model):
    """One question about one product of the line-up. Answered in words, on the air, or both.

    A held one, and one whose asker was hidden, is `hidden`: no frame and no snapshot tells the room of it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ANSWERED = "answered", _("Answered")
        REMOVED = "removed", _("Removed")
        HELD = "held", _("Waiting for a moderator")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="questions")
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    author_key = models.CharField(max_length=80)
    author_name = models.CharField(max_length=40)
    author_tag = models.CharField(max_length=16)
    text = models.CharField(max_length=300)
    client_id = models.CharField(_("the sender's own id of the question"), max_length=40)
    rehearsal = models.BooleanField(_("asked by the rehearsal crowd"), default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    votes = models.PositiveIntegerField(_("people who want the answer"), default=1)
    told_votes = models.PositiveIntegerField(_("of whom the room was told"), default=1)
    told_at = models.DateTimeField(null=True, blank=True)
    hidden = models.BooleanField(_("the room does not see it"), default=False)
    seq = models.BigIntegerField(_("place in the room log"), default=0)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=600, blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    answered_name = models.CharField(max_length=40, blank=True)
    answered_badge = models.CharField(max_length=12, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    on_air_at = models.DateTimeField(_("answered on the air at"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["room", "author_key", "client_id"], name="question_once"),
        ]
        indexes = [models.Index(fields=["product", "state"], name="questions_of_product")]

    def __str__(self) -> str:
        return self.text[:40]


class QuestionVote(models.Model):
    """One viewer wants the answer, too."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="raised")
    viewer_key = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("raised hand")
        verbose_name_plural = _("raised hands")
        constraints = [
            models.UniqueConstraint(fields=["question", "viewer_key"], name="question_raised_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.viewer_key}"
