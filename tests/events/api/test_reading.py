from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_evidence,
    make_holiday,
    make_host,
    make_niche,
    make_own_day,
    make_ready_event,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> APIClient:
    return APIClient()


def slugs(answer: Any) -> list[str]:
    return [row["slug"] for row in answer.json()["results"]]


def test_holidays_of_a_year_in_a_market(api: APIClient) -> None:
    answer = api.get("/api/v1/holidays/?year=2027&market=CN").json()
    qixi = next(day for day in answer["results"] if day["key"] == "qixi")
    said = {name: qixi.pop(name) for name in ("who", "customs", "avoid", "relevance", "plan")}
    assert qixi == {
        "key": "qixi", "name": "Qixi Festival", "native": "七夕", "greeting": "七夕快乐", "market": "CN",
        "starts_on": "2027-08-08", "ends_on": "2027-08-08", "tentative": False,
        "colours": ["#141C3A", "#D9DCE4"], "wish": "Happy Qixi", "own": False, "moved_from": None,
    }  # fmt: skip
    assert (said["relevance"]["silk"], said["avoid"][0][:8], len(said["customs"])) == (3, "No shoes", 2)
    assert said["who"].startswith("Couples in China")
    assert {step["kind"]: step["on"] for step in said["plan"]} == {
        "tease": "2027-07-08", "presale": "2027-07-22", "show": "2027-08-01", "dispatch": "2027-08-04",
    }  # fmt: skip
    assert (answer["count"], answer["next"], answer["previous"]) == (len(answer["results"]), None, None)


def test_a_brands_own_days_are_told_to_its_people_only(api: APIClient) -> None:
    day = make_own_day(make_brand())
    address = f"/api/v1/holidays/?year=2027&market=FR&brand={day.brand.slug}"
    refused = api.get(address)
    assert (refused.status_code, list(refused.json()["error"]["fields"])) == (400, ["brand"])
    user = make_user()
    make_member(user, day.brand)
    api.force_authenticate(user)
    found = [one for one in api.get(address).json()["results"] if one["own"]]
    assert [(one["key"], one["name"], one["starts_on"]) for one in found] == [
        (day.key, "Founder's day", "2027-03-05")
    ]


def test_holiday_names_follow_the_callers_language(api: APIClient) -> None:
    answer = api.get("/api/v1/holidays/?year=2027&market=cn", headers={"accept-language": "zh-hans"}).json()
    assert "七夕节" in [day["name"] for day in answer["results"]]


def test_both_ramadans_of_2030_are_listed_as_tentative(api: APIClient) -> None:
    days = api.get("/api/v1/holidays/?year=2030&market=AE").json()["results"]
    assert [(d["starts_on"], d["tentative"]) for d in days if d["key"] == "ramadan"] == [
        ("2030-01-05", True), ("2030-12-26", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "query",
    [
        "year=2027",
        "year=soon&market=CN",
        "year=1900&market=CN",
        "year=2027&market=XX",
        "year=²&market=CN",
        f"year={'9' * 5000}&market=CN",
    ],
)
def test_a_bad_year_or_market_is_a_clear_400(api: APIClient, query: str) -> None:
    answer = api.get(f"/api/v1/holidays/?{query}")
    assert (answer.status_code, sorted(answer.json())) == (400, ["error"])
    assert answer.json()["error"]["message"]


def test_hosts_are_listed_and_narrowed(api: APIClient) -> None:
    camille = make_host(slug="camille", name="Camille", languages=["fr", "zh-Hans"])
    make_evidence(
        camille, niche=make_niche(slug="silk", name="Silk"), statement="Wrote it", source="Lyon", year=2019
    )
    make_host(slug="zoe", name="Zoe")
    assert slugs(api.get("/api/v1/hosts/")) == ["camille", "zoe"]
    assert slugs(api.get("/api/v1/hosts/?niche=silk&language=zh")) == ["camille"]
    assert api.get("/api/v1/hosts/?niche=no%20slug").status_code == 400
    one = api.get("/api/v1/hosts/camille/").json()
    assert one["niches"] == [{"slug": "silk", "name": "Silk"}]
    assert one["evidence"] == [
        {"niche": "silk", "kind": "work", "statement": "Wrote it", "source": "Lyon", "url": "", "year": 2019}
    ]


def test_events_are_narrowed_by_everything(api: APIClient) -> None:
    brand = make_brand(slug="maison")
    holiday = make_holiday(key="qixi", market="CN")
    make_event(
        slug="a",
        state="scheduled",
        brand=brand,
        starts_at=datetime(2027, 8, 8, 12, tzinfo=UTC),
        ends_at=datetime(2027, 8, 8, 13, tzinfo=UTC),
    )
    b = make_event(slug="b", state="live", holiday=holiday)
    make_event_host(b, host=make_host(slug="camille"))
    make_event(slug="c", state="replay")
    make_event(slug="d", state="draft")
    expected = {
        "": ["c", "b", "a"], "state=live": ["b"], "state=live,replay": ["c", "b"], "brand=maison": ["a"],
        "holiday=qixi": ["b"], "market=CN": ["b"], "host=camille": ["b"], "from=2027-08-08": ["a"],
        "to=2026-12-31": ["c", "b"], "from=2027-08-08T12:00:00Z&to=2027-08-08": ["a"],
        "from=2027-08-08T12:00:01": [],
    }  # fmt: skip
    assert {query: slugs(api.get(f"/api/v1/events/?{query}")) for query in expected} == expected


@pytest.mark.parametrize(
    "query", ["state=gone", "from=soon", "to=2027-13-01", "brand=no%20slug", "market=CHN"]
)
def test_filters_that_mean_nothing_are_refused(api: APIClient, query: str) -> None:
    answer = api.get(f"/api/v1/events/?{query}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")


def test_an_event_tells_everybody_its_show_and_only_staff_its_plan(api: APIClient) -> None:
    event = make_ready_event(slug="show", state="scheduled", holiday=make_holiday())
    public = api.get("/api/v1/events/show/").json()
    assert (public["holiday"]["key"], public["state"], len(public["lineup"])) == (
        "singles-day",
        "scheduled",
        2,
    )
    assert ("share" in public["hosts"][0], "talking_points" in public["lineup"][0]) == (False, False)
    assert public["starts_at"] == (NOW + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    producer = make_user()
    make_member(producer, event.brand)
    api.force_login(producer)
    staff = api.get("/api/v1/events/show/").json()
    assert (staff["hosts"][0]["share"], staff["lineup"][0]["talking_points"]) == (10_000, "")
    assert api.get("/api/v1/events/").json()["results"][0]["hosts"][0]["share"] == 10_000


def test_a_draft_is_only_there_for_its_makers(api: APIClient) -> None:
    event = make_event(slug="draft")
    assert (api.get("/api/v1/events/draft/").status_code, slugs(api.get("/api/v1/events/"))) == (404, [])
    producer = make_user()
    make_member(producer, event.brand)
    api.force_login(producer)
    assert (api.get("/api/v1/events/draft/").status_code, slugs(api.get("/api/v1/events/"))) == (
        200,
        ["draft"],
    )


def test_a_page_of_events_asks_a_bounded_number_of_queries(
    api: APIClient, django_assert_max_num_queries: Any
) -> None:
    for _ in range(8):
        make_ready_event(state="scheduled")
    with django_assert_max_num_queries(14):
        assert api.get("/api/v1/events/").json()["count"] == 8
