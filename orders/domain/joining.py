"""A guest signs in: what they meant to buy, what is kept for them and what they ordered comes along."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.domain.viewers import user_key
from accounts.models import User
from catalog.domain.stock import release
from catalog.models import Hold
from orders.domain.bags import merge_bags
from orders.models import Order, OrderLine


@transaction.atomic
def join(*, guest: str, user: User, now: datetime) -> None:
    """Move bag, live holds and orders from the viewer key `guest` to the account."""
    merge_bags(guest=guest, into=user_key(user), now=now)
    _join_holds(guest, into=user_key(user), now=now)
    _join_orders(guest, user)


def _join_holds(guest: str, *, into: str, now: datetime) -> None:
    """The pieces stay kept until the same moment; where the account keeps the piece already, that stays."""
    for held in Hold.objects.live().filter(holder=guest).order_by("variant_id"):
        try:
            with transaction.atomic():
                Hold.objects.live().filter(pk=held.pk).update(holder=into)
        except IntegrityError:
            release(held, now=now)


def _join_orders(guest: str, user: User) -> None:
    """The orders become the account's; each line remembers under which key its touches were made."""
    orders = Order.objects.filter(holder=guest, user=None)
    OrderLine.objects.filter(order__in=orders, touched_as="").update(touched_as=guest)
    orders.update(user=user, holder=user_key(user))
