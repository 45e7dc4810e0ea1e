"""The port itself: dataclasses in, dataclasses out. A provider sees no model and no request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from catalog.money import Money


class Status(StrEnum):
    """Where a charge stands at the provider."""

    PENDING = "pending"
    ACTION = "action"
    CAPTURED = "captured"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class RefundStatus(StrEnum):
    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Intent:
    """What is to be charged. Repeating a `key` must never charge twice.

    `return_url` is absolute. `scenario` asks a test provider for a certain answer; others ignore it.
    """

    key: str
    amount: Money
    method: str
    title: str
    return_url: str
    scenario: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """What the customer must do next: `redirect` to `url`, or scan `image` (a data URI) leading there."""

    kind: str
    url: str
    image: str = ""

    def as_json(self) -> dict[str, str]:
        return {"kind": self.kind, "url": self.url, "image": self.image}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The provider's word on a charge; a redirect or a QR code is a result, not an error."""

    status: Status
    reference: str
    amount: Money
    action: Action | None = None
    decline_code: str = ""


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """What is to go back. Repeating a `key` must never refund twice."""

    key: str
    reference: str
    amount: Money


@dataclass(frozen=True, slots=True)
class RefundOutcome:
    status: RefundStatus
    reference: str


@dataclass(frozen=True, slots=True)
class RefundNotice:
    """A refund as a webhook tells it; `key` is ours, or empty when it began at the provider."""

    key: str
    reference: str
    amount: Money
    status: RefundStatus


@dataclass(frozen=True, slots=True)
class WebhookMessage:
    """A verified message. A `kind` the shop does not know has neither outcome nor refund."""

    event_id: str
    kind: str
    key: str
    reference: str
    outcome: Outcome | None = None
    refund: RefundNotice | None = None
    body: dict[str, object] = field(default_factory=dict)


class Provider(Protocol):
    """One payment provider. No method may be called inside a database transaction.

    Every method may raise ProviderUnavailable, which says nothing about whether money moved.
    """

    name: str
    methods: tuple[str, ...]

    def start(self, intent: Intent, *, now: datetime) -> Outcome:
        """Begin a charge, or answer what became of the one with this key. A decline is an Outcome."""

    def fetch(self, key: str, *, now: datetime) -> Outcome | None:
        """What became of the charge with our `key`; None when the provider never saw it."""

    def cancel(self, key: str, *, now: datetime) -> Outcome | None:
        """Give up an unfinished charge; the outcome tells if it was captured before."""

    def refund(self, request: RefundRequest, *, now: datetime) -> RefundOutcome:
        """Send money back, or answer what became of the refund with this key; RefundRefused is final."""

    def read_webhook(self, raw: bytes, headers: Mapping[str, str], *, now: datetime) -> WebhookMessage:
        """Verify the raw bytes and read them. BadSignature, BadMessage."""

    def parse_webhook(self, body: Mapping[str, object]) -> WebhookMessage:
        """Read the body of a message that was verified and stored before. BadMessage."""
