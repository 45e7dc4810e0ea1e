"""What templates outside this app need of it."""

from django import template
from django.http import HttpRequest
from django.utils import timezone

from accounts.domain.viewers import peek_viewer
from catalog.models import Product
from catalog.money import Money
from orders.domain.bags import check_window, count_pieces
from orders.domain.editions import numbered
from orders.errors import NotForSale
from orders.forms import ContactForm
from orders.models import OrderLine

register = template.Library()


@register.simple_tag
def contact_form() -> ContactForm:
    """The empty contact form of the buy sheet; the script fills in what is known."""
    return ContactForm(auto_id="buy_%s")


@register.simple_tag
def bag_count(request: HttpRequest) -> int:
    """Pieces in the bag of whoever looks; a stranger has none and becomes nobody by being asked."""
    viewer = peek_viewer(request)
    return count_pieces(viewer.key) if viewer else 0


@register.simple_tag
def as_money(amount: int, currency: str) -> Money:
    """Minor units and a code as money."""
    return Money(amount, currency)


@register.filter
def edition_numbers(line: OrderLine) -> str:
    """`No. 7 of 50` for every numbered piece of the line; empty for others."""
    return ", ".join(str(each) for each in numbered(line))


@register.filter
def not_sold_now(product: Product) -> str:
    """Why the piece is not sold at this moment of its days; empty when it is."""
    try:
        check_window(product, now=timezone.now())
    except NotForSale as refusal:
        return str(refusal)
    return ""
