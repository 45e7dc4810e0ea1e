"""States of the studio: what a form says that was filled in wrongly, and what the demo has none of."""

from playwright.async_api import Page, expect

from tests.e2e.looking import Visit
from tests.e2e.pages import PRODUCER
from tests.e2e.steps import press, refused

# Four Fridays of one show.
PLANS = """
from datetime import time
from events.domain.series import Every, create_series, rule_of
from events.models import OwnDay
first = now.date() + timezone.timedelta(days=35)
maison = Brand.objects.get(slug="maison-aurele")
made = create_series(
    maison, title="Friday at the bench", rule=rule_of(Every.WEEK, first, 4), first_day=first, clock=time(19),
    minutes=45, zone="Europe/Paris", data={"summary": "From the hide to the last stitch.", "currency": "EUR"},
)
out |= {"series": made.public_id, "own_day": OwnDay.objects.order_by("pk").first().key}
"""
FAULTY = b"""sku,slug,name,category,price_EUR,stock
A-1,sept,Sept,bags,12.345,many
A-2,,No address,bags,10,3
"""


async def empty_form(page: Page) -> None:
    await refused(page, "main form.form")


async def faulty_sheet(page: Page) -> None:
    """A sheet is sent whose rows are wrong each in its way."""
    await page.locator("select[name=brand]").select_option(label="Maison Aurèle")
    await page.locator("input[type=file]").set_input_files(
        {"name": "pieces.csv", "mimeType": "text/csv", "buffer": FAULTY}
    )
    await press(page, "button[value=check]")
    await expect(page.get_by_text("A-1").first).to_be_visible()


STUDIO = [
    Visit("studio-series-one", "/studio/series/{series}/", PRODUCER),
    Visit("studio-day", "/studio/days/own/{own_day}/", PRODUCER),
    Visit("studio-event-hosts", "/studio/events/the-silk-hour/?part=hosts", PRODUCER),
    Visit("studio-new-errors", "/studio/events/new/?holiday=none", PRODUCER, prepare=empty_form),
    Visit("studio-product-new-errors", "/studio/products/new/", PRODUCER, prepare=empty_form),
    Visit("studio-import-errors", "/studio/products/import/", PRODUCER, prepare=faulty_sheet),
]
