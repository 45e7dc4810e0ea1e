"""Pins: which pieces lie on the stage, and when they did."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from livechat.models.room import Room

MAX_PINS = 3


class PinQuerySet(models.QuerySet["Pin"]):
    def showing(self) -> "PinQuerySet":
        return self.filter(unpinned_at__isnull=True)

    def showing_at(self, moment: datetime) -> "PinQuerySet":
        """Pins that lay on the stage at `moment`."""
        still = Q(unpinned_at__isnull=True) | Q(unpinned_at__gt=moment)
        return self.filter(still, pinned_at__lte=moment)


class Pin(models.Model):
    """A product laid on the stage by a host, in one of three slots. It carries ids only, never a price."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="pins")
    item = models.ForeignKey("events.LineupItem", on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey("events.Host", on_delete=models.PROTECT, null=True, related_name="+")
    placed_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    slot = models.PositiveSmallIntegerField()
    pinned_at = models.DateTimeField()
    unpinned_at = models.DateTimeField(null=True, blank=True)

    objects = PinQuerySet.as_manager()

    class Meta:
        ordering = ["pinned_at", "pk"]
        verbose_name = _("pin")
        verbose_name_plural = _("pins")
        constraints = [
            models.CheckConstraint(
                condition=Q(slot__gte=1, slot__lte=MAX_PINS), name="pin_slot_one_to_three"
            ),
            models.UniqueConstraint(
                fields=["room", "slot"], condition=Q(unpinned_at=None), name="pin_one_per_slot"
            ),
            models.UniqueConstraint(
                fields=["room", "product"], condition=Q(unpinned_at=None), name="pin_product_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} @ {self.pinned_at:%H:%M:%S}"
