"""Finding hosts: by niche, language, market and words, in one query over indexes or short text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language

from events.enums import EventState
from events.holidays.regions import language_name, market_name
from events.models import Credibility, EventHost, Host, HostTie, Niche

TAG = re.compile(r"[A-Za-z0-9-]{2,20}")
MARKET = re.compile(r"[A-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a host is looked for by; an empty part narrows nothing. `niches` are slugs, any of them fits."""

    words: str = ""
    niches: tuple[str, ...] = ()
    language: str = ""
    market: str = ""


def search(asked: Asked) -> QuerySet[Host]:
    """Hosts that fit all of `asked`: with niches by `score` (the best there, empty last), else by name.

    A group of niches finds its children; `zh` finds `zh-Hans`; a host without markets speaks to all.
    """
    hosts = Host.objects.all()
    for word in asked.words.split()[:5]:
        hosts = hosts.filter(Q(name__icontains=word) | Q(headline__icontains=word) | Q(cause__icontains=word))
    if asked.language:
        hosts = _speaking(hosts, asked.language)
    if asked.market:
        hosts = _selling_to(hosts, asked.market)
    if not asked.niches:
        return hosts.order_by("name", "pk")
    ids = niche_ids(asked.niches)
    return _by_score(hosts.filter(pk__in=_with_niche(ids)), ids)


def _with_niche(ids: Iterable[int]) -> QuerySet:
    return Host.niches.through.objects.filter(niche__in=ids).values("host")


def _speaking(hosts: QuerySet[Host], tag: str) -> QuerySet[Host]:
    # JSON `contains` is PostgreSQL's alone; the stored text is short and quoted the same everywhere.
    if not TAG.fullmatch(tag):
        return hosts.none()
    spoken = hosts.annotate(tags_text=Cast("languages", TextField()))
    return spoken.filter(Q(tags_text__icontains=f'"{tag}"') | Q(tags_text__icontains=f'"{tag}-'))


def _selling_to(hosts: QuerySet[Host], market: str) -> QuerySet[Host]:
    if not MARKET.fullmatch(market):
        return hosts.none()
    placed = hosts.annotate(markets_text=Cast("markets", TextField()))
    return placed.filter(Q(markets_text__icontains=f'"{market}"') | Q(markets_text="[]"))


def _by_score(hosts: QuerySet[Host], ids: list[int]) -> QuerySet[Host]:
    from_here = known_scores().filter(host=OuterRef("pk"), niche__in=ids).order_by("-score", "-confidence")
    scored = hosts.annotate(
        score=Subquery(from_here.values("score")[:1]), sure=Subquery(from_here.values("confidence")[:1])
    )
    return scored.order_by(F("score").desc(nulls_last=True), F("sure").desc(nulls_last=True), "name", "pk")


def known_scores() -> QuerySet[Credibility]:
    """Scores with something behind them: where nothing was seen yet there is no figure to show or rank by."""
    return Credibility.objects.filter(confidence__gt=0)


def with_profiles(hosts: QuerySet[Host]) -> QuerySet[Host]:
    """Load what a list shows of each host: niches and credibility. Two queries more, however many hosts."""
    rows = known_scores().select_related("niche").order_by("-score", "niche__name")
    return hosts.prefetch_related("niches", Prefetch("credibility", queryset=rows))


# --- The taxonomy: a table of a few dozen rows, read whole -------------------------------------------------


@dataclass(slots=True)
class Group:
    """A branch of the taxonomy with the niches under it."""

    niche: Niche
    children: list[Niche] = field(default_factory=list)


def niche_groups() -> list[Group]:
    """The taxonomy by name in the active language: groups, then niches that belong to none."""
    niches = sorted(Niche.objects.all(), key=niche_name)
    groups = {niche.pk: Group(niche) for niche in niches if niche.parent_id is None}
    for niche in niches:
        if niche.parent_id in groups:
            groups[niche.parent_id].children.append(niche)
    return sorted(groups.values(), key=lambda group: not group.children)


def niche_name(niche: Niche) -> str:
    """The niche in the active language."""
    names: dict[str, str] = niche.names
    language = get_language() or "en"
    return names.get(language) or names.get(language.split("-")[0]) or niche.name


def children_of(niche: Niche) -> list[Niche]:
    """The niches under a group; none under a niche."""
    return list(niche.children.all())


def niche_ids(slugs: Iterable[str]) -> list[int]:
    """The niches of these slugs and everything below them."""
    wanted = set(slugs)
    rows = Niche.objects.values_list("pk", "slug", "parent")
    found = {pk for pk, slug, _parent in rows if slug in wanted}
    return sorted(found | {pk for pk, _slug, parent in rows if parent in found})


def niches_for(categories: Iterable[str]) -> list[Niche]:
    """The niches that speak about any of these product categories."""
    wanted = set(categories)
    return [niche for niche in Niche.objects.all() if wanted & set(niche.categories)]


def spoken_languages() -> list[tuple[str, str]]:
    """The tags hosts speak with their names, for a filter. Reads distinct lists, not every host."""
    lists = Host.objects.order_by().values_list("languages", flat=True).distinct()
    tags = {tag for spoken in lists for tag in spoken}
    return sorted(((tag, language_name(tag)) for tag in tags), key=lambda pair: pair[1])


def served_markets() -> list[tuple[str, str]]:
    """The markets hosts speak to with their names, for a filter."""
    lists = Host.objects.order_by().values_list("markets", flat=True).distinct()
    codes = {code for served in lists for code in served}
    return sorted(((code, market_name(code)) for code in codes), key=lambda pair: pair[1])


# --- What lists show beside each host ----------------------------------------------------------------------


def shows_given(hosts: Sequence[Host], **narrowed: object) -> dict[int, int]:
    """How many shows each host gave, by the host's number; `narrowed` filters the shows. One query."""
    past = EventHost.objects.filter(
        host__in=hosts, event__state__in=[EventState.ENDED, EventState.REPLAY], **narrowed
    )
    return dict(past.order_by().values_list("host").annotate(n=Count("pk")))


def current_ties(on: date) -> QuerySet[HostTie]:
    """Ties that last on the day `on`, both ends included."""
    lasting = Q(until=None) | Q(until__gte=on)
    return HostTie.objects.filter(lasting, since__lte=on).select_related("brand").order_by("-since", "pk")


def ties_by_host(hosts: Sequence[Host], *, on: date) -> dict[int, list[HostTie]]:
    """The ties of each host on the day `on`. One query."""
    found: dict[int, list[HostTie]] = {}
    for tie in current_ties(on).filter(host__in=hosts):
        found.setdefault(tie.host_id, []).append(tie)
    return found
