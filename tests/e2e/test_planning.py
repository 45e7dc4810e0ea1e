"""A year ahead: staff plan a Qixi edition in minutes, a viewer finds it, keeps it and is reminded of it."""

import re
import time
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE, Visit
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e

TITLE = "The Bridge of Magpies"
VIEWER, PRODUCER = "viewer@demo.example", "producer@demo.example"
MINUTES_3 = 180.0
# What a person takes who reads before they decide: for a click, for a choice from a list, for a key.
SECONDS_A_CLICK, SECONDS_A_KEY = 4.0, 0.3
# Every click, choice and key of a tab, over all its pages.
COUNTED = """
(() => {
  const add = (event) => {
    if (event.type === "change" && !event.target.matches("select")) return;
    sessionStorage.setItem("clicks", Number(sessionStorage.getItem("clicks") ?? 0) + 1);
  };
  addEventListener("click", add, true);
  addEventListener("change", add, true);
})();
"""


def clicks(page: Page) -> int:
    """Clicks and choices so far."""
    return int(page.evaluate("Number(sessionStorage.getItem('clicks') ?? 0)"))


def next_qixi(stack: Stack) -> datetime:
    """Noon UTC of the next Qixi in China that leaves time to prepare."""
    found = stack.rows("""
from django.utils import timezone
from datetime import timedelta
from events.domain.calendar import next_holidays
today = timezone.now().date() + timedelta(days=10)
day = next(d for d in next_holidays(today=today, within_days=500) if d.key == "qixi" and "CN" in d.markets)
out = day.starts_on.isoformat()
""")
    return datetime.fromisoformat(f"{found}T12:00+00:00")


def follow(page: Page, link: str) -> None:
    """Click a link and be where it leads."""
    before = page.url
    page.locator(link).click()
    page.wait_for_url(lambda url: url != before)


def turn_to(page: Page, year: int) -> None:
    """From this year's planner to that year's."""
    while page.locator(".plan-nav__now").inner_text() != str(year):
        follow(page, ".plan-nav [rel=next]")


def plan(page: Page, qixi: datetime) -> str:
    """From the planner to a draft with an edition, a plan and an invited host; returns the show's slug."""
    turn_to(page, qixi.year)
    band = page.locator("li.band[data-holiday=qixi]").first
    expect(band).not_to_have_class(re.compile("band--taken"))
    band.locator(".band__name > a").click()
    page.wait_for_url("**/studio/events/new/?holiday=qixi*")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Brand").select_option(label="Maison Aurèle")
    expect(page.locator("form.new-show")).not_to_have_attribute("aria-busy", "true")
    day = page.locator("input[name=day]").input_value()
    assert f"{qixi - timedelta(days=21):%Y-%m-%d}" <= day <= f"{qixi:%Y-%m-%d}"
    expect(page.locator("input[name=steps]:checked").first).to_be_visible()
    expect(page.locator("input[name=suggested]:checked")).to_have_count(1)
    page.locator("input[name=invite]").check()
    page.locator("select[name=edition]").select_option(index=1)
    page.get_by_role("button", name="Make the draft").click()
    page.wait_for_url(re.compile(r"/studio/events/(?!new/)"))
    found = re.search(r"/studio/events/([\w-]+)/", page.url)
    assert found is not None
    return found.group(1)


def put_pieces(page: Page) -> None:
    page.get_by_role("link", name="Run of show").click()
    for place in (1, 2):
        add = page.locator("#add-piece")
        if not add.evaluate("d => d.open"):
            add.locator("summary").click()
        add.locator("select[name$=product]").select_option(index=1)
        add.get_by_role("button", name="Add").click()
        expect(page.locator("#lineup li.piece")).to_have_count(place)


def invited(stack: Stack, slug: str) -> dict[str, str]:
    """The invited host: name, account and the niche of a viewer who looks for them."""
    found = stack.rows(f"""
from events.models import Engagement
host = Engagement.objects.get(event__slug={slug!r}).host
out = {{"name": host.name, "email": host.user.email, "niche": host.niches.first().slug}}
""")
    assert isinstance(found, dict)
    return found


