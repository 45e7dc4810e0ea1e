"""Hosts in public: the list, one host, the shows they gave, and following them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.viewers import signed_in
from events.domain import following
from events.domain.profiles import follows, host_profile, shows_of, sure_words
from events.models import Credibility, Host, Niche
from events.queries import event_cards
from events.queries_hosts import (
    Asked,
    niche_groups,
    niche_ids,
    search,
    served_markets,
    spoken_languages,
    with_profiles,
)
from events.views.access import person

ON_A_PAGE, SHOWS_ON_A_PAGE = 24, 20
LONGEST = 80


def asked_for(request: HttpRequest) -> Asked:
    """What the address narrows by; words of it that nothing goes by are as if they were not there."""
    niche = request.GET.get("niche", "")
    known = Niche.objects.filter(slug=niche).exists() if niche else False
    return Asked(
        words=request.GET.get("q", "")[:LONGEST],
        niches=(niche,) if known else (),
        language=request.GET.get("language", "")[:20],
        market=request.GET.get("market", "")[:2].upper(),
    )


def choices() -> dict[str, Any]:
    """What a list of hosts may be narrowed by."""
    return {"groups": niche_groups(), "languages": spoken_languages(), "markets": served_markets()}


def with_scores(hosts: list[Host], asked: Asked) -> list[tuple[Host, Credibility | None, str]]:
    """Each host with the credibility to show: in the niche asked for, else where it is best."""
    ids = set(niche_ids(asked.niches))
    rows = []
    for host in hosts:
        best = next((row for row in host.credibility.all() if not ids or row.niche_id in ids), None)
        rows.append((host, best, sure_words(best.confidence) if best else ""))
    return rows


@require_safe
def hosts(request: HttpRequest) -> HttpResponse:
    """`/hosts/`: `?niche=<slug>` (a group finds its niches), `?language=`, `?market=` and `?q=` narrow it.

    Context: `page` of hosts, `rows` [(Host, Credibility or None, how sure in words)], `groups`, `languages`,
    `markets`, and the choices made as `asked`.
    """
    asked = asked_for(request)
    page = page_of(request, with_profiles(search(asked)), ON_A_PAGE)
    context = choices() | {
        "page": page,
        "rows": with_scores(list(page), asked),
        "asked": asked,
        "niche": asked.niches[0] if asked.niches else "",
        "query": address_of(request),
    }
    return render(request, "events/hosts.html", context)


def page_of(request: HttpRequest, rows: Any, size: int) -> Page:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def address_of(request: HttpRequest) -> str:
    """The choices made as a query string, without the page; for links to other pages of the same list."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


@require_safe
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """`/hosts/<slug>/`. Context: `profile` HostProfile, `follows`, `own` (it is the viewer's own page)."""
    host = get_object_or_404(Host, slug=slug)
    user = signed_in(request.user)
    context = {
        "host": host,
        "profile": host_profile(host, now=timezone.now()),
        "follows": follows(user, host),
        "own": user is not None and host.user_id == user.pk,
    }
    return render(request, "events/host.html", context)


@require_safe
def shows(request: HttpRequest, slug: str) -> HttpResponse:
    """`/hosts/<slug>/shows/`: the shows behind the number on the profile; `?niche=<slug>` narrows them."""
    host = get_object_or_404(Host, slug=slug)
    niche = Niche.objects.filter(slug=request.GET.get("niche", "")).first()
    page = page_of(request, shows_of(host, niche), SHOWS_ON_A_PAGE)
    context = {
        "host": host,
        "niche": niche,
        "page": page,
        "cards": event_cards(shows_of(host, niche).filter(pk__in=[event.pk for event in page])),
        "query": address_of(request),
    }
    return render(request, "events/host_shows.html", context)


@login_required
@require_POST
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a host, or with `do=unfollow` no more; both may be said twice."""
    host = get_object_or_404(Host, slug=slug)
    if request.POST.get("do") == "unfollow":
        following.unfollow(host, user=person(request))
        messages.success(request, _("You follow %(host)s no more.") % {"host": host.name})
    else:
        following.follow(host, user=person(request), now=timezone.now())
        messages.success(
            request, _("You follow %(host)s. We write to you when a show is announced.") % {"host": host.name}
        )
    return redirect("host-profile", host.slug)
