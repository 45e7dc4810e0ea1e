"""The bag: what somebody means to buy."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id


class Bag(models.Model):
    """One bag per `holder` (a viewer key) and currency."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    holder = models.CharField(max_length=64)
    currency = models.CharField(max_length=3)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("bag")
        verbose_name_plural = _("bags")
        constraints = [models.UniqueConstraint(fields=["holder", "currency"], name="bag_one_per_holder")]

    def __str__(self) -> str:
        return self.public_id


class BagLine(models.Model):
    """A variant in a bag with the signed touch it was added from and, once held, its hold."""

    bag = models.ForeignKey(Bag, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey("catalog.Variant", on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()
    touch_token = models.CharField(max_length=400, blank=True)
    touched_as = models.CharField(
        _("the viewer key of the touch, when the buyer signed in after it"), max_length=64, blank=True
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("bag line")
        verbose_name_plural = _("bag lines")
        constraints = [
            models.UniqueConstraint(fields=["bag", "variant"], name="bag_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="bag_line_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant}"
