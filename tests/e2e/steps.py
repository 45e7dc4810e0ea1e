"""What people do on the way into a state, by hand and by keyboard."""

from playwright.async_api import Page, expect

CONTACT = {
    "name": "Mina Park",
    "email": "mina@shop.example",
    "street": "12 rue des Martyrs",
    "postcode": "75009",
    "city": "Paris",
}


async def press(page: Page, *selectors: str) -> None:
    for selector in selectors:
        await page.locator(selector).first.click()


async def on_air(page: Page) -> None:
    """The picture moves."""
    await expect(page.locator("[data-player]")).to_have_attribute("data-feed", "live", timeout=60_000)
    await page.evaluate("document.querySelector('[data-player]').dataset.pictured = ''")


async def playing(page: Page) -> None:
    """The picture moves; who looks on knows the room already."""
    await on_air(page)
    await known(page)


async def known(page: Page) -> None:
    """What the room says to who is there for the first time is put away."""
    if await page.locator("[data-hint] button").is_visible():
        await press(page, "[data-hint] button")


async def arrived(page: Page) -> None:
    """The room is there, and what it says to who is there for the first time is put away."""
    await expect(page.locator("article.pin").first).to_be_visible()
    await press(page, "[data-hint] button")
    await expect(page.locator("[data-hint]")).to_be_hidden()


async def choosing(page: Page) -> None:
    """The sheet of a piece that is on the stage."""
    await press(page, "article.pin [data-buy]")
    await expect(page.locator("#buy-sheet [data-buy=hold]")).to_be_visible()


async def buying(page: Page) -> None:
    await playing(page)
    await choosing(page)


async def hold(page: Page) -> None:
    await press(page, "#buy-sheet [data-buy=hold]")
    await expect(page.locator("#buy-sheet [data-buy=timer]")).to_be_visible()


async def held(page: Page) -> None:
    await buying(page)
    await hold(page)


async def contact(page: Page, form: str) -> None:
    """Who it is for and where it goes."""
    for name, value in CONTACT.items():
        await page.locator(f"{form} [name={name}]").fill(value)
    await page.locator(f"{form} [name=country]").select_option("FR")


async def piece(page: Page) -> None:
    await playing(page)
    await page.locator("[data-piece]").first.dispatch_event("click")
    await expect(page.locator("dialog[open]")).to_be_visible()


async def refused(page: Page, form: str) -> None:
    """The form goes out as it is, and comes back with what is wrong with it."""
    await page.locator(form).evaluate("form => { form.noValidate = true }")
    await press(page, f"{form} button:not([type=button]):visible")
    await expect(page.locator("[role=alert], .field__error, .errorlist").first).to_be_visible()
