"""The rows behind one host's credibility in one niche, as its page shows them."""

from collections import Counter
from dataclasses import dataclass

from catalog.models import Product
from events.models import Event, Host, Niche
from livechat.models import AccuracyReport, Question
from orders.insights.credibility import Counts, counts_of, shows_in
from orders.insights.seen import Bought, Presented, seen_of, visits

# Of answers the page lists the last ones; the counts are of all.
MOST_ANSWERS = 100


@dataclass(frozen=True, slots=True)
class AnswerRow:
    question: Question
    yes: int
    no: int


@dataclass(frozen=True, slots=True)
class PieceRow:
    """One piece in one show. `left` is None while its shelf was not counted."""

    event: Event
    product: Product
    bought: int
    returned: int
    left: int | None


@dataclass(frozen=True, slots=True)
class ShowRow:
    event: Event
    viewers: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """`counts` are the five inputs as they stand now; they add up from the rows."""

    counts: Counts
    answers: list[AnswerRow]
    pieces: list[PieceRow]
    shows: list[ShowRow]
    upheld: list[AccuracyReport]


def evidence_of(host: Host, niche: Niche) -> Evidence:
    """Everything the formula counts for `host` in `niche`. A constant number of queries."""
    categories = frozenset(niche.categories)
    fields = {(host.pk, niche.pk): categories}
    seen = seen_of([host.pk])
    events = shows_in(fields, seen)[host.pk, niche.pk]
    viewers = Counter(event for _viewer, event in visits(events))
    said = {one.question: one for one in seen.answers if one.category in categories}
    wrong = [one.report for one in seen.wrong if one.category in categories]
    known = Event.objects.select_related("brand").in_bulk(
        {*events, *(one.event for one in seen.presented), *(one.event for one in seen.bought)}
    )
    asked = Question.objects.filter(pk__in=said).select_related("room__event", "product").order_by("-pk")
    return Evidence(
        counts=counts_of(fields, seen)[host.pk, niche.pk],
        answers=[AnswerRow(one, said[one.pk].yes, said[one.pk].no) for one in asked[:MOST_ANSWERS]],
        pieces=_pieces(seen.presented, seen.bought, categories, known),
        shows=[ShowRow(known[event], viewers[event]) for event in reversed(events)],
        upheld=list(
            AccuracyReport.objects.filter(pk__in=wrong)
            .select_related("room__event__brand", "product", "question")
            .order_by("-decided_at", "-pk")
        ),
    )


def _pieces(
    presented: list[Presented], bought: list[Bought], categories: frozenset[str], known: dict[int, Event]
) -> list[PieceRow]:
    """Newest show first: what was on the stage, and what was bought without having been there."""
    left = {(one.event, one.product): one.left for one in presented if one.category in categories}
    sums = {(one.event, one.product): one for one in bought if one.category in categories}
    products = Product.objects.in_bulk({product for _event, product in left.keys() | sums.keys()})
    rows = [
        PieceRow(
            event=known[event],
            product=products[product],
            bought=sums[event, product].pieces if (event, product) in sums else 0,
            returned=sums[event, product].returned if (event, product) in sums else 0,
            left=left.get((event, product)),
        )
        for event, product in left.keys() | sums.keys()
    ]
    return sorted(rows, key=lambda row: (-row.event.starts_at.timestamp(), row.product.name, row.product.pk))
