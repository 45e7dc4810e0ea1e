"""What a host is offered for one show, and whether it can stand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from babel.numbers import is_currency
from django.utils.translation import gettext as _

from catalog.models import Product
from events.domain import agreements
from events.domain.lifecycle import WHOLE, percent
from events.domain.scheduling import equal_shares
from events.enums import RefundRule
from events.errors import BadTerms
from events.models import Event, Host

OTHERS = "*"  # every category that is not named
CATEGORY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}|\*")
USUAL_COMMISSION = 1_000
LONGEST_DISCLOSURE, LONGEST_MESSAGE = 300, 2_000


@dataclass(frozen=True, slots=True)
class Terms:
    """An offer. `commission` maps product categories to basis points of the net amount, `*` being all others;
    `floor_amount` is guaranteed, in minor units of `floor_currency`; `share` is the part of the credit in
    basis points, None for what `proposed_share` finds fair."""

    commission: Mapping[str, int] = field(default_factory=lambda: {OTHERS: USUAL_COMMISSION})
    floor_amount: int = 0
    floor_currency: str = ""
    refund_rule: RefundRule = RefundRule.REVERSE
    disclosure: str = ""
    share: int | None = None
    message: str = ""


def usual_terms(event: Event, host: Host | None = None) -> Terms:
    """What a brand offers when it writes nothing else: a tenth of what is sold, and says so to viewers."""
    name = host.name if host else _("the host")
    words = _("%(brand)s pays %(host)s a part of what is sold in this show.")
    return Terms(disclosure=words % {"brand": event.brand.name, "host": name})


def checked(terms: Terms) -> Terms:
    """`terms` in order, with `*` filled in. Raises BadTerms naming the field."""
    commission = {OTHERS: 0, **terms.commission}
    for category, points in commission.items():
        _check_commission(category, points)
    _check_floor(terms)
    disclosure = " ".join(terms.disclosure.split())
    if len(disclosure) > LONGEST_DISCLOSURE:
        raise BadTerms(_("Say it in 300 characters: it stands beside the picture."), field="disclosure")
    if not disclosure and (any(commission.values()) or terms.floor_amount):
        raise BadTerms(
            _("The host is paid, so viewers must be told. Write what they read beside the picture."),
            field="disclosure",
        )
    if len(terms.message) > LONGEST_MESSAGE:
        raise BadTerms(_("The message is too long: 2,000 characters at most."), field="message")
    if terms.share is not None and not 0 < terms.share <= WHOLE:
        raise BadTerms(_("The share is between 0.01 % and 100 %."), field="share")
    return replace(terms, commission=commission, disclosure=disclosure, message=terms.message.strip())


def _check_commission(category: str, points: object) -> None:
    if not CATEGORY.fullmatch(category):
        raise BadTerms(
            _("“%(category)s” is not a category of products.") % {"category": category}, field="commission"
        )
    if type(points) is not int or not 0 <= points <= WHOLE:
        raise BadTerms(_("A commission is between 0 % and 100 %."), field="commission")


def _check_floor(terms: Terms) -> None:
    if type(terms.floor_amount) is not int or terms.floor_amount < 0:
        raise BadTerms(_("The guarantee cannot be below zero."), field="floor_amount")
    if terms.floor_amount >= 2**53:
        raise BadTerms(_("The guarantee is too large."), field="floor_amount")
    if (terms.floor_amount or terms.floor_currency) and not is_currency(terms.floor_currency):
        raise BadTerms(_("Name the currency of the guarantee, like EUR."), field="floor_currency")


def proposed_share(event: Event, host: Host) -> int:
    """The part of the credit to offer: what the host has already, else an equal part of what is not promised.

    0 when everything is promised to others.
    """
    rows = {row.host_id: row.share for row in event.event_hosts.all()}
    if host.pk in rows:
        return rows[host.pk]
    promised = agreements.standing(event)
    loose = len(rows.keys() - promised.keys())
    free = WHOLE - sum(row.share for row in promised.values())
    return equal_shares(loose + 1)[-1] * free // WHOLE if free > 0 else 0


def check_share(event: Event, host: Host, share: int, *, instead_of: Host | None = None) -> None:
    """Raise BadTerms unless `share` fits beside what others were promised and leaves in-house hosts some."""
    gone = {instead_of.pk} if instead_of else set()
    promised = {pk: row.share for pk, row in agreements.standing(event).items() if pk not in gone | {host.pk}}
    seats = set(event.event_hosts.values_list("host", flat=True)) - gone - {host.pk}
    loose = len(seats - promised.keys())
    free = WHOLE - sum(promised.values()) - loose
    if share > free:
        raise BadTerms(
            _("Others host this show too. At most %(share)s %% of the credit is left to offer.")
            % {"share": percent(max(0, free))},
            field="share",
        )


def categories_of(event: Event) -> list[str]:
    """The categories a commission may name: those of the brand's products, by name."""
    ours = Product.objects.filter(brand=event.brand_id).order_by("category")
    return list(ours.values_list("category", flat=True).distinct())
