"""A provider without money that otherwise behaves like a real one.

It keeps its own books through an injected store, honours idempotency keys, signs its webhooks, may answer
late, twice, in the wrong order or not at all. It never sees card data: the customer chooses an outcome.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol
from urllib.parse import urljoin

import segno

from accounts.codes import new_public_id
from catalog.money import Money
from orders.payments.base import (
    Action,
    Intent,
    Outcome,
    RefundNotice,
    RefundOutcome,
    RefundRequest,
    RefundStatus,
    Status,
    WebhookMessage,
)
from orders.payments.errors import BadMessage, ProviderKeyReused, ProviderUnavailable, UnknownMethod
from orders.payments.signing import sign, verify

SIGNATURE_HEADER = "Sandbox-Signature"
SLOW_SECONDS = 8
# What a tester may ask a card for; `timeout` charges and then does not answer.
SCENARIOS = ("approve", "decline", "insufficient_funds", "timeout", "slow", "unavailable")
OPEN = (Status.PENDING, Status.ACTION)


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge in the provider's books."""

    reference: str
    key: str
    fingerprint: str
    method: str
    scenario: str
    state: Status
    amount: Money
    title: str
    return_url: str
    created_at: datetime
    decline_code: str = ""
    settles_at: datetime | None = None
    refunded: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """A webhook that is owed: the exact text to sign, and when it may leave."""

    event_id: str
    body: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook on its way: raw bytes and headers as an HTTP request would carry them."""

    row: int
    event_id: str
    raw: bytes
    headers: dict[str, str]


class Store(Protocol):
    """The provider's books. Each method is one transaction of the provider's own."""

    def open(self, charge: Charge, messages: list[Message]) -> tuple[Charge, bool]:
        """Write the charge unless its key is known; return what stands, and if it is new."""

    def by_key(self, key: str) -> Charge | None: ...

    def by_reference(self, reference: str) -> Charge | None: ...

    def move(self, charge: Charge, messages: list[Message]) -> bool:
        """Write the new state if the charge is still open; false when somebody was faster."""

    def settling(self, *, now: datetime) -> list[Charge]:
        """Slow charges that settle by now."""

    def refund(self, request: RefundRequest, *, reference: str, now: datetime, message: Message) -> str:
        """Book a refund once per key and return its reference; RefundRefused when it exceeds the charge."""

    def due(self, *, now: datetime) -> list[tuple[int, Message]]:
        """Webhooks to deliver, oldest first."""

    def delivered(self, row: int, *, now: datetime) -> None: ...


class SandboxProvider:
    """See the module. `copies` and `newest_first` make the webhooks as unruly as real ones can be."""

    name = "sandbox"
    methods: tuple[str, ...] = ("card", "wallet", "qr")

    def __init__(
        self, *, store: Store, secrets: list[str], copies: int = 1, newest_first: bool = False
    ) -> None:
        self.store = store
        self.secrets = secrets
        self.copies = copies
        self.newest_first = newest_first

    # --- The port ---------------------------------------------------------------------------------------
    def start(self, intent: Intent, *, now: datetime) -> Outcome:
        if intent.method not in self.methods:
            raise UnknownMethod(intent.method)
        if intent.scenario == "unavailable" and self.store.by_key(intent.key) is None:
            raise ProviderUnavailable("the sandbox was asked to be down")
        drafted = _draft(intent, now=now)
        charge, is_new = self.store.open(drafted, self._story(drafted, now=now))
        if charge.fingerprint != drafted.fingerprint:
            raise ProviderKeyReused(intent.key)
        if is_new and charge.scenario == "timeout":
            raise ProviderUnavailable("charged, but the answer got lost")
        return _outcome(charge)

    def fetch(self, key: str, *, now: datetime) -> Outcome | None:
        charge = self.store.by_key(key)
        if charge and charge.settles_at and charge.settles_at <= now:
            charge = self._capture(charge, now=now)
        return _outcome(charge) if charge else None

    def cancel(self, key: str, *, now: datetime) -> Outcome | None:
        charge = self.store.by_key(key)
        if charge and charge.state in OPEN:
            charge = self._move(replace(charge, state=Status.CANCELLED), now=now)
        return _outcome(charge) if charge else None

    def refund(self, request: RefundRequest, *, now: datetime) -> RefundOutcome:
        reference = f"sr_{new_public_id()}"
        charge = self.store.by_reference(request.reference)
        if charge is None:
            raise BadMessage(request.reference)
        notice = {"key": request.key, "reference": reference, "amount": request.amount.amount}
        message = self._message("refund.done", charge, now=now, refund={**notice, "status": "done"})
        booked = self.store.refund(request, reference=reference, now=now, message=message)
        return RefundOutcome(RefundStatus.DONE, booked)

    def read_webhook(self, raw: bytes, headers: Mapping[str, str], *, now: datetime) -> WebhookMessage:
        verify(raw, headers.get(SIGNATURE_HEADER, ""), secrets=self.secrets, now=now)
        try:
            body = json.loads(raw)
        except ValueError:
            raise BadMessage("not JSON") from None
        return self.parse_webhook(body)

    def parse_webhook(self, body: Mapping[str, object]) -> WebhookMessage:
        try:
            return _read(body)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise BadMessage("not one of our messages") from None

    # --- What happens on the provider's own pages and in its back office ------------------------------------
    def charge(self, reference: str) -> Charge | None:
        """The charge a customer is looking at on the provider's page."""
        return self.store.by_reference(reference)

    def approve(self, reference: str, *, now: datetime) -> Charge | None:
        """The customer said yes on the provider's page; nothing changes if the charge is closed."""
        charge = self.store.by_reference(reference)
        return self._capture(charge, now=now) if charge and charge.state in OPEN else charge

    def decline(self, reference: str, *, now: datetime) -> Charge | None:
        """The customer said no on the provider's page."""
        charge = self.store.by_reference(reference)
        if charge is None or charge.state not in OPEN:
            return charge
        return self._move(replace(charge, state=Status.DECLINED, decline_code="refused_by_customer"), now=now)

    def deliveries(self, *, now: datetime) -> Iterator[Delivery]:
        """Settle what is slow, then hand out every webhook that is due, signed for this moment."""
        for charge in self.store.settling(now=now):
            self._capture(charge, now=now)
        due = self.store.due(now=now)
        for row, message in reversed(due) if self.newest_first else due:
            raw = message.body.encode()
            headers = {SIGNATURE_HEADER: sign(raw, secret=self.secrets[0], at=now)}
            for _ in range(self.copies):
                yield Delivery(row, message.event_id, raw, headers)

    # --- Inside -----------------------------------------------------------------------------------------
    def _capture(self, charge: Charge, *, now: datetime) -> Charge:
        return self._move(replace(charge, state=Status.CAPTURED, settles_at=None), now=now)

    def _move(self, charge: Charge, *, now: datetime) -> Charge:
        message = self._message(f"payment.{charge.state}", charge, now=now)
        if self.store.move(charge, [message]):
            return charge
        return self.store.by_reference(charge.reference) or charge

    def _story(self, charge: Charge, *, now: datetime) -> list[Message]:
        created = self._message("payment.created", replace(charge, state=Status.PENDING), now=now)
        if charge.state is Status.PENDING:
            return [created]
        return [created, self._message(f"payment.{charge.state}", charge, now=now)]

    def _message(
        self, kind: str, charge: Charge, *, now: datetime, refund: dict[str, object] | None = None
    ) -> Message:
        event_id = f"se_{new_public_id()}"
        data: dict[str, object] = {
            "key": charge.key,
            "reference": charge.reference,
            "status": str(charge.state),
            "amount": charge.amount.amount,
            "currency": charge.amount.currency,
            "decline_code": charge.decline_code,
            "refund": refund,
        }
        body = {"id": event_id, "type": kind, "created": int(now.timestamp()), "data": data}
        # A real provider's message leaves a moment after its answer.
        return Message(event_id, json.dumps(body), now + timedelta(seconds=1))