def host_accepts(visit: Visit, email: str) -> None:
    page = visit("/host/", email=email, size=PHONE)
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.locator("button[value=accept]").click()  # hosts read the page in their own language
    expect(page.locator(".offer .badge--good")).to_be_visible()


def test_an_edition_for_qixi_is_planned_in_three_minutes_found_kept_and_reminded_of(
    stack: Stack, visit: Visit
) -> None:
    qixi = next_qixi(stack)
    page = visit("/studio/planner/?market=CN", email=PRODUCER, size=DESK, init=COUNTED)
    begun = time.monotonic()
    slug = plan(page, qixi)
    put_pieces(page)
    expect(page.locator("#missing")).to_contain_text("has not accepted yet")
    host = invited(stack, slug)
    host_accepts(visit, host["email"])
    page.get_by_role("button", name="Schedule").click()
    expect(page.locator(".state .badge")).to_have_text("Scheduled")
    assert time.monotonic() - begun < MINUTES_3
    assert clicks(page) * SECONDS_A_CLICK + len(TITLE) * SECONDS_A_KEY < MINUTES_3, clicks(page)
    event = facts(stack, slug)
    assert event == {"state": "scheduled", "holiday": "qixi", "edition": "edition", "engagement": "accepted"}

    viewer = visit("/calendar/", email=VIEWER, size=PHONE)
    viewer_finds_it(viewer, host["niche"])
    viewer_keeps_it(viewer, slug)
    viewer_is_reminded_and_stops(stack, viewer, slug)


def facts(stack: Stack, slug: str) -> object:
    return stack.rows(f"""
from events.models import Event
e = Event.objects.get(slug={slug!r})
out = {{"state": e.state, "holiday": e.holiday.key, "edition": e.edition.kind,
       "engagement": e.engagements.get().state}}
""")


def viewer_finds_it(page: Page, niche: str) -> None:
    """By niche, among the days that have a show."""
    page.locator("select[name=niche]").select_option(value=niche)
    page.locator("input[name=shows]").check()
    follow(page, ".almanac-filter button")
    while not page.get_by_role("link", name=TITLE).count():
        follow(page, ".almanac-turn [rel=next]")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)


def viewer_keeps_it(page: Page, slug: str) -> None:
    """The calendar file is downloaded and says what the page says."""
    page.get_by_text("Add to calendar").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="A calendar file").click()
    [entry] = icalendar.Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")
    said = page.locator("time[data-time=day]").first.get_attribute("datetime")
    page.get_by_text("Add to calendar").click()
    assert TITLE in entry["SUMMARY"]
    assert entry["URL"].endswith(f"/events/{slug}/")
    assert entry["DTSTART"].dt.astimezone(UTC) == datetime.fromisoformat(str(said)).astimezone(UTC)


def viewer_is_reminded_and_stops(stack: Stack, page: Page, slug: str) -> None:
    """A day before by e-mail, and an hour before, until one click ends it."""
    page.locator("summary").filter(has_text="Remind me").click()
    for label in ("24 hours before", "1 hour before"):
        page.locator("[data-reminders]").get_by_label(label).first.check()
    page.get_by_role("button", name="Keep these").click()
    expect(page.get_by_text("You will be reminded.")).to_be_visible()
    reminders_by(stack, slug, hours=23)
    page.goto("/demo/mail/")
    page.locator("a.row__link", has_text=TITLE).first.click()
    page.locator(".mail-text a[href*='/reminders/stop/']").click()
    page.get_by_role("button", name="No more reminders of this show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You get no more reminders of this show.")
    assert reminders_by(stack, slug, hours=0.5) == 1


def reminders_by(stack: Stack, slug: str, *, hours: float) -> int:
    """Send what is due that many hours before the show; how many mails of it the viewer has by then."""
    found = stack.rows(f"""
from datetime import timedelta
from accounts.models import Mail
from events.domain.reminding import send_due_reminders
from events.models import Event
event = Event.objects.get(slug={slug!r})
send_due_reminders(now=event.starts_at - timedelta(hours={hours}))
out = Mail.objects.filter(to={VIEWER!r}, subject__contains={TITLE!r}).count()
""")
    assert isinstance(found, int)
    return found
