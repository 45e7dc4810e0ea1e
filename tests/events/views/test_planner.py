from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import User
from catalog.models import Brand
from events.models import ChecklistItem, Event, HolidayOccurrence
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import make_event, make_event_staff, make_holiday

pytestmark = pytest.mark.django_db
QIXI = date(2027, 8, 8)
YEAR = "/studio/planner/?year=2027&market=CN&market=FR"
MONTH = "/studio/planner/?month=2027-08&market=CN"


@pytest.fixture
def brand() -> Brand:
    return make_brand(name="Maison", country="FR")


@pytest.fixture
def producer(client: Client, brand: Brand) -> User:
    user = make_user()
    make_member(user, brand)
    client.force_login(user)
    return user


@pytest.fixture
def qixi(db: None) -> HolidayOccurrence:
    return make_holiday(key="qixi", market="CN", starts_on=QIXI, ends_on=QIXI)


def on(day: date, *, hour: int = 12, **over: Any) -> Event:
    """A show in Shanghai, by default at eight in the evening there."""
    starts_at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    return make_event(time_zone="Asia/Shanghai", **(times | over))


def month_of(client: Client, number: int, page: str = YEAR) -> Any:
    return client.get(page).context["rows"][number - 1]


def cell_of(client: Client, day: date, page: str = MONTH) -> Any:
    weeks = client.get(page).context["weeks"]
    return next(cell for week in weeks for cell in week if cell.day == day)


def test_people_without_a_brand_have_no_planner(client: Client) -> None:
    assert client.get("/studio/planner/").url == "/account/login/?next=/studio/planner/"  # type: ignore[attr-defined]  # a redirect
    client.force_login(make_user())
    assert client.get("/studio/planner/").status_code == 403


def test_the_year_shows_the_holidays_of_the_chosen_markets(client: Client, producer: User) -> None:
    found = {band.holiday.key: band for lane in month_of(client, 8).bands for band in lane}
    assert (found["qixi"].at, found["qixi"].run, found["qixi"].places) == (
        8,
        1,
        [("CN", "qixi.CN.2027-08-08")],
    )
    assert "obon" not in found  # kept in Japan


def test_a_holiday_that_runs_over_the_end_of_a_month_is_in_both(client: Client, producer: User) -> None:
    page = "/studio/planner/?year=2027&market=JP"
    spans = [
        (band.at, band.run)
        for number in (4, 5)
        for lane in month_of(client, number, page).bands
        for band in lane
        if band.holiday.key == "golden-week"
    ]
    assert (len(spans), spans[0][0] + spans[0][1], spans[1][0]) == (2, 31, 1)


def test_bands_and_their_names_never_lie_on_each_other(client: Client, producer: User) -> None:
    markets = "&".join(f"market={code}" for code in ("AE", "CN", "DE", "FR", "GB", "IN", "JP", "KR", "US"))
    rows = client.get(f"/studio/planner/?year=2027&{markets}").context["rows"]
    lanes = [lane for row in rows for lane in row.bands]
    assert all(one.ends <= two.begins for lane in lanes for one, two in pairwise(lane))
    assert all(band.begins >= 1 and band.ends <= 32 for lane in lanes for band in lane)


def test_shows_stand_on_the_day_of_their_own_clock(client: Client, producer: User, brand: Brand) -> None:
    on(date(2027, 8, 7), hour=17, brand=brand, title="After midnight")  # one in the morning on the 8th
    assert [show.title for show in cell_of(client, QIXI).shows] == ["After midnight"]
    assert cell_of(client, date(2027, 8, 7)).shows == []


def test_a_band_says_how_many_shows_stand_on_it(
    client: Client, producer: User, brand: Brand, qixi: HolidayOccurrence
) -> None:
    on(date(2027, 8, 1), brand=brand, holiday=qixi)
    on(date(2027, 8, 2), brand=brand, holiday=qixi, state="cancelled")
    band = next(b for lane in month_of(client, 8).bands for b in lane if b.holiday.key == "qixi")
    assert (band.shows, month_of(client, 8).count) == (1, 2)


def test_other_brands_shows_and_tasks_are_not_there(client: Client, producer: User) -> None:
    foreign = on(QIXI)
    ChecklistItem.objects.create(event=foreign, text="Secret", due_on=QIXI)
    cell = cell_of(client, QIXI)
    assert (cell.shows, cell.dues) == ([], [])