def _draft(intent: Intent, *, now: datetime) -> Charge:
    scenario = (intent.scenario or "approve") if intent.method == "card" else "customer"
    state, code = {
        "approve": (Status.CAPTURED, ""),
        "timeout": (Status.CAPTURED, ""),
        "unavailable": (Status.CAPTURED, ""),
        "decline": (Status.DECLINED, "card_declined"),
        "insufficient_funds": (Status.DECLINED, "insufficient_funds"),
        "slow": (Status.PENDING, ""),
        "customer": (Status.ACTION, ""),
    }.get(scenario, (Status.DECLINED, "unknown_scenario"))
    slow = now + timedelta(seconds=SLOW_SECONDS) if scenario == "slow" else None
    return Charge(
        reference=f"sc_{new_public_id()}",
        key=intent.key,
        fingerprint=_fingerprint(intent),
        method=intent.method,
        scenario=scenario,
        state=state,
        amount=intent.amount,
        title=intent.title,
        return_url=intent.return_url,
        created_at=now,
        decline_code=code,
        settles_at=slow,
    )


def _fingerprint(intent: Intent) -> str:
    parts = [intent.method, str(intent.amount.amount), intent.amount.currency, intent.scenario]
    return sha256("|".join(parts).encode()).hexdigest()


def _outcome(charge: Charge) -> Outcome:
    action = _action(charge) if charge.state is Status.ACTION else None
    return Outcome(charge.state, charge.reference, charge.amount, action, charge.decline_code)


def _action(charge: Charge) -> Action:
    url = urljoin(charge.return_url, f"/sandbox/pay/{charge.reference}/")
    if charge.method == "qr":
        code = segno.make(url, error="m")
        return Action("qr", url, code.svg_data_uri(scale=6, border=2, dark="#17130F", light="#FFFFFF"))
    return Action("redirect", url)


def _read(body: Mapping[str, object]) -> WebhookMessage:
    data = body["data"]
    if not isinstance(data, dict):
        raise BadMessage("no data")
    kind, amount = str(body["type"]), Money(data["amount"], data["currency"])
    reference, key = str(data["reference"]), str(data["key"])
    outcome = refund = None
    if kind in {"payment.captured", "payment.declined", "payment.cancelled", "payment.pending"}:
        outcome = Outcome(Status(data["status"]), reference, amount, None, str(data["decline_code"]))
    if kind in {"refund.done", "refund.failed"}:
        told = data["refund"]
        back = Money(told["amount"], amount.currency)
        refund = RefundNotice(str(told["key"]), str(told["reference"]), back, RefundStatus(told["status"]))
    return WebhookMessage(str(body["id"]), kind, key, reference, outcome, refund, dict(body))
