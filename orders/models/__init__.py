from orders.models.attribution import Attribution, LedgerIsAppendOnly
from orders.models.bag import Bag, BagLine
from orders.models.edition import EditionNumber
from orders.models.order import Order, OrderLine
from orders.models.payment import IdempotencyKey, Payment, ProviderEvent, Refund, RefundLine
from orders.models.sandbox import SandboxCharge, SandboxRefund, SandboxWebhook
from orders.models.shelf import ShelfCount

__all__ = [
    "Attribution",
    "Bag",
    "BagLine",
    "EditionNumber",
    "IdempotencyKey",
    "LedgerIsAppendOnly",
    "Order",
    "OrderLine",
    "Payment",
    "ProviderEvent",
    "Refund",
    "RefundLine",
    "SandboxCharge",
    "SandboxRefund",
    "SandboxWebhook",
    "ShelfCount",
]
