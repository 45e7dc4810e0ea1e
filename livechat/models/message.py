"""Chat lines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from livechat.models.room import Room


class LineState(models.TextChoices):
    """Where a line stands. Lines taken away later keep their state and get `deleted_at`."""

    SHOWN = "shown", _("Shown")
    HELD = "held", _("Waiting for a moderator")
    REFUSED = "refused", _("Not let through")
    HIDDEN = "hidden", _("Seen by its author only")


class Topic(models.TextChoices):
    """What a line is about, as far as its words tell."""

    PRODUCT = "product", _("Product")
    FAN = "fan", _("Host and company")


class ChatMessage(models.Model):
    """One line. `author_key` is a viewer key; the badge is the server's word."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    author_key = models.CharField(max_length=80)
    author_name = models.CharField(max_length=40)
    badge = models.CharField(max_length=12, blank=True)
    text = models.TextField()
    client_id = models.CharField(_("the sender's own id of the line"), max_length=40)
    author_tag = models.CharField(
        _("tells one person's lines from another's, in this room only"), max_length=16, blank=True, default=""
    )
    state = models.CharField(max_length=7, choices=LineState.choices, default=LineState.SHOWN)
    held_for = models.CharField(_("why it waits"), max_length=20, blank=True)
    reply_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    mentions = models.JSONField(_("author tags of the people it names"), default=list, blank=True)
    lang = models.CharField(_("guessed language, BCP 47"), max_length=8, blank=True)
    links = models.BooleanField(_("its addresses may be links"), default=False)
    topic = models.CharField(max_length=7, choices=Topic.choices, default=Topic.FAN)
    fingerprint = models.CharField(_("near-duplicates share it"), max_length=64, blank=True)
    address_hash = models.CharField(_("keyed hash of the address it came from"), max_length=64, blank=True)
    session_hash = models.CharField(_("keyed hash of the browser session"), max_length=64, blank=True)
    rehearsal = models.BooleanField(_("said by the rehearsal crowd"), default=False)
    seq = models.BigIntegerField(_("place in the room log"), default=0)
    at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("chat line")
        verbose_name_plural = _("chat lines")
        constraints = [
            models.UniqueConstraint(fields=["room", "author_key", "client_id"], name="chat_line_once"),
        ]
        indexes = [
            models.Index(fields=["room", "author_key", "at"], name="chat_lines_of_author"),
            models.Index(fields=["room", "at"], name="chat_lines_by_time"),
            models.Index(fields=["room", "state", "seq"], name="chat_lines_by_state"),
            models.Index(fields=["at"], condition=~models.Q(session_hash=""), name="chat_lines_with_origin"),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text[:40]}"
