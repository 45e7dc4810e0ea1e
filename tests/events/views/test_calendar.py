"""The public calendar: a month, an agenda, what narrows them, and what they cost."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from django.test import Client

from events.domain.agenda import IN_A_CELL, ON_A_PAGE, Agenda, Narrowing, agenda
from events.models import Event, EventHost, Host
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand
from tests.factories.events import (
    make_event,
    make_event_host,
    make_holiday,
    make_host,
    make_niche,
    make_ready_event,
)

pytestmark = pytest.mark.django_db
DAY = date(2027, 2, 10)
HOUR = timedelta(hours=1)


def at(day: int, hour: int = 12, month: int = 2) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=UTC)


def show(starts_at: datetime, **over: object) -> Event:
    return make_event(**({"state": "scheduled", "starts_at": starts_at, "ends_at": starts_at + HOUR} | over))


def grid(client: Client, query: str = "") -> dict[date, list[Event]]:
    month = client.get(f"/calendar/?view=month&month=2027-02&{query}").context["month"]
    return {cell.on: cell.shows for week in month.weeks for cell in week if cell.shows}


def listed(client: Client, query: str = "") -> list[Event]:
    page = client.get(f"/calendar/?from=2027-02-01&{query}")
    return [card.event for _m, rows in page.context["months"] for row in rows for card, _kept in row.shows]


@pytest.mark.parametrize(("language", "name"), [("en", "Singapore"), ("zh-hans", "新加坡")])
def test_who_rests_on_a_market_reads_its_name_in_their_language(
    client: Client, language: str, name: str
) -> None:
    page = client.get("/calendar/?from=2027-02-01&market=SG", headers={"accept-language": language})
    first = page.context["months"][0][1][0].row.holiday
    assert first.markets == ("SG",)
    assert f'<span title="{name}">SG</span>' in page.content.decode()


# --- The month --------------------------------------------------------------------------------------------


def test_a_month_is_a_table_of_weeks_that_begin_on_monday(client: Client) -> None:
    page = client.get("/calendar/?view=month&month=2027-02")
    weeks = page.context["month"].weeks
    assert [week[0].on.isoweekday() for week in weeks] == [1] * len(weeks)
    assert {len(week) for week in weeks} == {7}
    assert (weeks[0][0].on, weeks[-1][-1].on) == (date(2027, 2, 1), date(2027, 2, 28))
    words = page.content.decode()
    assert [words.count(part) for part in ("<caption", 'scope="col"')] == [1, 7]


def test_shows_stand_on_their_day_in_the_viewers_zone(client: Client) -> None:
    late = show(at(10, 20))
    assert grid(client) == {DAY: [late]}
    client.force_login(make_user(time_zone="Asia/Tokyo"))
    assert grid(client) == {date(2027, 2, 11): [late]}


def test_the_days_beside_the_month_have_their_shows(client: Client) -> None:
    first = show(datetime(2027, 2, 28, 12, tzinfo=UTC))
    month = client.get("/calendar/?view=month&month=2027-03").context["month"]
    cells = {cell.on: cell for week in month.weeks for cell in week}
    assert (cells[date(2027, 3, 1)].inside, date(2027, 2, 28) in cells) == (True, False)
    cells = {
        c.on: c
        for week in client.get("/calendar/?view=month&month=2027-04").context["month"].weeks
        for c in week
    }
    assert cells[date(2027, 3, 31)].inside is False
    assert first.pk


def test_a_full_day_says_how_many_more_and_leads_there(client: Client) -> None:
    for hour in range(IN_A_CELL + 2):
        show(at(10, hour))
    page = client.get("/calendar/?view=month&month=2027-02&market=")
    cell = next(c for week in page.context["month"].weeks for c in week if c.on == DAY)
    assert ([e.starts_at.hour for e in cell.shows], cell.more) == ([0, 1, 2], 2)
    assert 'href="?from=2027-02-10">2 more shows</a>' in page.content.decode()


def test_months_lead_on_and_back_with_the_choice_kept(client: Client) -> None:
    page = client.get("/calendar/?view=month&month=2027-01&market=CN")
    assert [parse_qs(page.context[way].lstrip("?")) for way in ("earlier", "later")] == [
        {"view": ["month"], "month": ["2026-12"], "market": ["CN"]},
        {"view": ["month"], "month": ["2027-02"], "market": ["CN"]},
    ]


@pytest.mark.parametrize("month", ["", "2027-13", "0001-01", "9999-12", "x", "2027-02-31", "２０２７-02"])
def test_a_month_that_is_none_is_this_month(client: Client, month: str) -> None:
    page = client.get("/calendar/", {"view": "month", "month": month})
    today = page.context["today"]
    assert page.context["month"].first == today.replace(day=1)


def test_holidays_stand_in_the_grid(client: Client) -> None:
    month = client.get("/calendar/?view=month&month=2027-02&market=FR").context["month"]
    cells = {cell.on: [day.key for day in cell.holidays] for week in month.weeks for cell in week}
    assert "valentines-day" in cells[date(2027, 2, 14)]


def test_an_empty_month_says_where_to_go(client: Client) -> None:
    make_brand(slug="m")
    page = client.get("/calendar/?view=month&month=2027-02&holiday=christmas")
    assert (page.context["month"].empty, "Nothing this month" in page.content.decode()) == (True, True)


# --- The agenda -------------------------------------------------------------------------------------------


def test_the_agenda_puts_shows_of_the_day_under_their_holiday(client: Client) -> None:
    day = make_holiday(
        key="valentines-day", market="FR", starts_on=date(2027, 2, 14), ends_on=date(2027, 2, 14)
    )
    eve, night, alone = show(at(13), holiday=day), show(at(14), holiday=day), show(at(12))
    page = client.get("/calendar/?from=2027-02-10&shows=1")
    rows = [row for _month, rows in page.context["months"] for row in rows]
    assert [(row.row.on.day, row.row.holiday and row.row.holiday.key) for row in rows] == [
        (12, None), (13, None), (14, "valentines-day"),
    ]  # fmt: skip
    assert [[card.event for card, _kept in row.shows] for row in rows] == [[alone], [eve], [night]]
    # What the eve is for is said beside it.
    assert page.content.decode().count("Valentine") >= 2


def test_a_first_visit_is_told_from_one_whose_zone_is_known(client: Client) -> None:
    assert b"data-zone-unknown" in client.get("/calendar/").content
    client.cookies["seenow_zone"] = "Asia/Tokyo"
    page = client.get("/calendar/").content.decode()
    assert ("data-zone-unknown" in page, "Times in Tokyo" in page) == (False, True)


def test_every_part_narrows_and_together(client: Client) -> None:
    group = make_niche(slug="textiles")
    niche = make_niche(slug="silk", parent=group)
    host = make_host(languages=["zh-Hans"])
    host.niches.add(niche)
    mine = show(at(10), brand=make_brand(slug="maison"), holiday=make_holiday())
    make_event_host(mine, host=host)
    other = show(at(11))
    make_event_host(other)
    for query in (
        "market=CN",
        "holiday=singles-day",
        "niche=silk",
        "niche=textiles",
        "brand=maison",
        "language=zh",
    ):
        in_grid = [event for shows in grid(client, query).values() for event in shows]
        assert (listed(client, query), in_grid) == ([mine], [mine]), query
    assert listed(client, "market=CN&niche=textiles&brand=maison&language=zh&holiday=singles-day") == [mine]
    assert listed(client, "market=FR&brand=maison") == []
    assert listed(client) == [mine, other]


@pytest.mark.parametrize(
    "query",
    ["market=ZZ", "market=%00", "niche=none", "brand=none", "holiday=%F0%9F%8E%8E", "from=x", "skip=-1",
     "skip=999999999999", "from=9999-12-31", "from=0001-01-01", "language=%22%5D", "view=list", "shows=2"],
)  # fmt: skip
def test_nonsense_is_as_if_it_were_not_there(client: Client, query: str) -> None:
    for view in ("", "view=month&"):
        assert client.get(f"/calendar/?{view}{query}").status_code == 200


def test_drafts_are_nowhere_and_cancelled_shows_are_marked(client: Client) -> None:
    show(at(10), state="draft")
    off = show(at(11), state="cancelled")
    assert (listed(client), grid(client)) == ([off], {date(2027, 2, 11): [off]})
    words = client.get("/calendar/?from=2027-02-10").content.decode()
    assert ("Cancelled" in words, "almanac-show--off" in words) == (True, True)


def test_a_show_elsewhere_names_its_own_clock(client: Client) -> None:
    show(at(10, 20), time_zone="Asia/Tokyo")
    show(at(12, 20), time_zone="UTC")
    words = client.get("/calendar/?from=2027-02-10").content.decode()
    assert [words.count(part) for part in ("05:00 in Tokyo", "20:00 in UTC")] == [1, 0]


def test_pages_lose_and_double_nothing(client: Client) -> None:
    # A full day, a show over midnight, and two thinner days.
    brand = make_brand()
    events = [
        *Event.objects.bulk_create(
            Event(
                slug=f"s{n}", title=f"S{n}", brand=brand, time_zone="UTC", state="scheduled",
                starts_at=at(10) + timedelta(minutes=n), ends_at=at(10) + timedelta(minutes=n) + HOUR,
            )
            for n in range(ON_A_PAGE * 2 + 3)
        ),
        show(at(10, 23), ends_at=at(11, 2)),
        *(show(at(12, hour)) for hour in range(ON_A_PAGE // 4)),
        *(show(at(20, hour)) for hour in range(20)),
    ]  # fmt: skip
    seen, query, pages = [], "?from=2027-02-10&shows=1", 0
    while query:
        page = client.get(f"/calendar/{query}")
        seen += [c.event.pk for _m, rows in page.context["months"] for row in rows for c, _k in row.shows]
        query, pages = page.context["later"], pages + 1
    assert seen == [event.pk for event in sorted(events, key=lambda event: (event.starts_at, event.pk))]
    assert pages == 3


def test_the_page_before_leads_back_and_not_across_today() -> None:
    for day in (1, 5):
        show(at(day))
    now = at(8)
    page = narrowed(date(2027, 2, 20), now)
    assert page.before == date(2027, 2, 8)
    assert narrowed(date(2027, 2, 8), now).before == date(2027, 2, 1)
    assert narrowed(date(2027, 2, 1), now).before is None


def narrowed(begin: date, now: datetime) -> Agenda:
    return agenda(begin, skip=0, today=now.date(), narrowed=Narrowing(), now=now)


def test_reminders_can_be_chosen_from_the_agenda(client: Client) -> None:
    event = make_ready_event(state="scheduled", starts_at=at(10), ends_at=at(10) + HOUR)
    words = client.get("/calendar/?from=2027-02-10").content.decode()
    assert f'action="/events/{event.slug}/reminders/"' in words
    assert 'name="remind" value="push-60"' in words


# --- What it costs ----------------------------------------------------------------------------------------


def many(shows: int, hosts: int) -> None:
    """`shows` over a year with one of `hosts` each."""
    brand, niche = make_brand(), make_niche(slug="silk")
    people = Host.objects.bulk_create(
        Host(slug=f"h{n}", name=f"H{n}", headline="", languages=["en"]) for n in range(hosts)
    )
    Host.niches.through.objects.bulk_create(
        Host.niches.through(host=person, niche=niche) for person in people[::2]
    )
    first = datetime(2027, 1, 1, tzinfo=UTC)
    step = timedelta(days=365) / shows
    events = Event.objects.bulk_create(
        Event(
            slug=f"e{n}", title=f"E{n}", brand=brand, time_zone="UTC", state="scheduled",
            starts_at=first + n * step, ends_at=first + n * step + HOUR,
        )
        for n in range(shows)
    )  # fmt: skip
    EventHost.objects.bulk_create(EventHost(event=e, host=people[n % hosts]) for n, e in enumerate(events))


PAGES = (
    "/calendar/?view=month&month=2027-02",
    "/calendar/?view=month&month=2027-02&niche=silk&language=en",
    "/calendar/?from=2027-02-01",
    "/calendar/?from=2027-02-01&niche=silk",
    "/calendar/feed.ics",
)


@pytest.mark.parametrize("path", PAGES, ids=["month", "month-narrowed", "agenda", "agenda-narrowed", "feed"])
def test_many_shows_ask_as_much_as_few(
    client: Client, path: str, django_assert_max_num_queries: object
) -> None:
    many(150, 5)
    with django_assert_max_num_queries(22) as few:  # type: ignore[operator]  # a fixture
        client.get(path)
    Event.objects.all().delete()
    Host.objects.all().delete()
    from events.models import Niche

    Niche.objects.all().delete()
    many(300, 30)
    with django_assert_max_num_queries(len(few)) as more:  # type: ignore[operator]  # same
        client.get(path)
    assert len(more) == len(few)
