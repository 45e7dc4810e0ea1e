"""What can go wrong between the shop and a provider, told to people by code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class PaymentError(Exception):
    """Base of the family; `code` is stable, `status` is its HTTP status. The arguments are for the log."""

    code = "payment_error"
    status = 409
    message: str | Promise = _("The payment did not work.")

    def __str__(self) -> str:
        return str(self.message)


class ProviderUnavailable(PaymentError):
    """No answer: the money may or may not have moved. Ask again with the same key."""

    code = "provider_unavailable"
    status = 503
    message = _("The payment provider does not answer. Nothing is lost; try again in a moment.")


class RefundRefused(PaymentError):
    """The provider will never carry out this refund."""

    code = "refund_refused"
    message = _("The provider refused the refund.")


class ProviderKeyReused(PaymentError):
    """A key came back with another amount, currency or method."""

    code = "provider_key_reused"


class UnknownProvider(PaymentError):
    """No provider of that name is configured."""

    code = "unknown_provider"
    status = 404


class UnknownMethod(PaymentError):
    """The provider does not offer that payment method."""

    code = "unknown_method"
    status = 400
    message = _("Choose another way to pay.")


class BadSignature(PaymentError):
    """The message was not signed by the provider, or not within the tolerance."""

    code = "bad_signature"
    status = 400
    message = _("The signature does not fit.")


class BadMessage(PaymentError):
    """The signature is right but the body is not a message we can read."""

    code = "bad_message"
    status = 400
    message = _("The message cannot be read.")
