"""The closed lists of orders."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderState(models.TextChoices):
    OPEN = "open", _("Awaiting payment")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("Cancelled")
    REFUNDED = "refunded", _("Refunded")


class PaymentState(models.TextChoices):
    """Monotone: `pending` may become any other; `captured` may only gain refunds."""

    PENDING = "pending", _("Pending")
    ACTION = "action", _("Waiting for the customer")
    CAPTURED = "captured", _("Captured")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")


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
