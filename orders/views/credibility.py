"""A host's credibility in one field: the formula in words, its five inputs and the rows behind each."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.domain.viewers import signed_in
from catalog.models import Brand
from catalog.rules import brands_of
from events.models import Credibility, Host, Niche
from livechat.domain.claims import DECIDERS
from orders.insights import formula
from orders.insights.evidence import evidence_of
from orders.rules import read_brands


@require_safe
def show(request: HttpRequest, slug: str, niche: str) -> HttpResponse:
    """`/hosts/<slug>/credibility/<niche>/`: open to everybody; money stands in it as counts only.

    The host and the brands' staff see more of the rows that are theirs.
    """
    host = get_object_or_404(Host, slug=slug)
    field = get_object_or_404(Niche, slug=niche, pk__in=host.niches.values("pk"))
    evidence = evidence_of(host, field)
    kept = Credibility.objects.filter(host=host, niche=field).first()
    inputs = kept.inputs if kept else formula.told(evidence.counts)
    context = {
        "host": host,
        "niche": field,
        "kept": kept,
        "score": kept.score if kept else formula.score(evidence.counts),
        "confidence": kept.confidence if kept else formula.confidence(evidence.counts),
        "few": (kept.confidence if kept else formula.confidence(evidence.counts)) < formula.FEW,
        "solid": (kept.confidence if kept else formula.confidence(evidence.counts)) >= formula.SOLID,
        "measures": [(measure, inputs[measure.key]) for measure in formula.MEASURES],
        "version": kept.formula if kept else formula.VERSION,
        "evidence": evidence,
    }
    return render(request, "orders/credibility.html", context | _insight(request, host))


def _insight(request: HttpRequest, host: Host) -> dict[str, Any]:
    """Whose rows this person may open: the host's own, and those of the brands they work for."""
    user = signed_in(request.user)
    own = user is not None and host.user_id == user.pk
    if user is None:
        return {"own": False, "reads": set(), "decides": set()}
    return {
        "own": own,
        "reads": _among(read_brands(user)),
        "decides": _among(brands_of(user, *DECIDERS)),
    }


def _among(brands: QuerySet[Brand]) -> set[int]:
    return set(brands.values_list("pk", flat=True))
