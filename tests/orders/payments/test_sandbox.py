"""The sandbox provider and the registry: a provider like any other."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from catalog.money import Money
from orders.domain.providers import register_providers
from orders.domain.sandbox import build_sandbox, deliver_due, sandbox
from orders.models import SandboxCharge, SandboxWebhook
from orders.payments import registry
from orders.payments.base import Intent, RefundRequest, Status
from orders.payments.errors import (
    BadMessage,
    ProviderKeyReused,
    ProviderUnavailable,
    UnknownMethod,
    UnknownProvider,
)

pytestmark = pytest.mark.django_db


def intent(key="k", amount=1_000, **over):
    given = {"method": "card", "title": "A piece", "return_url": "https://shop.test/o/"}
    return Intent(key, Money(amount, "EUR"), **given | over)


def test_a_key_charges_once_and_answers_the_same(now):
    provider = build_sandbox()
    assert provider.start(intent(), now=now) == provider.start(intent(), now=now)
    assert SandboxCharge.objects.count() == 1


def test_a_key_with_another_amount_is_refused(now):
    provider = build_sandbox()
    provider.start(intent(), now=now)
    with pytest.raises(ProviderKeyReused):
        provider.start(intent(amount=2_000), now=now)


def test_a_timeout_charges_and_says_so_only_when_asked(now):
    provider = build_sandbox()
    with pytest.raises(ProviderUnavailable):
        provider.start(intent(scenario="timeout"), now=now)
    assert provider.fetch("k", now=now).status is Status.CAPTURED


def test_an_unknown_scenario_method_or_charge_is_answered_plainly(now):
    provider = build_sandbox()
    assert provider.start(intent(scenario="magic"), now=now).decline_code == "unknown_scenario"
    with pytest.raises(UnknownMethod):
        provider.start(intent(method="shells"), now=now)
    assert provider.fetch("never", now=now) is None
    assert provider.cancel("never", now=now) is None
    assert provider.approve("never", now=now) is None
    assert provider.decline("never", now=now) is None
    with pytest.raises(BadMessage):
        provider.refund(RefundRequest("r", "never", Money(1, "EUR")), now=now)


def test_a_customer_cannot_change_their_mind_after_the_answer(now):
    provider = build_sandbox()
    reference = provider.start(intent(method="wallet"), now=now).reference
    provider.approve(reference, now=now)
    assert provider.decline(reference, now=now).state is Status.CAPTURED
    assert provider.cancel("k", now=now).status is Status.CAPTURED


def test_a_charge_moved_by_another_process_is_read_anew(now):
    provider = build_sandbox()
    reference = provider.start(intent(method="wallet"), now=now).reference
    stale = provider.charge(reference)
    provider.approve(reference, now=now)
    assert provider._move(stale, now=now).state is Status.CAPTURED
    assert SandboxWebhook.objects.filter(body__contains="payment.captured").count() == 1


def test_providers_are_found_by_name_and_by_method(now):
    assert registry.get("sandbox") is sandbox()
    assert registry.provider_for("qr") is sandbox()
    assert registry.methods() == ["card", "wallet", "qr"]
    with pytest.raises(UnknownProvider):
        registry.get("nobody")


def test_a_provider_nobody_knows_stops_the_start(settings):
    settings.PAYMENT_PROVIDERS = ["nobody"]
    with pytest.raises(ImproperlyConfigured, match="nobody"):
        register_providers()


def test_without_the_sandbox_nothing_is_delivered(now, monkeypatch):
    monkeypatch.setattr(registry, "_providers", {})
    assert deliver_due(now=now) == 0
