"""The picture of an event: its key, its state and when it started."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from events.enums import StreamState
from events.models.event import Event


class Stream(models.Model):
    """One picture per event. `public_id` is its path at the media engine; only the key's hash is kept."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="stream")
    key_hash = models.CharField(_("SHA-256 of the stream key"), max_length=64, blank=True, editable=False)
    state = models.CharField(
        max_length=8, choices=StreamState.choices, default=StreamState.IDLE, editable=False
    )
    drawn = models.BooleanField(_("demo picture drawn by code instead of a camera"), default=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    lost_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("stream")
        verbose_name_plural = _("streams")

    def __str__(self) -> str:
        return f"{self.event} · {self.get_state_display()}"
