"""States of what somebody buys and of who they are: orders, mails, ways in, and pages that say no."""

from playwright.async_api import Page, expect

from tests.e2e.conftest import PASSWORD
from tests.e2e.looking import Visit
from tests.e2e.pages import HOST, VIEWER
from tests.e2e.steps import press, refused

BUYER, LOCKED = "mina@demo.example", "locked@demo.example"

# Somebody has an order of every kind and a piece in the bag that is gone; mails were written to them;
# somebody else has a second factor; and the host has an order in a currency nobody can write, so that its
# page breaks.
MONEY = """
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal.auth import TOTP
from accounts.domain.viewers import Viewer, user_key
from accounts.models import Mail
from catalog.models import Product, Variant
from events.domain import letters
from events.domain.host_letters import send_invitation
from events.domain.reminding import send_due_reminders
from events.models import Engagement, Reminder
from orders.domain.bags import add_to_bag
from orders.domain.checkout import Contact, Request, Wanted, place_order, quote
from orders.domain.closing import cancel_order
from orders.domain.payments import start_payment
from orders.domain.refunds import refund_order
from orders.domain.sandbox import deliver_due
from orders.models import Order, SandboxCharge
mina, locked = (
    User.objects.create_user(f"{name.lower()}@demo.example", PASSWORD, display_name=name, created_at=now)
    for name in ("Mina", "Locked")
)
for user in (mina, locked):
    confirm_address(user)
TOTP.activate(locked, "JBSWY3DPEHPK3PXP")
buyer = Viewer(user_key(mina), mina, "Mina")
on_offer = Variant.objects.filter(active=True, product__state="active", product__available_from=None)
on_offer = on_offer.filter(product__brand__slug="sorrel-and-vane")
on_offer = on_offer.exclude(product=Product.objects.on_sale().first())
free = (one for one in on_offer.order_by("-pk") if one.stock.free > 3)
address = Contact("Mina Park", mina.email, "12 rue des Martyrs", "Paris", "FR", "75009")

def order(name, language="en"):
    wanted = [Wanted(next(free), 1)]
    agreed = quote(wanted, currency="EUR", delivery="standard").total.amount
    said = {"origin": "http://127.0.0.1", "language": language}
    request = Request(wanted, "EUR", address, "standard", agreed, f"still {name}", **said)
    return place_order(request, viewer=buyer, now=now)

def pay(name, method="card", scenario="approve", language="en"):
    one = order(name, language)
    start_payment(one, method=method, return_url="/", key=f"still {name}", scenario=scenario, now=now)
    return one

waits, asks = pay("waits", "qr"), pay("asks", scenario="timeout")
declined = pay("declined", scenario="insufficient_funds")
given_back, broken = pay("back"), pay("broken", language="zh-hans")
called_off = cancel_order(order("off"), now=now)
deliver_due(now=now)
Order.objects.filter(pk=given_back.pk).update(language="zh-hans")
given_back.refresh_from_db()
refund_order(given_back, reason="Does not fit", by=None, key="still back", now=now)
host = User.objects.get(email="host@demo.example")
Order.objects.filter(pk=broken.pk).update(currency="", user=host, holder=user_key(host))
gone = Variant.objects.filter(product__in=sold_out.lineup.values("product"), active=True).order_by("pk")[0]
for one in (gone, next(free)):
    add_to_bag(one, holder=buyer.key, quantity=1, currency="EUR", now=now)
reminder = Reminder.objects.exclude(user=None).order_by("pk").first()
Reminder.objects.filter(pk=reminder.pk).update(due_at=now)
send_due_reminders(now=now)
invited = Engagement.objects.get(host__user__email="host@demo.example", state="invited")
send_invitation(invited, origin="http://127.0.0.1", now=now)
token = lambda url: url.split("/")[-2]
mails = Mail.objects.exclude(html="").order_by("-pk")
out |= {
    "waits": waits.public_id, "asks": asks.public_id, "declined": declined.public_id,
    "called_off": called_off.public_id, "given_back": given_back.public_id, "broken": broken.public_id,
    "charge": SandboxCharge.objects.get(key=waits.payments.get().key).reference,
    "new_password": f"{user_pk_to_url_str(locked)}-{default_token_generator.make_token(locked)}",
    "stop": token(letters.stop_url(reminder)),
    "mail_paid": mails.filter(key__startswith="order-paid", to=mina.email).last().pk,
    "mail_back": mails.get(key__startswith="refund-done", to=mina.email).pk,
    "mail_chinese": mails.get(key=f"order-paid:{broken.public_id}").pk,
    "mail_invited": mails.filter(key__startswith="engagement-invitation").first().pk,
    "mail_soon": mails.filter(headers__has_key="List-Unsubscribe").first().pk,
}
"""


