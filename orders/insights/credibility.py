"""Credibility of hosts by niche: counted from what the platform saw, kept in `events.Credibility`."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.core.cache import caches
from django.db import transaction
from django.db.models import Max, QuerySet

from events.models import Credibility, EventHost, Host
from livechat.models import AccuracyReport, AnswerVerdict, Question
from orders.insights.formula import (
    ACCURATE,
    BACK,
    HELPFUL,
    KEPT,
    SOLD,
    VERSION,
    Count,
    confidence,
    score,
    told,
)
from orders.insights.seen import Seen, seen_of, visits
from orders.models import Attribution

Field = tuple[int, int]  # host, niche
Counts = dict[str, Count]
# A host's figures change at most once in this time, however much happens.
AT_MOST = timedelta(hours=1)
# How often anybody looks for hosts with something new, and how many are computed at once.
LOOK_EVERY = timedelta(minutes=10)
MOST_HOSTS = 50
# Facts older than this were seen by an earlier look; what is looked for after a long pause is everything.
LOOK_BACK = timedelta(hours=26)
KEY = "credibility-looked-at"


def counts_of(fields: dict[Field, frozenset[str]], seen: Seen) -> dict[Field, Counts]:
    """The five counts of each (host, niche) from the facts; `fields` gives each niche's categories."""
    by_category = _by_category(seen)
    found: dict[Field, Counts] = {}
    for (host, niche), categories in fields.items():
        sums: Counts = defaultdict(Count)
        for category in categories:
            for key, count in by_category.get((host, category), {}).items():
                sums[key] += count
        found[host, niche] = dict(sums)
    for field, count in came_back(shows_in(fields, seen)).items():
        found[field][BACK] = count
    return found


def shows_in(fields: dict[Field, frozenset[str]], seen: Seen) -> dict[Field, list[int]]:
    """The shows of each host that had a piece of the niche in their line-up, by start."""
    theirs: dict[int, list[int]] = defaultdict(list)
    for show in seen.shows:
        for host, _user, _name in show.hosts:
            theirs[host].append(show.event)
    return {
        (host, niche): [event for event in theirs[host] if seen.categories.get(event, set()) & categories]
        for (host, niche), categories in fields.items()
    }


def came_back(shows: dict[Field, list[int]]) -> dict[Field, Count]:
    """Viewers with a second show among all viewers, per (host, niche)."""
    fields: dict[int, list[Field]] = defaultdict(list)
    for field, events in shows.items():
        for event in events:
            fields[event].append(field)
    all_, twice = dict.fromkeys(shows, 0), dict.fromkeys(shows, 0)
    for visited in _by_viewer(visits(list(fields))):
        times: dict[Field, int] = defaultdict(int)
        for event in visited:
            for field in fields[event]:
                times[field] += 1
        for field, n in times.items():
            all_[field] += 1
            twice[field] += n > 1
    return {field: Count(twice[field], all_[field]) for field in shows}


def compute(hosts: Collection[int], *, now: datetime) -> int:
    """Compute and keep the figures of these hosts; how many (host, niche) pairs.

    A constant number of queries. Figures of niches a host no longer has are taken away.
    """
    fields = fields_of(hosts)
    counted = counts_of(fields, seen_of(hosts))
    rows = [
        Credibility(
            host_id=host,
            niche_id=niche,
            score=score(counts),
            confidence=confidence(counts),
            inputs=told(counts),
            formula=VERSION,
            computed_at=now,
        )
        for (host, niche), counts in counted.items()
    ]
    with transaction.atomic():
        Credibility.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["host", "niche"],
            update_fields=["score", "confidence", "inputs", "formula", "computed_at"],
        )
        Credibility.objects.filter(host__in=hosts).exclude(computed_at=now).delete()
    return len(rows)


def fields_of(hosts: Collection[int]) -> dict[Field, frozenset[str]]:
    """The categories of every niche of these hosts; a niche without categories has nothing to be counted."""
    rows = Host.niches.through.objects.filter(host__in=hosts).order_by("host", "niche")
    found = rows.values_list("host", "niche", "niche__categories")
    return {(host, niche): frozenset(categories) for host, niche, categories in found if categories}


