"""What can go wrong between the shop and a provider, told to people by code."""


class PaymentError(Exception):
    """Base of the family; `code` is stable, `status` is its HTTP status."""

    code = "payment_error"
    status = 409


class Declined(PaymentError):
    """The provider refused the charge; `decline_code` is the provider's reason."""

    code = "payment_declined"
    status = 402

    def __init__(self, decline_code: str) -> None:
        super().__init__(decline_code)
        self.decline_code = decline_code


class ProviderUnavailable(PaymentError):
    """No answer: the money may or may not have moved. Ask again with the same key."""

    code = "provider_unavailable"
    status = 503


class RefundRefused(PaymentError):
    """The provider will never carry out this refund."""

    code = "refund_refused"


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


class BadSignature(PaymentError):
    """The message was not signed by the provider, or not within the tolerance."""

    code = "bad_signature"
    status = 400


class BadMessage(PaymentError):
    """The signature is right but the body is not a message we can read."""

    code = "bad_message"
    status = 400