async def printed(page: Page) -> None:
    await page.emulate_media(media="print")


async def unboxed(page: Page) -> None:
    """From its text to the mail itself, which acts in no way; out of its box it may be asked for its size."""
    address = await page.locator("a[href$='/html/']").get_attribute("href")
    mail = await page.request.get(str(address))
    await page.goto("about:blank")
    await page.set_content(await mail.text())


async def forgotten(page: Page) -> None:
    """A link to a new password is asked for."""
    await page.fill("input[name=email]", "nobody@demo.example")
    await press(page, "form:has(input[name=email]) button[type=submit]")
    await page.wait_for_url("**/done/")


async def too_often(page: Page) -> None:
    """Asked for again and again, until the page says that it is enough."""
    for _ in range(7):
        await page.goto("/account/password/reset/")
        await page.fill("input[name=email]", "often@demo.example")
        async with page.expect_navigation() as going:
            await press(page, "form:has(input[name=email]) button[type=submit]")
        if (answer := await going.value) and answer.status == 429:
            return
    raise AssertionError("nobody was stopped")


async def signed_up(page: Page) -> None:
    """An account is asked for; the code that was sent is not typed yet."""
    language = await page.locator("html").get_attribute("lang")
    # An address is new only once.
    await page.fill("input[name=email]", f"fresh-{language}@shop.example")
    await page.fill("input[name=password1]", PASSWORD)
    await press(page, "form:has(input[name=password1]) button[type=submit]")
    await expect(page.locator("input[name=code]")).to_be_visible()


async def second_step(page: Page) -> None:
    """The password was right; the other factor is asked for."""
    await page.fill("input[name=login]", LOCKED)
    await page.fill("input[name=password]", PASSWORD)
    await press(page, "form:has(input[name=password]) button[type=submit]")
    await expect(page.locator("input[name=code]")).to_be_visible()


async def proven(page: Page) -> None:
    """Who they are is asked once more, unless it was asked a moment ago, and told."""
    if await page.locator("input[name=password]").is_visible():
        await page.fill("input[name=password]", PASSWORD)
        await press(page, "form:has(input[name=password]) button[type=submit]")
    await page.wait_for_url("**/2fa/**")


async def wrong_sign_up(page: Page) -> None:
    await refused(page, "form:has(input[name=password1])")


ORDERS = [
    Visit("bag-gone", "/bag/", BUYER),
    Visit("my-orders-every-state", "/account/orders/", BUYER),
    Visit("order-waiting", "/orders/{waits}/", BUYER),
    Visit("order-pending", "/orders/{asks}/", BUYER),
    Visit("order-declined", "/orders/{declined}/", BUYER),
    Visit("order-cancelled", "/orders/{called_off}/", BUYER),
    Visit("order-refunded", "/orders/{given_back}/", BUYER),
    Visit("order-printed", "/orders/{given_back}/", BUYER, prepare=printed, screen=(768, 1024)),
    Visit("sandbox-pay", "/sandbox/pay/{charge}/"),
    Visit("broken", "/orders/{broken}/", HOST),
    Visit("mail-text", "/demo/mail/{mail_paid}/"),
    Visit("mail-order", "/demo/mail/{mail_paid}/", prepare=unboxed),
    Visit("mail-order-in-chinese", "/demo/mail/{mail_chinese}/", prepare=unboxed),
    Visit("mail-refund-in-chinese", "/demo/mail/{mail_back}/", prepare=unboxed),
    Visit("mail-invitation", "/demo/mail/{mail_invited}/", prepare=unboxed),
    Visit("mail-reminder", "/demo/mail/{mail_soon}/", prepare=unboxed),
    Visit("reminder-stop", "/reminders/stop/{stop}/"),
    Visit("sign-out", "/account/logout/", VIEWER),
    Visit("sign-up-errors", "/account/signup/", prepare=wrong_sign_up, fresh=True),
    Visit("confirm-code", "/account/signup/", prepare=signed_up, fresh=True),
    Visit("second-step", "/account/login/", prepare=second_step, fresh=True),
    Visit("reauthenticate", "/account/reauthenticate/", VIEWER),
    Visit("two-factor-app", "/account/2fa/totp/activate/", VIEWER, prepare=proven, fresh=True),
    Visit("passkey-new", "/account/2fa/webauthn/add/", VIEWER, prepare=proven, fresh=True),
    Visit("password-sent", "/account/password/reset/", prepare=forgotten, fresh=True),
    Visit("password-new", "/account/password/reset/key/{new_password}/", fresh=True),
    Visit("password-changed", "/account/password/reset/key/done/"),
    Visit("account-closed", "/account/inactive/"),
    Visit("too-often", "/account/password/reset/", prepare=too_often, fresh=True),
]
