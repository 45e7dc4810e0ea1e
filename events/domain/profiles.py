"""A host's public face: what they know and on what evidence, counted where the platform saw it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from events.enums import EvidenceKind
from events.holidays.regions import language_name, market_name
from events.models import Credibility, Event, Host, HostEvidence, HostFollow, HostTie, LineupItem, Niche
from events.models.event import EventQuerySet
from events.queries import EventCard, lists_of_cards
from events.queries_hosts import children_of, current_ties, known_scores, niche_name
from events.signals import answers_asked

COMING, SHOWN = 12, 6
COUNTED = (EvidenceKind.SHOW, EvidenceKind.ANSWER)
# Confidence in basis points, and what it is called up to there.
LITTLE, SOME = 3_000, 7_000


@dataclass(frozen=True, slots=True)
class Record:
    """Shows given and questions answered, as the platform saw them, by product category."""

    shows: dict[int, set[str]]
    answers: dict[str, int]

    def shows_in(self, categories: Iterable[str]) -> int:
        wanted = set(categories)
        return sum(1 for shown in self.shows.values() if shown & wanted)

    def answers_in(self, categories: Iterable[str]) -> int:
        return sum(self.answers.get(category, 0) for category in set(categories))

    @property
    def answered(self) -> int:
        return sum(self.answers.values())


@dataclass(frozen=True, slots=True)
class Known:
    """One niche of a host with everything that speaks for it."""

    niche: Niche
    evidence: list[HostEvidence]
    credibility: Credibility | None
    shows: int
    answers: int

    @property
    def sure(self) -> str:
        return sure_words(self.credibility.confidence) if self.credibility else ""


@dataclass(frozen=True, slots=True)
class HostProfile:
    """Everything the profile page shows; `languages` and `markets` are named in the viewer's language."""

    host: Host
    known: list[Known]
    languages: list[str]
    markets: list[str]
    ties: list[HostTie]
    live: list[EventCard]
    upcoming: list[EventCard]
    past: list[EventCard]
    shows: int
    answers: int


def host_profile(host: Host, *, now: datetime) -> HostProfile:
    """The profile of `host`; drafts are never in it. A bounded number of queries."""
    shows = Event.objects.filter(event_hosts__host=host)
    record = record_of(host)
    live, upcoming, past = lists_of_cards(shows.live(), shows.upcoming(now)[:COMING], shows.past()[:SHOWN])
    return HostProfile(
        host=host,
        known=_known(host, record),
        languages=[language_name(tag) for tag in host.languages],
        markets=[market_name(code) for code in host.markets],
        ties=list(current_ties(timezone.localdate(now)).filter(host=host)),
        live=live,
        upcoming=upcoming,
        past=past,
        shows=len(record.shows),
        answers=record.answered,
    )


def record_of(host: Host) -> Record:
    """What the platform saw of `host`: one query here, and what the apps above answer."""
    given = Event.objects.past().filter(event_hosts__host=host)
    shows: dict[int, set[str]] = {pk: set() for pk in given.order_by().values_list("pk", flat=True)}
    items = LineupItem.objects.filter(event__in=shows).order_by()
    for event, category in items.values_list("event", "product__category").distinct():
        shows[event].add(category)
    answers: dict[str, int] = {}
    told: list[tuple[Any, Any]] = answers_asked.send(sender=Host, host=host)
    for _receiver, rows in told:
        for category, count in rows:
            answers[category] = answers.get(category, 0) + count
    return Record(shows, answers)


def _known(host: Host, record: Record) -> list[Known]:
    evidence = list(host.evidence.exclude(kind__in=COUNTED))
    scores = {row.niche_id: row for row in known_scores().filter(host=host).select_related("niche")}
    niches = list(host.niches.prefetch_related("children"))
    known = [_one_known(niche, evidence, scores.get(niche.pk), record) for niche in niches]
    return sorted(known, key=lambda one: (-_score(one), -len(one.evidence), niche_name(one.niche)))


def _score(known: Known) -> int:
    return known.credibility.score if known.credibility else 0


def _one_known(
    niche: Niche, evidence: list[HostEvidence], credibility: Credibility | None, record: Record
) -> Known:
    categories = categories_of(niche)
    return Known(
        niche=niche,
        evidence=[row for row in evidence if row.niche_id == niche.pk],
        credibility=credibility,
        shows=record.shows_in(categories),
        answers=record.answers_in(categories),
    )


def categories_of(niche: Niche) -> set[str]:
    """The product categories a niche speaks about; a group speaks about those of its niches."""
    return {category for one in (niche, *children_of(niche)) for category in one.categories}


def shows_of(host: Host, niche: Niche | None = None) -> EventQuerySet:
    """The shows `host` gave, the newest first; with `niche` those that had a piece it speaks about."""
    shows = Event.objects.past().filter(event_hosts__host=host)
    if niche is None:
        return shows
    return shows.filter(lineup__product__category__in=categories_of(niche)).distinct()


def sure_words(confidence: int) -> str:
    """How much is known behind a score, in words; `confidence` in basis points."""
    if confidence < LITTLE:
        return _("little known yet")
    return _("some is known") if confidence < SOME else _("well known")


def follows(user: User | None, host: Host) -> bool:
    """Whether this person is told of the host's shows."""
    return user is not None and HostFollow.objects.filter(host=host, user=user).exists()
