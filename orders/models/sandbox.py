"""The sandbox provider's own books: what a real provider would keep on its side.

Nothing else reads these rows to learn about an order; the shop only knows what the provider tells it.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SandboxCharge(models.Model):
    """One charge as the provider sees it. `key` is the caller's idempotency key."""

    reference = models.CharField(max_length=120, unique=True)
    key = models.CharField(max_length=64, unique=True)
    fingerprint = models.CharField(_("SHA-256 of the intent"), max_length=64)
    method = models.CharField(max_length=20)
    scenario = models.CharField(max_length=24)
    state = models.CharField(max_length=12)
    decline_code = models.CharField(max_length=40, blank=True)
    amount = models.BigIntegerField()
    refunded = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    title = models.CharField(max_length=160, blank=True)
    return_url = models.CharField(max_length=400)
    settles_at = models.DateTimeField(_("when a slow charge settles"), null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("sandbox charge")
        verbose_name_plural = _("sandbox charges")
        constraints = [
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("amount")), name="sandbox_refund_at_most_charged"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} · {self.state}"


class SandboxRefund(models.Model):
    """One refund as the provider sees it."""

    charge = models.ForeignKey(SandboxCharge, on_delete=models.CASCADE, related_name="refunds")
    reference = models.CharField(max_length=120, unique=True)
    key = models.CharField(max_length=80, unique=True)
    amount = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("sandbox refund")
        verbose_name_plural = _("sandbox refunds")

    def __str__(self) -> str:
        return self.reference


class SandboxWebhook(models.Model):
    """A message the provider owes the shop. `body` is the exact text that is signed and delivered."""

    event_id = models.CharField(max_length=120)
    body = models.TextField()
    due_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("sandbox webhook")
        verbose_name_plural = _("sandbox webhooks")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(delivered_at=None), name="sandbox_webhook_due")
        ]

    def __str__(self) -> str:
        return self.event_id
