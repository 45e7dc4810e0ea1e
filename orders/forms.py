"""What people type on the way to an order."""

from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from events.holidays.regions import market_name
from orders.domain.checkout import Contact
from orders.enums import Delivery, PaymentMethod

# Digits of a total in minor units, of any currency.
LONGEST_AMOUNT = 12
CONTACT_FIELDS = ("email", "name", "street", "postcode", "city", "country", "phone")


def whole(text: str, *, most: int = 7) -> int | None:
    """The whole number `text` is, of at most `most` ASCII digits; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most else None


def _text(
    label: Any, autocomplete: str, *, most: int, required: bool = True, **attrs: str
) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete, **attrs})
    return forms.CharField(label=label, max_length=most, required=required, widget=widget)


@lru_cache(maxsize=64)
def _countries(_language: str) -> list[tuple[str, str]]:
    """Every country as the language calls it, after an empty choice; a form asks for all of them twice."""
    return [("", ""), *((country.code, market_name(country.code)) for country in countries)]


class ContactForm(forms.Form):
    """Who gets it and where. Autocomplete tokens let the browser fill all of it with one tap."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    name = _text(_("Full name"), "shipping name", most=80)
    street = _text(_("Street and number"), "shipping address-line1", most=160)
    postcode = _text(_("Postcode"), "shipping postal-code", most=16, required=False)
    city = _text(_("City"), "shipping address-level2", most=80)
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lambda: _countries(get_language() or "en"),
        widget=forms.Select(attrs={"autocomplete": "shipping country"}),
    )
    phone = _text(_("Phone, for the courier"), "shipping tel", most=24, required=False, inputmode="tel")

    def contact(self) -> Contact:
        """The validated contact."""
        return Contact(**{name: self.cleaned_data[name] for name in CONTACT_FIELDS})


class CheckoutForm(ContactForm):
    """The whole of one checkout.

    The page carries the total it shows for every delivery (`agreed-<method>`); it is compared, never charged.
    """

    delivery = forms.ChoiceField(label=_("Delivery"), choices=Delivery.choices, initial=Delivery.STANDARD)
    method = forms.ChoiceField(label=_("Payment"), choices=PaymentMethod.choices, initial=PaymentMethod.CARD)
    scenario = forms.ChoiceField(
        label=_("The sandbox card should"),
        required=False,
        choices=[
            ("approve", _("be approved")),
            ("decline", _("be declined")),
            ("insufficient_funds", _("have insufficient funds")),
            ("timeout", _("be charged, and the answer get lost")),
            ("slow", _("take some seconds")),
        ],
    )
    brand = forms.SlugField(widget=forms.HiddenInput)
    currency = forms.CharField(max_length=3, widget=forms.HiddenInput)
    key = forms.CharField(max_length=255, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "sandbox" not in settings.PAYMENT_PROVIDERS:
            del self.fields["scenario"]

    def agreed(self) -> int:
        """The total the buyer saw for the delivery they chose; -1 when the page named none."""
        shown = self.data.get(f"agreed-{self.cleaned_data['delivery']}", "")
        agreed = whole(shown, most=LONGEST_AMOUNT)
        return -1 if agreed is None else agreed


class PayForm(forms.Form):
    """Another try to pay an open order."""

    method = forms.ChoiceField(label=_("Payment"), choices=PaymentMethod.choices)
    scenario = forms.CharField(required=False, max_length=24)
    key = forms.CharField(max_length=255, widget=forms.HiddenInput)


class AddForm(forms.Form):
    """A piece on its way into the bag. `next` is where the page goes on without JavaScript."""

    variant = forms.CharField(max_length=32)
    quantity = forms.IntegerField(min_value=1, max_value=1_000, initial=1, required=False)
    touch = forms.CharField(max_length=400, required=False)
    next = forms.CharField(max_length=400, required=False)


class RefundForm(forms.Form):
    """What goes back and why. Pieces per line arrive as `pieces-<line public id>`."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    everything = forms.BooleanField(label=_("Everything that is left, delivery included"), required=False)
    delivery = forms.BooleanField(label=_("The delivery charge too"), required=False)
    key = forms.CharField(max_length=255, widget=forms.HiddenInput)
