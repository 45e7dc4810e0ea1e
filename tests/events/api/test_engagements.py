"""Hosts and their work over HTTP."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from events.models import Engagement, Event, Host
from tests.factories.accounts import make_user
from tests.factories.catalog import make_member
from tests.factories.events import (
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


def signed_in(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def producing(event: Event) -> APIClient:
    user = make_user()
    make_member(user, event.brand)
    return signed_in(user)


def with_account(**over: Any) -> tuple[Host, APIClient]:
    user = make_user()
    return make_host(user=user, **over), signed_in(user)


def test_a_producer_invites_and_the_host_answers_once() -> None:
    event = make_event()
    staff, (host, own) = producing(event), with_account()
    made = staff.post(
        f"/api/v1/events/{event.slug}/engagements/",
        {
            "host": host.slug,
            "commission": {"*": 1_000, "silk": 1_500},
            "disclosure": "Paid.",
            "message": "Come",
        },
        format="json",
    )
    assert (made.status_code, made.json()["state"], made.json()["share"]) == (201, "invited", 10_000)
    one = f"/api/v1/engagements/{made.json()['id']}/"
    assert own.get(one).json()["commission"] == {"*": 1_000, "silk": 1_500}
    for _twice in range(2):
        said = own.post(f"{one}answer/", {"accept": True, "words": "Gladly"}, format="json")
        assert (said.status_code, said.json()["state"], said.json()["answer"]) == (200, "accepted", "Gladly")
    other = own.post(f"{one}answer/", {"accept": False}, format="json")
    assert (other.status_code, other.json()["error"]["code"]) == (409, "engagement_closed")
    listed = staff.get(f"/api/v1/events/{event.slug}/engagements/").json()["results"]
    assert [(row["host"], row["state"]) for row in listed] == [(host.slug, "accepted")]
    assert staff.delete(one).json()["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"commission": {"*": 10_001}}, 400, "invalid"),
        ({"commission": {"Silk & co": 1}}, 400, "bad_terms"),
        ({"floor_amount": 5}, 400, "bad_terms"),
        ({"floor_amount": -5}, 400, "invalid"),
        ({"disclosure": ""}, 400, "bad_terms"),
        ({"share": 0}, 400, "invalid"),
        ({"refund_rule": "maybe"}, 400, "invalid"),
        ({"host": "nobody"}, 400, "invalid"),
    ],
)
def test_bad_terms_are_refused_by_code(change: dict[str, Any], status: int, code: str) -> None:
    event = make_event()
    host, _own = with_account()
    good = {"host": host.slug, "commission": {"*": 1_000}, "disclosure": "Paid."}
    answer = producing(event).post(f"/api/v1/events/{event.slug}/engagements/", good | change, format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert Engagement.objects.count() == 0


def test_a_refusal_must_be_confirmed() -> None:
    event = make_event()
    host, _own = with_account()
    make_vetting(host, event.brand, state="refused", notes="Owes money")
    staff, url = producing(event), f"/api/v1/events/{event.slug}/engagements/"
    asked = staff.post(url, {"host": host.slug}, format="json")
    assert (asked.status_code, asked.json()["error"]["code"]) == (409, "needs_confirmation")
    assert "Owes money" not in asked.content.decode()
    assert staff.post(url, {"host": host.slug, "confirmed": True}, format="json").status_code == 201


def test_engagements_are_the_hosts_and_the_brands_alone() -> None:
    event, (host, _own) = make_event(), with_account()
    one = f"/api/v1/engagements/{make_engagement(event, host=host).public_id}/"
    for person in (with_account()[1], producing(make_event()), signed_in(make_user())):
        asked = [person.get(one), person.delete(one), person.post(f"{one}answer/", {"accept": True})]
        assert [answer.status_code for answer in asked] == [404] * 3
    assert APIClient().get(one).status_code == 403


def test_a_host_is_replaced_over_http() -> None:
    event = make_event(state="live")
    old, (new, _own) = make_host(), with_account()
    make_event_host(event, host=old)
    staff, url = producing(event), f"/api/v1/events/{event.slug}/hosts/replace/"
    asked = {"old": old.slug, "host": new.slug, "disclosure": "Paid.", "commission": {"*": 500}}
    answer = staff.post(url, asked, format="json")
    assert [row["slug"] for row in answer.json()["hosts"]] == [new.slug]
    assert Engagement.objects.get().commission == {"*": 500}
    again = staff.post(url, asked, format="json")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "not_hosting")
    back = staff.post(url, {"old": new.slug, "host": old.slug, "in_house": True}, format="json")
    assert [row["slug"] for row in back.json()["hosts"]] == [old.slug]


def test_hosts_tell_credibility_ties_and_markets() -> None:
    host, niche = make_host(slug="camille", markets=["CN"]), make_niche(slug="silk")
    make_credibility(host, niche, score=8_000, confidence=8_000)
    make_tie(host, brand_name="Elsewhere")
    found = APIClient().get("/api/v1/hosts/?niche=silk&market=cn&q=knows").json()["results"]
    assert [(row["slug"], row["markets"]) for row in found] == [("camille", ["CN"])]
    assert [(row["niche"], row["score"], row["known"]) for row in found[0]["credibility"]] == [
        ("silk", 8_000, "well known")
    ]
    assert [(row["brand"], row["kind"]) for row in found[0]["ties"]] == [("Elsewhere", "ambassador")]


def test_free_hosts_are_told_to_producers() -> None:
    event = make_event(state="scheduled")
    make_event_host(event, host=make_host(slug="busy"))
    make_host(slug="free")
    days = {"free_from": event.starts_at.isoformat(), "free_to": event.ends_at.isoformat()}
    found = producing(event).get("/api/v1/hosts/", days).json()["results"]
    assert [row["slug"] for row in found] == ["free"]
    assert APIClient().get("/api/v1/hosts/", days).status_code == 403
    assert signed_in(make_user()).get("/api/v1/hosts/", days).status_code == 403
    one_end = producing(event).get("/api/v1/hosts/", {"free_from": days["free_from"]})
    assert (one_end.status_code, sorted(one_end.json()["error"]["fields"])) == (400, ["free_to"])
