"""The letters an order sends: rows in the transaction of their fact, under keys that send them once."""

from datetime import datetime

from django.core.signing import Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.domain.mail import enqueue_mail
from catalog.money import Money
from orders.domain.editions import numbers_of_lines
from orders.models import Order, Payment, Refund

LINK = Signer(salt="orders.link")


def order_url(order: Order) -> str:
    """The order's page with a signature that opens it once for whoever got the letter."""
    token = LINK.signature(order.public_id)
    return f"{order.origin}{reverse('order', args=[order.public_id])}?key={token}"


def link_fits(order: Order, token: str) -> bool:
    """Whether `token` is the signature this order's letters carry."""
    return constant_time_compare(LINK.signature(order.public_id), token)


def send_confirmation(order: Order, *, now: datetime) -> None:
    """Thank for a paid order."""
    with override(order.language):
        subject = _("%(brand)s: your order is confirmed") % {"brand": order.brand.name}
    _send(order, "confirmation", subject, key=f"order-paid:{order.public_id}", now=now)


def send_refund(refund: Refund, *, now: datetime) -> None:
    """Tell that money is on its way back."""
    order, amount = refund.payment.order, Money(refund.amount, refund.payment.currency)
    with override(order.language):
        subject = _("%(brand)s: %(amount)s is on its way back to you") % {
            "brand": order.brand.name,
            "amount": amount.format(),
        }
    key = f"refund-done:{refund.public_id}"
    _send(order, "refund", subject, key=key, now=now, amount=amount, reason=refund.reason)


def send_surplus(order: Order, *, payment: Payment, now: datetime) -> None:
    """Tell that the money came too late for the pieces and goes back in full."""
    amount = Money(payment.amount, payment.currency)
    with override(order.language):
        subject = _("%(brand)s: your payment is returned") % {"brand": order.brand.name}
    _send(order, "surplus", subject, key=f"surplus:{payment.public_id}", now=now, amount=amount)


def _send(order: Order, name: str, subject: str, *, key: str, now: datetime, **more: object) -> None:
    lines = list(order.lines.prefetch_related(numbers_of_lines()).order_by("pk"))
    context = {"order": order, "lines": lines, "url": order_url(order), "subject": subject, **more}
    with override(order.language):
        text = render_to_string(f"emails/orders/{name}.txt", context)
        html = render_to_string(f"emails/orders/{name}.html", context)
    enqueue_mail(to=order.email, subject=subject, text=text, html=html, key=key, now=now)
