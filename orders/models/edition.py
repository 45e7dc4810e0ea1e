"""The number a piece of a numbered edition carries: n of N."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models.order import OrderLine


class EditionNumber(models.Model):
    """Piece `number` of a numbered product, given to a paid order line; given back when it is refunded."""

    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="edition_numbers")
    at = models.DateTimeField()
    given_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["product", "number", "pk"]
        verbose_name = _("edition number")
        verbose_name_plural = _("edition numbers")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "number"],
                condition=Q(given_back_at__isnull=True),
                name="edition_number_once",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_number_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.number}"
