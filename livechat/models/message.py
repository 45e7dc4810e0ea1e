"""Chat lines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from livechat.models.room import Room


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

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text[:40]}"
