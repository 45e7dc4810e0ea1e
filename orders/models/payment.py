"""Payments, refunds, provider messages and remembered answers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from orders.enums import PaymentState, RefundState
from orders.models.order import Order, OrderLine


class Payment(models.Model):
    """One attempt to pay an order. Written `pending` with its key before the provider is called."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    key = models.CharField(
        _("our key, sent to the provider with every call"), max_length=64, unique=True, default=new_public_id
    )
    provider = models.CharField(max_length=20)
    method = models.CharField(max_length=20)
    reference = models.CharField(_("the provider's id"), max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=PaymentState.choices, default=PaymentState.PENDING)
    amount = models.BigIntegerField()
    refunded = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    action = models.JSONField(_("redirect or QR the customer needs"), default=dict, blank=True)
    decline_code = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    check_at = models.DateTimeField(_("when the reconciler looks again"), null=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("amount")), name="refund_at_most_paid"
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="captured"), name="payment_one_capture_per_order"
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state__in=["pending", "action"]),
                name="payment_one_open_per_order",
            ),
            models.UniqueConstraint(
                fields=["provider", "reference"], condition=~Q(reference=""), name="payment_reference_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["check_at"], condition=Q(state__in=["pending", "action"]), name="payment_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.public_id} · {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether the provider may still answer with anything."""
        return self.state in {PaymentState.PENDING, PaymentState.ACTION}


class Refund(models.Model):
    """Money going back. `key` is ours and is sent to the provider, so a retry never refunds twice."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    key = models.CharField(max_length=80, unique=True)
    amount = models.BigIntegerField()
    delivery_amount = models.BigIntegerField(_("of it, for delivery"), default=0)
    state = models.CharField(max_length=8, choices=RefundState.choices, default=RefundState.PENDING)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    check_at = models.DateTimeField(_("when the reconciler asks again"), null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints = [models.CheckConstraint(condition=Q(amount__gte=1), name="refund_of_something")]
        indexes = [models.Index(fields=["check_at"], condition=Q(state="pending"), name="refund_due")]

    def __str__(self) -> str:
        return f"{self.public_id} · {self.state}"


class RefundLine(models.Model):
    """Which order line a refund gives back, and how many pieces of it return to stock."""

    refund = models.ForeignKey(Refund, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="refunds")
    quantity = models.PositiveIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("refunded line")
        verbose_name_plural = _("refunded lines")

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line_id}"


class ProviderEvent(models.Model):
    """A verified webhook, kept for ever so that a repeat has no effect. Stored first, acted on after."""

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    body = models.JSONField()
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("provider event")
        verbose_name_plural = _("provider events")
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="provider_event_once")]
        indexes = [
            models.Index(fields=["received_at"], condition=Q(processed_at=None), name="provider_event_due")
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.kind}"


class IdempotencyKey(models.Model):
    """The remembered answer to one write: same key and body, same answer; other body, refused."""

    scope = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(_("SHA-256 of the request"), max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(_("when the process now working on it began"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("idempotency key")
        verbose_name_plural = _("idempotency keys")
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="idempotency_once")]

    def __str__(self) -> str:
        return self.key
