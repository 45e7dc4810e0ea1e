"""Moderation: who may not write, which words are stopped, what was announced, and who did all that."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from livechat.models.message import ChatMessage
from livechat.models.room import Room


class SanctionKind(models.TextChoices):
    TIMEOUT = "timeout", _("Timeout")
    BAN = "ban", _("Ban")
    HIDE = "hide", _("Hidden")


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def in_force(self, now: datetime) -> "SanctionQuerySet":
        return self.filter(Q(until=None) | Q(until__gt=now), lifted_at=None)

    def at_room(self, room: Room) -> "SanctionQuerySet":
        """Those of this room and those of its whole brand."""
        return self.filter(Q(room=room) | Q(room=None, brand=room.event.brand_id))


class Sanction(models.Model):
    """One person may not write, or writes unseen: in one room, or (`room` None) in all rooms of the brand.

    The person is a viewer key; session and address, kept as keyed hashes, recognise a banned guest who comes
    back as a fresh one.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=7, choices=SanctionKind.choices)
    brand = models.ForeignKey("catalog.Brand", on_delete=models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, null=True, related_name="+")
    target_key = models.CharField(max_length=80)
    target_name = models.CharField(max_length=40)
    target_tag = models.CharField(max_length=16)
    session_hash = models.CharField(max_length=64, blank=True)
    address_hash = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        indexes = [
            models.Index(fields=["brand", "target_key"], name="sanction_of_person"),
            models.Index(fields=["brand", "address_hash"], name="sanction_of_address"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_name}"


class ModerationAct(models.Model):
    """One act of a moderator, or of the room itself (`actor` None). Rows are added, never changed but for
    `undone_at` and `undone_by`.
    """

    class Verb(models.TextChoices):
        DELETE = "delete", _("Removed a line")
        CLEAR = "clear", _("Removed a person's lines")
        TIMEOUT = "timeout", _("Timed out")
        BAN = "ban", _("Banned")
        HIDE = "hide", _("Hid")
        APPROVE = "approve", _("Let a line through")
        REFUSE = "refuse", _("Did not let a line through")
        HOLD = "hold", _("Held lines of a flood")
        NOTICE = "notice", _("Announced")
        SETTINGS = "settings", _("Changed the room")
        BLOCK = "block", _("Changed the blocklist")
        QUESTION = "question", _("Removed a question")
        CLAIM = "claim", _("Decided about a claim")
        UNDO = "undo", _("Undid")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="acts")
    actor = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=80, blank=True)
    verb = models.CharField(max_length=8, choices=Verb.choices)
    target_key = models.CharField(max_length=80, blank=True)
    target_name = models.CharField(max_length=40, blank=True)
    message = models.ForeignKey(ChatMessage, on_delete=models.SET_NULL, null=True, related_name="+")
    sanction = models.ForeignKey(Sanction, on_delete=models.SET_NULL, null=True, related_name="+")
    detail = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("act of moderation")
        verbose_name_plural = _("acts of moderation")

    def __str__(self) -> str:
        return f"{self.verb} {self.target_name}"


class BlockedTerm(models.Model):
    """A word or phrase a brand does not want in its rooms, in one language; `skeleton` is compared."""

    class Effect(models.TextChoices):
        REFUSE = "refuse", _("Refuse the line")
        HOLD = "hold", _("Hold it for a moderator")

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    brand = models.ForeignKey("catalog.Brand", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(_("language, BCP 47"), max_length=12)
    term = models.CharField(max_length=60)
    skeleton = models.CharField(max_length=120)
    effect = models.CharField(max_length=6, choices=Effect.choices, default=Effect.REFUSE)
    added_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["language", "term"]
        verbose_name = _("blocked term")
        verbose_name_plural = _("blocked terms")
        constraints = [
            models.UniqueConstraint(fields=["brand", "language", "skeleton"], name="blocked_term_once"),
        ]

    def __str__(self) -> str:
        return self.term


class Notice(models.Model):
    """An announcement above the chat; a room shows one at a time."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField(max_length=200)
    by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=40)
    badge = models.CharField(max_length=12)
    placed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = [
            models.UniqueConstraint(
                fields=["room"], condition=Q(removed_at=None), name="notice_one_per_room"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
