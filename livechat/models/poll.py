"""Polls and reactions: the room answers by a tap."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from livechat.models.room import Room


class Poll(models.Model):
    """A question of the host with two to six answers. `counts` is the result, written once when it closes."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="polls")
    question = models.CharField(max_length=140)
    options = models.JSONField()
    counts = models.JSONField(null=True, blank=True)
    opened_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        constraints = [
            models.UniqueConstraint(
                fields=["room"], condition=Q(closed_at=None), name="poll_one_open_per_room"
            ),
        ]

    def __str__(self) -> str:
        return self.question[:40]


class PollVote(models.Model):
    """One viewer's choice; the first one counts."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes")
    viewer_key = models.CharField(max_length=80)
    option = models.PositiveSmallIntegerField()
    rehearsal = models.BooleanField(_("given by the rehearsal crowd"), default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint(fields=["poll", "viewer_key"], name="poll_one_vote_each"),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.option}"


class ReactionMinute(models.Model):
    """How often one reaction was given in one minute of one room."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    minute = models.DateTimeField()
    kind = models.CharField(max_length=12)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["minute", "kind"]
        verbose_name = _("reactions of a minute")
        verbose_name_plural = _("reactions by minute")
        constraints = [
            models.UniqueConstraint(fields=["room", "minute", "kind"], name="reactions_per_minute"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"