def test_only_ticked_brands_are_shown(client: Client, producer: User, brand: Brand) -> None:
    second = make_brand(slug="second")
    make_member(producer, second)
    on(QIXI, brand=brand, title="First")
    on(QIXI, brand=second, title="Second")
    assert [show.title for show in cell_of(client, QIXI, f"{MONTH}&brand=second").shows] == ["Second"]
    assert [show.title for show in cell_of(client, QIXI).shows] == ["First", "Second"]


def test_what_is_due_stands_on_its_day_until_it_is_done(client: Client, producer: User, brand: Brand) -> None:
    show = on(QIXI, brand=brand, title="Silk")
    rows = [("tease", 2), ("tease", 2), ("dispatch", 4), ("show", 8)]
    for kind, day in rows:
        ChecklistItem.objects.create(event=show, kind=kind, text="x", due_on=date(2027, 8, day))
    ChecklistItem.objects.create(event=show, text="done", due_on=date(2027, 8, 4), done_at=show.starts_at)
    dues = [(due.kind.value, due.day.day, due.count) for due in month_of(client, 8).dues]
    assert dues == [("tease", 2, 2), ("dispatch", 4, 1)]


def test_a_step_of_the_plan_is_said_in_the_readers_language_and_a_task_as_it_was_written() -> None:
    step = ChecklistItem(kind="presale", text="Presale opens for those who follow")
    task = ChecklistItem(text="Presale opens for those who follow")
    changed = ChecklistItem(kind="presale", text="Presale opens at noon")
    with translation.override("zh-hans"):
        assert step.said == "向关注者开放预售"
        assert [one.said for one in (task, changed)] == [task.text, changed.text]


def test_every_coming_day_and_every_holiday_lead_to_a_new_show(client: Client, producer: User) -> None:
    page = client.get(MONTH).content.decode()
    assert "/studio/events/new/?holiday=qixi.CN.2027-08-08" in page
    assert page.count("/studio/events/new/?holiday=none&amp;day=2027-08-") == 31


def test_staff_of_one_show_look_but_plan_nothing(client: Client) -> None:
    user, event = make_user(), make_event()
    make_event_staff(event, user=user)
    client.force_login(user)
    page = client.get(MONTH)
    assert (page.status_code, b"/studio/events/new/" in page.content) == (200, False)


@pytest.mark.parametrize(
    "query",
    ["year=1999", "year=x", "year=99999999999999", "month=2027-13", "month=x", "market=ZZ&brand=none"],
)
def test_nonsense_shows_this_year(client: Client, producer: User, query: str) -> None:
    page = client.get(f"/studio/planner/?{query}")
    assert (page.status_code, len(page.context["rows"])) == (200, 12)


def crowd(brand: Brand, count: int) -> None:
    """Shows and their tasks all over the year."""
    start = datetime(2027, 1, 1, 12, tzinfo=UTC)
    made = Event.objects.bulk_create(
        Event(
            brand=brand,
            slug=f"crowd-{number}",
            title=f"Show {number}",
            time_zone="Europe/Paris",
            starts_at=start + timedelta(hours=1.7 * number),
            ends_at=start + timedelta(hours=1.7 * number + 1),
        )
        for number in range(count)
    )
    ChecklistItem.objects.bulk_create(
        ChecklistItem(event=event, kind="tease", text="x", due_on=event.starts_at.date()) for event in made
    )


PAGES = {
    "year": YEAR,
    "month": MONTH,
    "shows": "/studio/",
    "drafts": "/studio/?state=draft",
    "day": "/studio/?day=2027-01-02",
    "series": "/studio/series/",
    "new": "/studio/events/new/?holiday=qixi.CN.2027-08-08",
    "choose": "/studio/events/new/",
}


def asked(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def test_five_thousand_shows_cost_no_more_queries_than_a_few(
    client: Client, producer: User, brand: Brand
) -> None:
    crowd(brand, 40)
    few = {name: asked(client, page) for name, page in PAGES.items()}
    Event.objects.all().delete()
    crowd(brand, 5_000)
    many = {name: asked(client, page) for name, page in PAGES.items()}
    assert many == few
