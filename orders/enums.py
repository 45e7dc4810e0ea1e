"""The closed lists of orders."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderState(models.TextChoices):
    OPEN = "open", _("Awaiting payment")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("Cancelled")
    REFUNDED = "refunded", _("Refunded")


class CloseReason(models.TextChoices):
    """Why an order was cancelled. An expired one revives when its money arrives and pieces are left."""

    EXPIRED = "expired", _("Not paid in time")
    CUSTOMER = "customer", _("Cancelled by the customer")
    SOLD_OUT = "sold_out", _("The pieces were gone")


class PaymentState(models.TextChoices):
    """Monotone: `pending` may become any other; `captured` may only gain refunds.

    `surplus` is money that arrived for an order that can no longer take it; all of it goes back.
    """

    PENDING = "pending", _("Pending")
    ACTION = "action", _("Waiting for the customer")
    CAPTURED = "captured", _("Captured")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    SURPLUS = "surplus", _("Arrived too late, returned")


class RefundState(models.TextChoices):
    PENDING = "pending", _("Pending")
    DONE = "done", _("Refunded")
    FAILED = "failed", _("Failed")


class AttributionKind(models.TextChoices):
    CREDIT = "credit", _("Credit")
    REVERSAL = "reversal", _("Reversal")


class AttributionReason(models.TextChoices):
    """Why a line is credited, or why it is not. Unattributed is a value, not an absence."""

    PIN = "pin", _("Touched a pinned piece")
    LINEUP = "lineup", _("Touched a piece of the line-up")
    NO_TOUCH = "no_touch", _("No touch in the window")
    BAD_TOUCH = "bad_touch", _("The touch did not verify")
    SELF = "self", _("The host's own purchase")


class PaymentMethod(models.TextChoices):
    CARD = "card", _("Card")
    WALLET = "wallet", _("Wallet, on the provider's page")
    QR = "qr", _("QR code, with your phone")


class Delivery(models.TextChoices):
    STANDARD = "standard", _("Standard delivery, 3 to 5 days")
    EXPRESS = "express", _("Express delivery, next working day")
