"""`/hosts/<slug>/answers/`: the questions a host answered, as counted on their profile."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.domain.profiles import categories_of
from events.models import Host, Niche
from livechat.domain.host_answers import answered_by

ON_A_PAGE = 30


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """`?niche=<slug>` narrows them to the pieces that niche speaks about."""
    host = get_object_or_404(Host, slug=slug)
    niche = Niche.objects.filter(slug=request.GET.get("niche", "")).first()
    told = answered_by(host, categories=categories_of(niche) if niche else None)
    context = {
        "host": host,
        "niche": niche,
        "page": Paginator(told, ON_A_PAGE).get_page(request.GET.get("page")),
        "query": f"niche={niche.slug}" if niche else "",
    }
    return render(request, "livechat/host_answers.html", context)
