"""Touches: that somebody saw or tapped a piece in a room. Facts only; orders draws the verdict."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from livechat.models.pin import Pin
from livechat.models.room import Room


class Touch(models.Model):
    """One viewer's contact with one product in one room. Its signed token travels with the bag line."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+")
    pin = models.ForeignKey(Pin, on_delete=models.PROTECT, null=True, related_name="+")
    host = models.ForeignKey("events.Host", on_delete=models.PROTECT, null=True, related_name="+")
    viewer_key = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("touch")
        verbose_name_plural = _("touches")
        indexes = [models.Index(fields=["viewer_key", "product", "at"], name="touch_of_viewer")]

    def __str__(self) -> str:
        return f"{self.viewer_key} · {self.product_id} · {self.at:%H:%M:%S}"
