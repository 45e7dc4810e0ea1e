"""Stock and holds. Numbers change only in `catalog.domain.stock`, by conditional UPDATE."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from catalog.enums import HoldState
from catalog.models.product import Variant


class Stock(models.Model):
    """Pieces of one variant: `on_hand = free + held + sold`, none of them ever negative."""

    variant = models.OneToOneField(Variant, on_delete=models.CASCADE, related_name="stock")
    on_hand = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    sold = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        constraints = [
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="stock_on_hand_not_negative"),
            models.CheckConstraint(condition=Q(held__gte=0), name="stock_held_not_negative"),
            models.CheckConstraint(condition=Q(sold__gte=0), name="stock_sold_not_negative"),
            models.CheckConstraint(
                condition=Q(on_hand__gte=F("held") + F("sold")), name="stock_never_oversold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.free}"

    @property
    def free(self) -> int:
        """Pieces that may still be held or sold."""
        return self.on_hand - self.held - self.sold


class HoldQuerySet(models.QuerySet["Hold"]):
    def live(self) -> "HoldQuerySet":
        return self.filter(state=HoldState.LIVE)

    def expired(self, now: datetime) -> "HoldQuerySet":
        return self.live().filter(expires_at__lte=now)


class Hold(models.Model):
    """Pieces kept for one holder until `expires_at`. `holder` is opaque here; orders gives it meaning."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="holds")
    holder = models.CharField(max_length=64)
    quantity = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=HoldState.choices, default=HoldState.LIVE)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="hold_of_something"),
            models.UniqueConstraint(
                fields=["variant", "holder"], condition=Q(state="live"), name="hold_one_live_per_holder"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(state="live"), name="hold_due")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id} · {self.state}"