def refresh(*, now: datetime) -> int:
    """Bring hosts with something new up to date, at most once an hour each; how many hosts. For the sweep."""
    cache = caches["between_processes"]
    looked: datetime | None = cache.get(KEY)
    if looked is not None and now - looked < LOOK_EVERY:
        return 0
    cache.set(KEY, now, timeout=86_400)
    hosts = waiting(now=now, since=now - LOOK_BACK if looked else None)
    if hosts:
        compute(hosts, now=now)
    return len(hosts)


def waiting(*, now: datetime, since: datetime | None) -> list[int]:
    """Hosts with a niche and no figures, or facts newer than their figures; the longest waiting first."""
    computed = dict(
        Credibility.objects.order_by()
        .values("host")
        .annotate(at=Max("computed_at"))
        .values_list("host", "at")
    )
    newest = _newest_facts(since)
    fresh = Host.objects.filter(niches__isnull=False).exclude(pk__in=computed).exclude(niches__categories=[])
    found = list(fresh.order_by("pk").distinct().values_list("pk", flat=True)[:MOST_HOSTS])
    behind = [
        (at, host)
        for host, at in computed.items()
        if at <= now - AT_MOST and host in newest and newest[host] > at
    ]
    return (found + [host for _at, host in sorted(behind)])[:MOST_HOSTS]


def _newest_facts(since: datetime | None) -> dict[int, datetime]:
    """When each host was last judged, answered, sold through, reported or off the air; five queries."""
    newest: dict[int, datetime] = {}
    for rows, host, at in _facts():
        wanted = rows.filter(**{f"{at}__gt": since}) if since else rows.filter(**{f"{at}__isnull": False})
        found = wanted.order_by().values(host).annotate(newest=Max(at)).values_list(host, "newest")
        for who, when in found:
            if who is not None:
                newest[who] = max(newest.get(who, when), when)
    return newest


def _facts() -> Iterable[tuple[QuerySet, str, str]]:
    stage = "room__event__event_hosts__host"
    yield AnswerVerdict.objects.all(), f"question__{stage}", "at"
    yield Question.objects.all(), stage, "answered_at"
    yield Attribution.objects.all(), "host", "at"
    yield AccuracyReport.objects.all(), "host", "decided_at"
    yield EventHost.objects.all(), "host", "event__ended_at"


def _by_category(seen: Seen) -> dict[tuple[int, str], Counts]:
    found: dict[tuple[int, str], Counts] = defaultdict(lambda: defaultdict(Count))
    for answer in seen.answers:
        found[answer.host, answer.category][HELPFUL] += Count(answer.yes, answer.yes + answer.no)
    for sale in seen.bought:
        found[sale.host, sale.category][KEPT] += Count(sale.pieces - sale.returned, sale.pieces)
    for shown in seen.presented:
        if shown.left is not None:
            found[shown.host, shown.category][SOLD] += Count(shown.sold, shown.sold + shown.left)
    for place, count in _claims(seen).items():
        found[place][ACCURATE] += count
    return found


def _claims(seen: Seen) -> dict[tuple[int, str], Count]:
    """Statements without an upheld report among all statements: each answer is one, each piece presented in a
    show is one. Two reports of the same statement are one wrong statement.
    """
    made: dict[tuple[int, str], set[tuple[int, ...]]] = defaultdict(set)
    wrong: dict[tuple[int, str], set[tuple[int, ...]]] = defaultdict(set)
    for answer in seen.answers:
        made[answer.host, answer.category].add((answer.question,))
    for shown in seen.presented:
        made[shown.host, shown.category].add((shown.event, shown.product))
    for claim in seen.wrong:
        statement = (claim.question,) if claim.question else (claim.event, claim.product)
        # Said all the same, even where neither an answer nor a pin tells of it.
        made[claim.host, claim.category].add(statement)
        wrong[claim.host, claim.category].add(statement)
    return {place: Count(len(said) - len(wrong[place]), len(said)) for place, said in made.items()}


def _by_viewer(rows: Iterable[tuple[str, int]]) -> Iterable[set[int]]:
    """The shows of each viewer; `rows` come ordered by viewer."""
    before, visited = "", set[int]()
    for viewer, event in rows:
        if viewer != before and visited:
            yield visited
            visited = set()
        before = viewer
        visited.add(event)
    if visited:
        yield visited
