"""A brand's check of a host: written in the studio, and seen by nobody else."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from catalog.models import Brand
from events.domain.vetting import POINTS, save_vetting, sheet, vetting_of
from events.enums import VettingState
from events.errors import BadVetting, EditConflict
from events.models import Host, Vetting
from events.rules import can_vet
from tests.factories.accounts import make_superuser, make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import NOW, make_event, make_event_host, make_event_staff, make_host, make_vetting

pytestmark = pytest.mark.django_db
SECRET = "Owes money to a kiln"
ALL_SEEN = {point.key: ("none", "") for point in POINTS}


def save(host: Host, brand: Brand, findings: dict[str, tuple[str, str]], **over: Any) -> Vetting:
    fields: dict[str, Any] = {"state": VettingState.OPEN, "notes": "", "version": 0, "by": None, "now": NOW}
    return save_vetting(host, brand, findings, **(fields | over))


def producer_of(brand: Brand) -> User:
    user = make_user()
    make_member(user, brand)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_sheet_keeps_who_found_what_and_when() -> None:
    host, brand, user = make_host(), make_brand(), make_user()
    save(host, brand, {"ties": ("high", SECRET)}, by=user)
    rows = {point.key: row for point, row in sheet(vetting_of(host, brand)) if row}
    assert (len(sheet(None)), rows["ties"].risk, rows["ties"].note) == (11, "high", SECRET)
    assert (rows["ties"].by, rows["ties"].at) == (user, NOW)


def test_two_people_do_not_write_over_each_other() -> None:
    host, brand = make_host(), make_brand()
    assert save(host, brand, {}).version == 1
    with pytest.raises(EditConflict):
        save(host, brand, {})
    assert save(host, brand, {}, version=1).version == 2
    with pytest.raises(EditConflict):
        save(host, brand, {}, version=1)


@pytest.mark.parametrize(
    ("findings", "over", "field"),
    [
        ({"horoscope": ("none", "")}, {}, "horoscope"),
        ({"ties": ("medium", "")}, {}, "ties"),
        ({"ties": ("low", "x" * 301)}, {}, "ties"),
        ({}, {"state": VettingState.REFUSED, "notes": " "}, "notes"),
        ({"ties": ("none", "")}, {"state": VettingState.CLEARED}, "state"),
        (ALL_SEEN | {"ties": ("high", "")}, {"state": VettingState.CLEARED}, "notes"),
    ],
    ids=["point", "risk", "note", "refused", "unseen", "risky"],
)
def test_a_sheet_that_cannot_be_closed_says_what_is_open(
    findings: dict[str, tuple[str, str]], over: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadVetting) as refused:
        save(make_host(), make_brand(), findings, **over)
    assert (refused.value.field, Vetting.objects.count()) == (field, 0)


def test_a_host_is_cleared_when_every_point_was_seen() -> None:
    host, brand = make_host(), make_brand()
    assert save(host, brand, ALL_SEEN, state=VettingState.CLEARED).state == "cleared"
    risky = ALL_SEEN | {"ties": ("high", "Says so on air.")}
    again = save(host, brand, risky, state=VettingState.CLEARED, notes="Told.", version=1)
    assert (again.state, again.version) == ("cleared", 2)


def test_who_may_see_a_sheet() -> None:
    brand, user = make_brand(), make_user()
    host = make_host(user=user)
    make_member(user, brand)
    others = [make_user() for role in Role if role != Role.PRODUCER]
    for other, role in zip(others, [role for role in Role if role != Role.PRODUCER], strict=True):
        make_member(other, brand, role)
    shut = make_user(is_active=False)
    make_member(shut, brand)
    assert can_vet(producer_of(brand), brand, host)
    assert can_vet(make_superuser(), brand, host)
    refused = [user, shut, None, make_user(), producer_of(make_brand()), *others]
    assert [can_vet(person, brand, host) for person in refused] == [False] * len(refused)


@pytest.fixture
def known() -> tuple[Host, Brand]:
    """A host with a user, a show, and a note of one brand."""
    host, brand = make_host(user=make_user()), make_brand()
    save(host, brand, {"ties": ("high", SECRET)}, notes=f"{SECRET}.", state=VettingState.REFUSED)
    make_event_host(make_event(state="live", brand=brand), host=host)
    return host, brand


def test_the_brands_producer_reads_and_writes_it(known: tuple[Host, Brand]) -> None:
    host, brand = known
    client, url = signed_in(producer_of(brand)), reverse("studio-host", args=[host.slug])
    assert SECRET in client.get(url).content.decode()
    data = {"version": 1, "state": "open", "notes": "Settled", "risk-ties": "none", "note-ties": ""}
    assert client.post(url, data).status_code == 302
    saved = vetting_of(host, brand)
    assert saved is not None
    assert (saved.state, saved.notes, saved.checks.get(key="ties").risk) == ("open", "Settled", "none")


def test_bad_input_comes_back_beside_its_field(known: tuple[Host, Brand]) -> None:
    host, brand = known
    client, url = signed_in(producer_of(brand)), reverse("studio-host", args=[host.slug])
    answer = client.post(url, {"version": 1, "state": "refused", "notes": ""})
    assert (answer.status_code, answer.context["form"].errors) == (
        422, {"notes": ["Write why, for whoever asks next year."]},
    )  # fmt: skip
    late = client.post(url, {"version": 7, "state": "open", "notes": "Mine"})
    assert (late.status_code, late.context["form"].data["version"]) == (422, "1")
    assert client.post(url, late.context["form"].data.dict()).status_code == 302


def test_nobody_else_ever_sees_a_note(known: tuple[Host, Brand]) -> None:
    host, brand = known
    event = brand_show = host.event_hosts.get().event
    staff = make_user()
    make_event_staff(brand_show, user=staff, role="agent")
    assert host.user
    people = [None, make_user(), host.user, producer_of(make_brand()), staff]
    pages = [
        reverse("hosts"), reverse("host-profile", args=[host.slug]), reverse("host-shows", args=[host.slug]),
        reverse("studio-hosts"), reverse("studio-host", args=[host.slug]), reverse("host-own-profile"),
        reverse("api-hosts"), reverse("api-host", args=[host.slug]), reverse("api-event", args=[event.slug]),
        reverse("event", args=[event.slug]), reverse("host-home"),
        reverse("studio-host", args=[host.slug]) + f"?brand={brand.slug}",
        reverse("studio-hosts") + f"?brand={brand.slug}", reverse("api-engagements", args=[event.slug]),
    ]  # fmt: skip
    for person in people:
        client = signed_in(person) if person else Client()
        told = [page for page in pages if SECRET in client.get(page).content.decode()]
        assert told == []


def test_the_twin_without_the_rule_would_show_it(
    known: tuple[Host, Brand], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard removed: it is the rule that keeps the host from their own sheet."""
    host, brand = known
    assert host.user
    make_member(host.user, brand)
    client, url = signed_in(host.user), reverse("studio-host", args=[host.slug])
    assert client.get(url).status_code == 404
    monkeypatch.setattr("events.views.studio_hosts.can_vet", lambda *_: True)
    assert SECRET in client.get(url).content.decode()


def test_the_search_marks_the_verdict_of_the_own_brand_only(known: tuple[Host, Brand]) -> None:
    host, brand = known
    other = make_brand()
    make_vetting(host, other, state="cleared")
    for mine, verdict in ((brand, "refused"), (other, "cleared")):
        (row,) = signed_in(producer_of(mine)).get(reverse("studio-hosts")).context["rows"]
        assert row.verdict == verdict


def test_rivals_and_review_are_settled_for_the_brand() -> None:
    brand, rival = make_brand(), make_brand()
    client = signed_in(producer_of(brand))
    assert (
        client.post(reverse("studio-brand"), {"rivals": [rival.slug], "needs_review": "on"}).status_code
        == 302
    )
    brand.refresh_from_db()
    assert (list(brand.rivals.all()), brand.needs_review, list(rival.rivals.all())) == ([rival], True, [])
    wrong = client.post(reverse("studio-brand"), {"rivals": [brand.slug]})
    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (422, ["rivals"])
    assert client.get(reverse("studio-brand") + f"?brand={rival.slug}").status_code == 404
