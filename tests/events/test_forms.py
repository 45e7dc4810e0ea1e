from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from catalog.models import Brand
from events.forms import (
    ClockField,
    DetailsForm,
    StaffForm,
    clock,
    day_of_token,
    host_shares,
    initial_of,
    token,
)
from tests.factories.accounts import make_user
from tests.factories.catalog import make_product, make_variant
from tests.factories.events import NOW, make_event, make_event_host, make_holiday, make_host

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def filled(**over: str) -> dict[str, str]:
    return {
        "title": "Noël", "holiday": "christmas.FR.2026-12-25", "day": "2026-12-16", "at": "20:00",
        "minutes": "60", "time_zone": "Europe/Paris", "currency": "EUR", "summary": "", "version": "1",
    } | over  # fmt: skip


def form(data: dict[str, str] | None = None, **more: Any) -> DetailsForm:
    return DetailsForm(data, brands=Brand.objects.all(), today=TODAY, **more)


def test_wall_time_leaves_the_form_as_instants() -> None:
    bound = form(filled())
    assert bound.is_valid(), bound.errors
    data = bound.event_data()
    assert (data["starts_at"].isoformat(), data["ends_at"] - data["starts_at"]) == (
        "2026-12-16T19:00:00+00:00",
        timedelta(hours=1),
    )
    assert (data["holiday"].key, data["holiday"].market) == ("christmas", "FR")


def test_a_skipped_hour_is_told_beside_the_time() -> None:
    bound = form(filled(day="2027-03-28", at="02:30", holiday=""))
    assert bound.errors["at"][0].startswith("02:30 does not exist on that day in Europe/Paris")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"), ({"day": "soon"}, "day"), ({"at": "25:00"}, "at"),
        ({"minutes": "5"}, "minutes"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"), ({"currency": "XXX"}, "currency"),
        ({"holiday": "christmas.FR.2026-12-24"}, "holiday"),
    ],
)  # fmt: skip
def test_bad_input_is_told_beside_its_field(wrong: dict[str, str], field: str) -> None:
    assert list(form(filled(**wrong)).errors) == [field]


def test_an_event_comes_back_as_it_was_typed() -> None:
    event = make_event(
        holiday=make_holiday(), time_zone="Asia/Shanghai", starts_at=NOW, ends_at=NOW + timedelta(hours=2)
    )
    first = initial_of(event)
    assert (first["day"], f"{first['at']:%H:%M}", first["minutes"], first["holiday"]) == (
        date(2026, 11, 12), "02:00", 120, "singles-day.CN.2026-11-11",
    )  # fmt: skip
    choices = [
        value for _group, options in form(event=event).fields["holiday"].choices[1:] for value, _ in options
    ]  # type: ignore[attr-defined]  # a ChoiceField
    assert choices[0] == "singles-day.CN.2026-11-11"  # over, and still choosable as it is


def test_currencies_are_those_the_brand_prices_in() -> None:
    product = make_product()
    make_variant(product=product, currency="JPY")
    bound = DetailsForm(brands=[product.brand], today=TODAY)
    assert [value for value, _ in bound.fields["currency"].choices] == ["EUR", "JPY"]  # type: ignore[attr-defined]  # a ChoiceField


def test_tokens_name_a_real_day_or_nothing() -> None:
    day = day_of_token("qixi.CN.2027-08-08")
    assert day is not None
    assert token(day) == "qixi.CN.2027-08-08"
    assert [
        day_of_token(text) for text in ("", "qixi", "qixi.CN.x", "qixi.ZZ.2027-08-08", "qixi.CN.2027-08-09")
    ] == [None] * 5


@pytest.mark.parametrize(("text", "seconds"), [("12", 720), ("12:30", 750), ("1:02:30", 3750), ("0:00", 0)])
def test_run_of_show_times_are_minutes_and_seconds(text: str, seconds: int) -> None:
    assert ClockField().clean(text) == seconds


@pytest.mark.parametrize("text", ["soon", "1:2:3:4", "-5", "9999", "13:00:00"])
def test_other_times_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        ClockField().clean(text)


def test_seconds_are_shown_as_a_clock() -> None:
    assert ([clock(s) for s in (0, 750, 3750)], ClockField(required=False).clean("")) == (
        ["00:00", "12:30", "1:02:30"],
        None,
    )


def rows(*pairs: tuple[object, str]) -> dict[str, object]:
    data: dict[str, object] = {"hosts-TOTAL_FORMS": len(pairs), "hosts-INITIAL_FORMS": 0}
    for number, (host, share) in enumerate(pairs):
        data |= {f"hosts-{number}-host": getattr(host, "pk", host), f"hosts-{number}-share": share}
    return data


def test_shares_are_exact_basis_points() -> None:
    one, two = make_host(), make_host()
    formset = host_shares(rows((one, "33.35"), ("", ""), (two, "66.65")))
    assert formset.is_valid()
    assert formset.shares() == [(one, 3_335), (two, 6_665)]


def test_blank_shares_are_equal_parts() -> None:
    hosts = [make_host() for _ in range(3)]
    formset = host_shares(rows(*((host, "") for host in hosts)))
    assert formset.is_valid()
    assert [share for _host, share in formset.shares()] == [3_334, 3_333, 3_333]
    nobody = host_shares(rows(("", "")))
    assert (nobody.is_valid(), nobody.shares()) == (True, [])


def test_wrong_shares_are_told() -> None:
    one, two = make_host(), make_host()
    for pairs in (((one, "50"), (two, "")), ((one, "50"), (two, "40")), ((one, "50"), (one, "50"))):
        formset = host_shares(rows(*pairs))
        assert (formset.is_valid(), len(formset.non_form_errors())) == (False, 1)
    assert host_shares(rows((one, "101"))).is_valid() is False


def test_an_events_hosts_come_back_in_percent() -> None:
    event = make_event()
    make_event_host(event, share=3_350)
    assert host_shares(event=event).forms[0].initial["share"] == Decimal("33.5")


def test_staff_need_an_account() -> None:
    user = make_user()
    good = StaffForm({"email": user.email.upper(), "role": "moderator"})
    assert (good.is_valid(), good.cleaned_data["email"]) == (True, user)
    assert list(StaffForm({"email": "nobody@test.example", "role": "moderator"}).errors) == ["email"]
