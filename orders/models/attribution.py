"""The ledger: which event and host earned a line, with its evidence. Append-only."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from orders.enums import AttributionKind, AttributionReason
from orders.models.order import OrderLine


class LedgerIsAppendOnly(Exception):
    """Somebody tried to change or delete a ledger row; corrections are new rows."""


class AttributionQuerySet(models.QuerySet["Attribution"]):
    def update(self, **kwargs: object) -> int:
        raise LedgerIsAppendOnly

    def delete(self) -> tuple[int, dict[str, int]]:
        raise LedgerIsAppendOnly


class Attribution(models.Model):
    """One verdict on one order line, in minor units; a reversal carries the negative amount."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="attributions")
    kind = models.CharField(max_length=8, choices=AttributionKind.choices)
    reason = models.CharField(max_length=12, choices=AttributionReason.choices)
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, null=True, related_name="+")
    host = models.ForeignKey("events.Host", on_delete=models.PROTECT, null=True, related_name="+")
    pin = models.ForeignKey("livechat.Pin", on_delete=models.PROTECT, null=True, related_name="+")
    seconds_since_pin = models.PositiveIntegerField(null=True)
    touch = models.ForeignKey("livechat.Touch", on_delete=models.PROTECT, null=True, related_name="+")
    touch_token = models.CharField(_("the signed touch"), max_length=400, blank=True)
    rule = models.CharField(_("rule version"), max_length=20)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reverses = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reversals")
    refund = models.ForeignKey("orders.Refund", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = AttributionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attribution")
        verbose_name_plural = _("attribution ledger")
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(kind="credit"), name="attribution_one_credit"
            ),
            models.UniqueConstraint(
                fields=["refund", "line"],
                condition=Q(kind="reversal"),
                name="attribution_one_reversal_per_refund",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} · {self.kind} · {self.reason}"
