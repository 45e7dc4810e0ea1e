"""Finding hosts: by field, language, market, words and days; and what stands in the way."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from events.domain.hosts import clashes_of, free_hosts, host_clashes, suggest
from events.domain.niches import OURS, BadTaxonomy, load_niches, read
from events.domain.rivals import conflicts_of
from events.models import Event, Host, Niche
from events.queries_hosts import (
    Asked,
    niche_groups,
    niches_for,
    search,
    served_markets,
    spoken_languages,
    with_profiles,
)
from tests.factories.catalog import make_brand
from tests.factories.events import (
    NOW,
    make_away,
    make_credibility,
    make_engagement,
    make_event,
    make_event_host,
    make_host,
    make_niche,
    make_tie,
    make_vetting,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def names(hosts: Any) -> list[str]:
    return [host.name for host in hosts]


# --- Search ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("zh", ["Hans", "Plain"]),
        ("zh-Hans", ["Hans"]),
        ("ZH-hans", ["Hans"]),
        ("h", []),
        ("%", []),
        ('zh"', []),
        ("", ["Hans", "Other", "Plain"]),
    ],
)
def test_a_language_finds_its_scripts_and_nothing_that_only_looks_like_it(tag: str, found: list[str]) -> None:
    make_host(name="Hans", languages=["fr", "zh-Hans"])
    make_host(name="Plain", languages=["zh"])
    make_host(name="Other", languages=["zha", "en"])
    assert names(search(Asked(language=tag))) == found


@pytest.mark.parametrize(
    ("market", "found"), [("CN", ["A", "C"]), ("fr", ["B", "C"]), ("C%", []), ("XX", ["C"])]
)
def test_a_host_without_markets_speaks_to_all(market: str, found: list[str]) -> None:
    for name, served in (("A", ["CN", "HK"]), ("B", ["FR"]), ("C", [])):
        make_host(name=name, markets=served)
    assert names(search(Asked(market=market))) == found


def test_words_are_looked_for_in_name_headline_and_cause() -> None:
    make_host(name="Camille Aubry", headline="Reads a silk by its twist")
    make_host(name="Hana", headline="Tea", cause="Red pines of Kyoto")
    assert names(search(Asked(words="silk camille"))) == ["Camille Aubry"]
    assert names(search(Asked(words="kyoto"))) == ["Hana"]
    assert names(search(Asked(words="silk kyoto"))) == []
    assert names(search(Asked(words="100%_"))) == []


def test_a_group_finds_its_niches_and_the_most_credible_come_first() -> None:
    group = make_niche(slug="textiles")
    silk, wool = make_niche(slug="silk", parent=group), make_niche(slug="wool", parent=group)
    new, known, best, sure = (make_host(name=name) for name in ("New", "Known", "Best", "Sure"))
    new.niches.add(silk)
    make_credibility(known, silk, score=6_000)
    make_credibility(best, wool, score=9_000, confidence=1_000)
    make_credibility(best, silk, score=1_000)
    make_credibility(sure, silk, score=6_000, confidence=9_000)
    make_credibility(make_host(name="Elsewhere"), make_niche(), score=10_000)
    assert names(search(Asked(niches=("textiles",)))) == ["Best", "Sure", "Known", "New"]
    assert names(search(Asked(niches=("silk",)))) == ["Sure", "Known", "Best", "New"]
    assert names(search(Asked(niches=("unknown",)))) == []


def test_the_choices_are_those_hosts_have() -> None:
    make_host(languages=["fr", "en"], markets=["FR"])
    make_host(languages=["en", "fr"], markets=["CN", "FR"])
    assert spoken_languages() == [("en", "English"), ("fr", "French")]
    assert served_markets() == [("CN", "China"), ("FR", "France")]


def test_five_hundred_hosts_are_searched_as_one(django_assert_num_queries: Any) -> None:
    niche = make_niche(slug="silk")
    Host.objects.bulk_create(
        Host(slug=f"h{n}", name=f"H {n:03}", headline="Knows", languages=["fr", "zh-Hans"])
        for n in range(500)
    )
    Host.niches.through.objects.bulk_create(
        Host.niches.through(host_id=pk, niche_id=niche.pk) for pk in Host.objects.values_list("pk", flat=True)
    )
    asked = Asked("know", ("silk",), "zh", "CN")
    for size in (1, 24):
        with django_assert_num_queries(4):  # the taxonomy, the page, their niches, their credibility
            assert len(with_profiles(search(asked))[:size]) == size


# --- The taxonomy ------------------------------------------------------------------------------------------


def test_our_taxonomy_is_loaded_once_and_in_groups() -> None:
    count = load_niches()
    assert (load_niches(), Niche.objects.count()) == (count, count)
    groups = niche_groups()
    assert len(groups) == 7
    assert sum(len(group.children) for group in groups) >= 24
    assert {niche.slug for niche in niches_for(["tea"])} == {"tea-ceramics", "chinese-tea"}
    assert all(
        names.keys() >= {"en", "zh-hans", "fr"} for names in Niche.objects.values_list("names", flat=True)
    )


def test_loading_again_renames_and_leaves_others_alone() -> None:
    own = make_niche(slug="our-own")
    make_niche(slug="silk-textiles", name="Old name")
    load_niches()
    own.refresh_from_db()
    assert (own.parent, Niche.objects.get(slug="silk-textiles").name) == (None, "Silk and textiles")


@pytest.mark.parametrize(
    "text",
    [
        "[[group]",
        '[[group]]\nnames = { en = "A" }',
        '[[group]]\nslug = "a b"\nnames = { en = "A" }',
        '[[group]]\nslug = "a"\nnames = { fr = "A" }',
        '[[group]]\nslug = "a"\nnames = { en = "A" }\n[[group]]\nslug = "a"\nnames = { en = "B" }',
        '[[group]]\nslug = "a"\nnames = { en = "A" }\ncategories = [1]',
    ],
)
def test_a_bad_taxonomy_changes_nothing(text: str, tmp_path: Any) -> None:
    file = tmp_path / "niches.toml"
    file.write_text(text)
    with pytest.raises(BadTaxonomy):
        load_niches(file)
    with pytest.raises(BadTaxonomy):
        read(tmp_path / "missing.toml")
    assert (Niche.objects.count(), OURS.exists()) == (0, True)


# --- Free or not -------------------------------------------------------------------------------------------


def show_of(host: Host, *, starts_in: timedelta, lasts: timedelta = HOUR, **over: Any) -> Event:
    event = make_event(
        **({"state": "scheduled", "starts_at": NOW + starts_in, "ends_at": NOW + starts_in + lasts} | over)
    )
    make_event_host(event, host=host)
    return event


@pytest.mark.parametrize(
    ("starts_in", "told"),
    [
        (timedelta(0), [True]),
        (-HOUR + timedelta(seconds=1), [True]),
        (-HOUR, [False]),
        (2 * HOUR, [False]),
        (5 * HOUR - timedelta(seconds=1), [False]),
        (5 * HOUR, []),
        (-4 * HOUR, []),
    ],
)
def test_a_host_needs_three_hours_between_shows(starts_in: timedelta, told: list[bool]) -> None:
    host = make_host()
    show_of(host, starts_in=starts_in)
    found = host_clashes(host, NOW, NOW + 2 * HOUR)
    assert [clash.hard for clash in found] == told
    free = free_hosts(Host.objects.all(), NOW, NOW + 2 * HOUR)
    assert list(free) == ([] if told else [host])


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("scheduled", 1),
        ("rehearsal", 1),
        ("live", 1),
        ("draft", 0),
        ("ended", 0),
        ("replay", 0),
        ("cancelled", 0),
    ],
)
def test_only_what_is_ahead_keeps_a_host(state: str, told: int) -> None:
    host = make_host()
    show_of(host, starts_in=timedelta(0), state=state)
    assert len(host_clashes(host, NOW, NOW + HOUR)) == told


def test_the_show_itself_is_no_clash() -> None:
    host = make_host()
    event = show_of(host, starts_in=timedelta(0))
    assert host_clashes(host, NOW, NOW + HOUR, event) == []


def test_another_brands_draft_is_told_without_its_name_and_only_when_accepted() -> None:
    host = make_host()
    event = show_of(host, starts_in=timedelta(0), state="draft", title="Secret")
    assert host_clashes(host, NOW, NOW + HOUR, brand=make_brand()) == []
    assert [clash.event for clash in host_clashes(host, NOW, NOW + HOUR, brand=event.brand)] == [event]
    make_engagement(event, host=host, state="accepted")
    (clash,) = host_clashes(host, NOW, NOW + HOUR, brand=make_brand())
    assert (clash.event, clash.reason) == (None, "Busy with another show then.")


@pytest.mark.parametrize(
    ("at", "away"),
    [
        (datetime(2026, 11, 19, 14, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 19, 15, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 21, 14, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 21, 15, 0, tzinfo=UTC), False),
    ],
)
def test_days_away_count_on_the_hosts_own_clock(at: datetime, away: bool) -> None:
    host = make_host(time_zone="Asia/Tokyo")
    make_away(host, date(2026, 11, 20), date(2026, 11, 21))
    found = host_clashes(host, at, at + timedelta(seconds=30))
    assert [clash.reason for clash in found] == (["Away from 20 Nov to 21 Nov."] if away else [])
    assert free_hosts(Host.objects.all(), at, at + timedelta(seconds=30)).exists() is not away


def test_many_hosts_are_asked_at_once(django_assert_num_queries: Any) -> None:
    hosts = [make_host() for _ in range(6)]
    for host in hosts:
        show_of(host, starts_in=timedelta(0))
        make_away(host, NOW.date(), NOW.date())
    for some in (hosts[:1], hosts):
        with django_assert_num_queries(2):
            assert {len(found) for found in clashes_of(some, NOW, NOW + HOUR).values()} == {2}


# --- Competing brands --------------------------------------------------------------------------------------


def test_ties_and_shows_for_rivals_are_told_while_they_matter() -> None:
    ours, rival, other = make_brand(), make_brand(name="Rival"), make_brand(name="Other")
    ours.rivals.add(rival)
    host = make_host()
    today = NOW.date()
    make_tie(host, brand=rival, kind="paid")
    make_tie(host, brand=rival, until=today - timedelta(days=1))
    make_tie(host, brand=other)
    for days, state in (
        (29, "scheduled"),
        (-29, "replay"),
        (31, "scheduled"),
        (1, "draft"),
        (1, "cancelled"),
    ):
        show_of(host, starts_in=timedelta(days=days), state=state, brand=rival, title=f"In {days}")
    assert [found.reason for found in conflicts_of([host], ours, on=today)[host.pk]] == [
        "Tied to your rival Rival (Paid work).",
        "Hosts “In -29” for your rival Rival on 13 Oct 2026.",
        "Hosts “In 29” for your rival Rival on 10 Dec 2026.",
    ]
    assert conflicts_of([host], rival, on=today)[host.pk] == []


@pytest.mark.parametrize(
    ("categories", "asked", "told"),
    [
        ([], [], True),
        ([], ["silk"], True),
        (["silk"], ["silk", "tea"], True),
        (["silk"], ["tea"], False),
        (["silk"], [], True),
    ],
)
def test_an_exclusive_tie_counts_where_categories_meet(
    categories: list[str], asked: list[str], told: bool
) -> None:
    host, ours = make_host(), make_brand()
    make_tie(
        host, brand=make_brand(name="Theirs"), exclusive=True, categories=categories, until=date(2027, 1, 31)
    )
    found = conflicts_of([host], ours, on=NOW.date(), categories=asked)[host.pk]
    assert [(one.exclusive, one.reason) for one in found] == (
        [(True, "Exclusive to Theirs (Ambassador) until 31 Jan 2027.")] if told else []
    )


def test_an_exclusive_tie_to_us_is_none_against_us() -> None:
    host, ours = make_host(), make_brand()
    make_tie(host, brand=ours, exclusive=True)
    assert conflicts_of([host], ours, on=NOW.date())[host.pk] == []


# --- Suggestions -------------------------------------------------------------------------------------------


def test_the_free_come_before_the_busy_and_the_refused_do_not_come() -> None:
    ours, niche = make_brand(), make_niche(name="Silk", categories=["silk"])
    busy, free, refused = (make_host(name=name, languages=["fr"]) for name in ("Busy", "Free", "Refused"))
    make_credibility(busy, niche, score=9_000)
    make_credibility(free, niche, score=5_000)
    make_credibility(refused, niche)
    make_vetting(refused, ours, state="refused")
    make_host(name="Knows tea", languages=["fr"])
    show_of(busy, starts_in=timedelta(0), title="Elsewhere")
    past = make_event(state="replay", brand=ours)
    make_event_host(past, host=free)
    found = suggest(
        brand=ours, now=NOW, categories=["silk"], language="fr", starts_at=NOW, ends_at=NOW + HOUR
    )
    assert [(one.host.name, one.free, one.score) for one in found] == [
        ("Free", True, 5_000),
        ("Busy", False, 9_000),
    ]
    assert found[0].reasons == ["Known for Silk.", "Gave 1 show for you."]
    assert [clash.event.title for clash in found[1].clashes if clash.event] == ["Elsewhere"]


def test_a_language_nobody_speaks_is_not_insisted_on() -> None:
    host, niche = make_host(markets=["FR"]), make_niche(slug="silk", name="Silk")
    host.niches.add(niche)
    found = suggest(brand=make_brand(), now=NOW, niches=["silk"], language="th", market="FR")
    assert [(one.host, one.reasons[-1]) for one in found] == [(host, "Known for Niche.")] or found[
        0
    ].host == host
    assert suggest(brand=make_brand(), now=NOW, niches=["nothing"]) == []


def test_suggestions_ask_a_bounded_number_of_queries(django_assert_max_num_queries: Any) -> None:
    niche = make_niche(categories=["silk"])
    for _ in range(12):
        make_credibility(make_host(), niche)
    with django_assert_max_num_queries(10):
        assert (
            len(suggest(brand=make_brand(), now=NOW, categories=["silk"], starts_at=NOW, ends_at=NOW + HOUR))
            == 6
        )
