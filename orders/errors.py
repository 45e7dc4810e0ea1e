"""What can go wrong on the way to an order, told to people by code."""

from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.dates import city_name, date_format


class OrderError(Exception):
    """Base of the family; `code` is stable and is what clients switch on, `status` is its HTTP status."""

    code = "order_error"
    status = 409
    message: str | Promise = _("This is not possible right now.")

    def __init__(self, message: str | Promise | None = None) -> None:
        super().__init__(message or self.message)

    @property
    def fields(self) -> dict[str, object]:
        """What a client needs to go on, beside the code."""
        return {}


class NothingToBuy(OrderError):
    """The bag, or the part of it asked for, is empty."""

    code = "nothing_to_buy"
    message = _("There is nothing here to buy yet.")


class MixedBrands(OrderError):
    """One order is with one brand; pieces of several were asked for together."""

    code = "mixed_brands"
    message = _("Order the pieces of each brand separately.")


class NotForSale(OrderError):
    """The piece is not on sale now."""

    code = "not_for_sale"
    message = _("This piece is not on sale now.")


class NotOpenYet(NotForSale):
    """The sale of the piece has not begun; the message says when it does."""

    code = "not_open_yet"

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(_("This piece is sold from %(moment)s.") % {"moment": written(opens_at)})
        self.opens_at = opens_at

    @property
    def fields(self) -> dict[str, object]:
        return {"opens_at": self.opens_at.isoformat()}


class SaleClosed(NotForSale):
    """The sale of the piece is over; the message says since when."""

    code = "sale_closed"

    def __init__(self, closed_at: datetime) -> None:
        super().__init__(_("The sale of this piece ended on %(moment)s.") % {"moment": written(closed_at)})
        self.closed_at = closed_at

    @property
    def fields(self) -> dict[str, object]:
        return {"closed_at": self.closed_at.isoformat()}


def written(moment: datetime) -> str:
    """A moment on the reader's clock, with the zone it is meant in."""
    city = city_name(timezone.get_current_timezone_name())
    return gettext("%(moment)s (%(city)s)") % {
        "moment": date_format(timezone.localtime(moment), "j F Y, H:i"),
        "city": city,
    }


class LimitReached(OrderError):
    """More pieces than one order of this product may hold, open orders included."""

    code = "limit_reached"
    message = _("That is more than one order of this piece may hold, open orders included.")

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    @property
    def fields(self) -> dict[str, object]:
        return {"most": self.most}


class BadQuantity(OrderError):
    """A quantity is a whole number from 1."""

    code = "bad_quantity"
    status = 400
    message = _("Give a whole number of pieces, one or more.")


class NoDelivery(OrderError):
    """That delivery method is not offered in that currency."""

    code = "no_delivery"
    status = 400
    message = _("This delivery is not offered in that currency.")


class PriceChanged(OrderError):
    """The total is no longer what the buyer was shown; nothing was ordered."""

    code = "price_changed"
    message = _("The price has changed since it was shown to you. Look at the new total before you pay.")

    def __init__(self, amount: int, currency: str) -> None:
        super().__init__()
        self.amount = amount
        self.currency = currency

    @property
    def fields(self) -> dict[str, object]:
        return {"amount": self.amount, "currency": self.currency}


class OrderClosed(OrderError):
    """The order is paid, cancelled or its time is over."""

    code = "order_closed"
    message = _("This order can no longer be paid.")


class PaymentUnsettled(OrderError):
    """An earlier attempt may still take money; a second one now could charge twice."""

    code = "payment_unsettled"
    message = _("We are still asking the provider about your first attempt. You will not be charged twice.")


class NotCancellable(OrderError):
    """Only an order that is not paid can be cancelled; a paid one is refunded by the brand."""

    code = "not_cancellable"
    message = _("This order can no longer be cancelled. The brand can refund a paid one.")


class NothingToRefund(OrderError):
    """No captured money, or no pieces chosen."""

    code = "nothing_to_refund"
    message = _("Choose what to refund.")


class RefundTooMuch(OrderError):
    """More than what was paid and is not refunded yet."""

    code = "refund_too_much"
    message = _("That is more than was paid and not yet refunded.")


class NotFulfillable(OrderError):
    """The order can no longer take the money that arrived for it."""

    code = "not_fulfillable"
    message = _("The order can no longer take this payment.")


class OutcomeMismatch(OrderError):
    """The provider speaks of another amount or currency than we asked for."""

    code = "outcome_mismatch"
    message = _("The provider speaks of another amount.")


class KeyMissing(OrderError):
    """Writes that move money or stock need an Idempotency-Key of 1 to 255 printable ASCII characters."""

    code = "idempotency_key_missing"
    status = 400
    message = _("Send an Idempotency-Key of 1 to 255 printable ASCII characters.")


class KeyReused(OrderError):
    """The key was used for another request; the first result is untouched."""

    code = "idempotency_key_reused"
    status = 422
    message = _("This Idempotency-Key was used for another request.")


class KeyInFlight(OrderError):
    """The first request with this key is still being worked on."""

    code = "idempotency_key_in_flight"
    message = _("The first request with this key is still being worked on. Try again in a second.")
    retry_after = 1
