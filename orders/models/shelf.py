"""What a show left on the shelf: the sell-through needs what stood there then, not what stands there now."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShelfCount(models.Model):
    """Pieces of one product of the line-up that were still free when the show ended."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+")
    left = models.PositiveIntegerField(_("pieces left"))
    at = models.DateTimeField()

    class Meta:
        ordering = ["event", "pk"]
        verbose_name = _("shelf at the end of a show")
        verbose_name_plural = _("shelves at the end of shows")
        constraints = [models.UniqueConstraint(fields=["event", "product"], name="shelf_counted_once")]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.product_id}: {self.left}"
