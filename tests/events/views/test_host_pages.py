"""The public pages of hosts, their own pages, and the studio's choosing and inviting."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from events.models import Engagement, Event, Host, HostFollow, Niche
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member, make_product
from tests.factories.events import (
    NOW,
    make_credibility,
    make_engagement,
    make_event,
    make_event_host,
    make_evidence,
    make_host,
    make_lineup_item,
    make_niche,
    make_tie,
)
from tests.factories.livechat import make_question, make_room

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def own(**over: Any) -> tuple[Host, Client]:
    user = make_user()
    return make_host(user=user, **over), signed_in(user)


def studio(**over: Any) -> tuple[Event, Client]:
    event, user = make_event(**over), make_user()
    make_member(user, event.brand)
    return event, signed_in(user)


# --- In public ---------------------------------------------------------------------------------------------


def test_hosts_narrow_by_niche_language_and_market(client: Client) -> None:
    silk = make_host(name="A", languages=["fr", "zh-Hans"], markets=["CN"])
    tea = make_host(name="B", languages=["ja"], markets=["JP"])
    silk.niches.add(make_niche(slug="silk", parent=make_niche(slug="textiles")))
    found = {
        query: [host for host, _score, _sure in client.get(f"/hosts/?{query}").context["rows"]]
        for query in ("", "niche=silk", "niche=textiles", "language=zh", "market=jp", "niche=none", "page=99")
    }
    assert found == {
        "": [silk, tea], "niche=silk": [silk], "niche=textiles": [silk], "language=zh": [silk],
        "market=jp": [tea], "niche=none": [silk, tea], "page=99": [silk, tea],
    }  # fmt: skip


@pytest.mark.parametrize("count", [2, 60])
def test_the_list_asks_the_same_of_few_and_many(
    count: int, client: Client, django_assert_num_queries: Any
) -> None:
    niche = make_niche(slug="silk")
    Host.objects.bulk_create(
        Host(slug=f"h{n}", name=f"H {n:03}", headline="Knows", languages=["fr"]) for n in range(count)
    )
    rows = [Host.niches.through(host_id=host.pk, niche_id=niche.pk) for host in Host.objects.all()]
    Host.niches.through.objects.bulk_create(rows)
    with django_assert_num_queries(10):
        page = client.get("/hosts/?niche=silk&language=fr")
    assert len(page.context["rows"]) == min(count, 24)


def test_a_score_is_shown_with_how_sure_it_is_and_not_when_nothing_is_behind_it(client: Client) -> None:
    niche = make_niche(name="Silk", slug="silk")
    make_credibility(make_host(name="Seen"), niche, score=8_149, confidence=2_999)
    make_credibility(make_host(name="Unseen"), niche, score=9_900, confidence=0)
    rows = client.get("/hosts/?niche=silk").context["rows"]
    assert [(host.name, score and score.score, sure) for host, score, sure in rows] == [
        ("Seen", 8_149, "little known yet"), ("Unseen", None, ""),
    ]  # fmt: skip


def test_a_profile_gives_evidence_by_niche_and_shows_without_drafts(client: Client) -> None:
    now = timezone.now()
    host = make_host(slug="camille", languages=["fr"], markets=["FR"])
    row = make_evidence(host, niche=make_niche(name="Silk"))
    make_evidence(host, niche=row.niche, kind="answer", statement="412 questions answered")
    tie, _over = make_tie(host), make_tie(host, until=date(2026, 1, 1))
    shows = {state: make_event(state=state, now=now) for state in ("draft", "scheduled", "live", "replay")}
    for show in shows.values():
        make_event_host(show, host=host)
    answer = client.get("/hosts/camille/")
    profile = answer.context["profile"]
    assert [(n.niche.name, n.evidence) for n in profile.known] == [("Silk", [row])]
    assert (profile.languages, profile.markets, profile.ties) == (["French"], ["France"], [tie])
    assert [[c.event for c in cards] for cards in (profile.live, profile.upcoming, profile.past)] == [
        [shows["live"]], [shows["scheduled"]], [shows["replay"]],
    ]  # fmt: skip
    assert "412 questions" not in answer.content.decode()
    assert client.get("/hosts/nobody/").status_code == 404


def test_shows_and_answers_are_counted_where_their_pieces_belong_and_can_be_opened(client: Client) -> None:
    host = make_host(slug="camille", user=make_user())
    silk, tea = make_niche(slug="silk", categories=["silk"]), make_niche(slug="tea", categories=["tea"])
    host.niches.add(silk, tea)
    given = make_event(state="replay")
    make_event_host(given, host=host)
    scarf = make_lineup_item(given, product=make_product(brand=given.brand, category="silk")).product
    room = make_room(event=given)
    told = {"product": scarf, "state": "answered", "answered_by": host.user, "answered_at": NOW}
    make_question(room, text="Is it lined?", answer="In goat.", **told)
    make_question(room, text="Of the crowd?", answer="No.", rehearsal=True, **told)
    make_question(room, text="Unseen?", answer="No.", hidden=True, **told)
    make_question(room, text="By another?", answer="No.", **(told | {"answered_by": make_user()}))
    profile = client.get("/hosts/camille/").context["profile"]
    assert (profile.shows, profile.answers) == (1, 1)
    assert {one.niche.slug: (one.shows, one.answers) for one in profile.known} == {
        "silk": (1, 1), "tea": (0, 0),
    }  # fmt: skip
    pages = [
        f"/hosts/camille/{part}/?niche={niche}" for part in ("shows", "answers") for niche in ("silk", "tea")
    ]
    assert [client.get(page).context["page"].paginator.count for page in pages] == [1, 0, 1, 0]
    assert b"In goat." in client.get("/hosts/camille/answers/").content
    assert client.get("/hosts/nobody/answers/").status_code == 404


def test_following_works_without_script_and_says_so() -> None:
    host, user = make_host(), make_user()
    client, url = signed_in(user), reverse("host-follow", args=[host.slug])
    assert Client().post(url).url.startswith("/account/login/")
    for do, follows in (("follow", True), ("follow", True), ("unfollow", False), ("unfollow", False)):
        assert client.post(url, {"do": do}).status_code == 302
        assert client.get(reverse("host-profile", args=[host.slug])).context["follows"] is follows
    assert (client.get(url).status_code, HostFollow.objects.count()) == (405, 0)


def test_niches_have_the_viewers_name(client: Client) -> None:
    host = make_host(slug="camille")
    host.niches.add(make_niche(name="Silk", names={"en": "Silk", "zh-hans": "丝绸"}))
    page = client.get("/hosts/camille/", headers={"accept-language": "zh-Hans"})
    assert "丝绸" in page.content.decode()


def test_the_taxonomy_is_loaded_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_niches")
    assert f"{Niche.objects.count()} niches" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("load_niches", "/nowhere.toml")


# --- A host's own pages ------------------------------------------------------------------------------------


GOOD = {
    "do": "save", "headline": "Reads a silk", "story": "Long ago.", "cause": "", "languages": ["fr", "en"],
    "markets": ["CN"], "time_zone": "Europe/Paris", "disclosure": "",
}  # fmt: skip


def test_a_host_writes_their_own_profile() -> None:
    host, client = own()
    assert client.post(reverse("host-own-profile"), GOOD).status_code == 302
    host.refresh_from_db()
    assert (host.headline, sorted(host.languages), host.markets, host.time_zone) == (
        "Reads a silk", ["en", "fr"], ["CN"], "Europe/Paris",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "form", "field"),
    [
        ({"headline": ""}, "form", "headline"),
        ({"headline": "x" * 141}, "form", "headline"),
        ({"languages": []}, "form", "languages"),
        ({"languages": ["klingon"]}, "form", "languages"),
        ({"markets": ["XX"]}, "form", "markets"),
        ({"time_zone": "Mars/Olympus"}, "form", "time_zone"),
        ({"do": "tie", "tie-kind": "paid", "tie-since": "2026-01-01"}, "tie_form", "brand"),
        (
            {"do": "tie", "tie-kind": "love", "tie-since": "2026-01-01", "tie-brand_name": "A"},
            "tie_form", "kind",
        ),
        ({"do": "tie", "tie-kind": "paid", "tie-since": "soon", "tie-brand_name": "A"}, "tie_form", "since"),
        (
            {"do": "tie", "tie-kind": "paid", "tie-since": "2026-02-01", "tie-until": "2026-01-01",
             "tie-brand_name": "A"},
            "tie_form", "until",
        ),
        (
            {"do": "away", "away-starts_on": "2026-02-02", "away-ends_on": "2026-02-01"},
            "away_form", "ends_on",
        ),
        (
            {"do": "away", "away-starts_on": "2026-02-02", "away-ends_on": "2027-02-03"},
            "away_form", "ends_on",
        ),
        ({"do": "away", "away-starts_on": "", "away-ends_on": "2026-02-01"}, "away_form", "starts_on"),
    ],
)  # fmt: skip
def test_bad_input_is_told_beside_its_field(change: dict[str, Any], form: str, field: str) -> None:
    _host, client = own()
    answer = client.post(reverse("host-own-profile"), GOOD | change)
    assert (answer.status_code, sorted(answer.context[form].errors)) == (422, [field])


def test_ties_are_added_and_ended_but_stay_on_record() -> None:
    host, client = own()
    url, brand = reverse("host-own-profile"), make_brand(slug="maison")
    client.post(url, {"do": "tie", "tie-brand": "maison", "tie-kind": "paid", "tie-since": "2026-01-01"})
    tie = host.ties.get()
    assert (tie.brand, tie.until) == (brand, None)
    client.post(url, {"do": "end-tie", "tie": tie.pk, "until": "2026-03-01"})
    client.post(url, {"do": "end-tie", "tie": tie.pk, "until": "2026-04-01"})
    assert host.ties.get().until == date(2026, 3, 1)
    assert own()[1].post(url, {"do": "end-tie", "tie": tie.pk}).status_code == 404
    assert client.post(url, {"do": "end-tie", "tie": "9" * 30}).status_code == 404


def test_days_away_come_and_go() -> None:
    host, client = own()
    url, day = reverse("host-own-profile"), timezone.localdate() + timedelta(days=3)
    for _ in range(2):
        client.post(url, {"do": "away", "away-starts_on": day, "away-ends_on": day})
    row = host.away.get()
    own()[1].post(url, {"do": "back", "away": row.pk})
    assert host.away.count() == 1
    client.post(url, {"do": "back", "away": row.pk})
    assert host.away.count() == 0
    assert client.post(url, {"do": "sing"}).status_code == 404


def test_the_host_sees_and_answers_an_invitation() -> None:
    host, client = own()
    row = make_engagement(make_event(title="Autumn linings"), host=host)
    assert b"Autumn linings" in client.get("/host/").content
    url = reverse("host-engagement", args=[row.public_id])
    assert b"10 %" in client.get(url).content
    assert client.post(url, {"do": "ponder"}).status_code == 404
    for _click in range(2):
        assert client.post(url, {"do": "accept", "words": "Gladly"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.answer) == ("accepted", "Gladly")
    refused = client.post(url, {"do": "decline"})
    assert (refused.status_code, refused.context["form"].errors) == (
        422, {"__all__": ["This invitation is “Accepted” already."]},
    )  # fmt: skip
    assert own()[1].get(url).status_code == 404


# --- In the studio -----------------------------------------------------------------------------------------


def test_a_producer_invites_on_terms() -> None:
    event, client = studio(currency="JPY")
    make_lineup_item(event, product=make_product(brand=event.brand, category="tea"))
    host = make_host(user=make_user())
    url = reverse("studio-invite", args=[event.slug])
    form = client.get(url, {"host": host.slug}).context["form"]
    assert (form["host"].value(), form["floor_currency"].value(), form["share"].value()) == (
        host.slug,
        "JPY",
        100,
    )
    data = {
        "host": host.slug, "commission": "12.5", "category-0": "20", "floor_amount": "30000",
        "floor_currency": "jpy", "refund_rule": "keep", "disclosure": "Paid.", "share": "", "message": "Come",
    }  # fmt: skip
    assert client.post(url, data).status_code == 302
    made = Engagement.objects.get()
    assert (made.commission, made.floor_amount, made.floor_currency, made.share) == (
        {"*": 1_250, "tea": 2_000}, 30_000, "JPY", 10_000,
    )  # fmt: skip
    page = client.get(reverse("studio-event", args=[event.slug])).content.decode()
    assert host.name in page
    assert client.post(reverse("studio-engagement", args=[made.public_id])).status_code == 302
    made.refresh_from_db()
    assert made.state == "withdrawn"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"host": "nobody"}, "host"),
        ({"commission": "101"}, "commission"),
        ({"commission": "-1"}, "commission"),
        ({"commission": "ten"}, "commission"),
        ({"floor_amount": "-5"}, "floor_amount"),
        ({"floor_amount": "0.001"}, "floor_amount"),
        ({"floor_amount": "5", "floor_currency": ""}, "floor_currency"),
        ({"floor_currency": "XXL"}, "floor_currency"),
        ({"refund_rule": "maybe"}, "refund_rule"),
        ({"disclosure": ""}, "disclosure"),
        ({"share": "100.01"}, "share"),
    ],
)
def test_bad_terms_are_told_beside_their_field(change: dict[str, str], field: str) -> None:
    event, client = studio()
    good = {
        "host": make_host(user=make_user()).slug, "commission": "10", "floor_amount": "",
        "floor_currency": "EUR", "refund_rule": "reverse", "disclosure": "Paid.", "share": "", "message": "",
    }  # fmt: skip
    answer = client.post(reverse("studio-invite", args=[event.slug]), good | change)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, [field])
    assert Engagement.objects.count() == 0


def test_what_speaks_against_an_invitation_is_asked_once() -> None:
    event, client = studio()
    host = make_host(user=make_user())
    make_tie(host, exclusive=True)
    data = {"host": host.slug, "refund_rule": "reverse", "disclosure": "Paid.", "commission": "1"}
    asked = client.post(reverse("studio-invite", args=[event.slug]), data)
    assert (asked.status_code, asked.context["reasons"]) == (422, ["Exclusive to Elsewhere (Ambassador)."])
    assert (
        client.post(reverse("studio-invite", args=[event.slug]), data | {"confirmed": "on"}).status_code
        == 302
    )


def test_a_producer_replaces_a_host_while_the_show_is_on() -> None:
    event, client = studio(state="live")
    old, new = make_host(user=make_user()), make_host(user=make_user())
    make_event_host(event, host=old)
    url = reverse("studio-replace-host", args=[event.slug])
    assert b"Replace" in client.get(url).content
    wrong = client.post(url, {"old": new.slug, "host": old.slug, "refund_rule": "reverse"})
    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (422, ["host", "old"])
    data = {
        "old": old.slug,
        "host": new.slug,
        "refund_rule": "reverse",
        "commission": "1",
        "disclosure": "Paid.",
    }
    assert client.post(url, data).status_code == 302
    assert [row.host for row in event.event_hosts.all()] == [new]
    assert old.user is not None
    assert signed_in(old.user).get(reverse("host-console", args=[event.slug])).status_code in {403, 404}
    assert new.user is not None
    assert signed_in(new.user).get(reverse("host-console", args=[event.slug])).status_code == 200


def test_hosts_are_compared_and_the_busy_left_out() -> None:
    event, client = studio(state="scheduled")
    busy, free = make_host(name="Busy"), make_host(name="Free")
    make_event_host(make_event(state="scheduled", title="Elsewhere"), host=busy)
    url = reverse("studio-hosts")
    page = client.get(url, {"event": event.slug, "compare": [busy.slug, free.slug, "nobody"]})
    assert [row.host for row in page.context["compared"]] == [busy, free]
    assert [[clash.hard for clash in row.clashes] for row in page.context["rows"]] == [[True], []]
    only = client.get(url, {"event": event.slug, "free": "1"})
    assert [row.host for row in only.context["rows"]] == [free]
    day = event.starts_at.date().isoformat()
    assert [row.host for row in client.get(url, {"from": day, "free": "1"}).context["rows"]] == [free]
    for odd in ("0001-01-01", "9999-12-31", "soon", "2026-02-30"):
        assert client.get(url, {"from": odd, "to": odd}).status_code == 200


def test_the_search_of_the_studio_asks_the_same_of_few_and_many() -> None:
    event, client = studio(state="scheduled")
    asked = []
    for count in (3, 57):
        known = Host.objects.count()
        Host.objects.bulk_create(
            Host(slug=f"h{n}", name=f"H {n:03}", headline="Knows") for n in range(known, known + count)
        )
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("studio-hosts"), {"event": event.slug, "compare": ["h0", "h1"]})
        asked.append((len(page.context["rows"]), len(queries)))
    assert [rows for rows, _queries in asked] == [3, 30]
    assert asked[0][1] == asked[1][1] <= 32
