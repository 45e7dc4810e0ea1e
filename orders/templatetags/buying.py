"""What templates outside this app need of it."""

from django import template

from catalog.money import Money
from orders.forms import ContactForm

register = template.Library()


@register.simple_tag
def contact_form() -> ContactForm:
    """The empty contact form of the buy sheet; the script fills in what is known."""
    return ContactForm(auto_id="buy_%s")


@register.simple_tag
def as_money(amount: int, currency: str) -> Money:
    """Minor units and a code as money."""
    return Money(amount, currency)
