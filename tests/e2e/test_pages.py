"""Every page as its people see it: no script error, nothing wider than the screen, nothing axe objects to."""

from pathlib import Path

import pytest

from tests.e2e.conftest import DESK, PHONE, Visit
from tests.e2e.stack import ROOT, Stack

pytestmark = pytest.mark.e2e

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
SHOTS = ROOT / "var" / "screenshots"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PRODUCER, HOST, VIEWER = "producer@demo.example", "host@demo.example", "viewer@demo.example"

PAGES = [
    ("home", "/", ""),
    ("calendar", "/calendar/", ""),
    ("hosts", "/hosts/", ""),
    ("host", "{host}", ""),
    ("event-before", "{before}", ""),
    ("event-after", "{after}", ""),
    ("room", "/events/the-silk-hour/", ""),
    ("product", "{product}", ""),
    ("brand", "/brands/maison-aurele/", ""),
    ("bag", "/bag/", ""),
    ("sign-in", "/account/login/", ""),
    ("sign-up", "/account/signup/", ""),
    ("demo", "/demo/", ""),
    ("mail", "/demo/mail/", ""),
    ("missing", "/nothing-here/", ""),
    ("profile", "/account/profile/", VIEWER),
    ("my-orders", "/account/orders/", VIEWER),
    ("studio", "/studio/", PRODUCER),
    ("studio-new", "/studio/events/new/", PRODUCER),
    ("studio-event", "/studio/events/the-silk-hour/", PRODUCER),
    ("studio-orders", "/studio/orders/", PRODUCER),
    ("studio-order", "{order}", PRODUCER),
    ("studio-products", "/studio/products/", PRODUCER),
    ("host-home", "/host/", HOST),
    ("console", "/host/the-silk-hour/", HOST),
    ("moderator", "/moderate/the-silk-hour/", PRODUCER),
    ("moderator-rules", "/moderate/the-silk-hour/?view=rules", PRODUCER),
]

PATHS = """
from django.utils import timezone
from events.models import Event, Host
from catalog.models import Product
from orders.models import Order
now = timezone.now()
out = {
    "host": f"/hosts/{Host.objects.first().slug}/",
    "before": f"/events/{Event.objects.upcoming(now).first().slug}/",
    "after": f"/events/{Event.objects.past().first().slug}/",
    "product": f"/products/{Product.objects.on_sale().first().slug}/",
    "order": f"/studio/orders/{Order.objects.first().public_id}/",
}
"""


@pytest.fixture(scope="module")
def paths(stack: Stack) -> dict[str, str]:
    found = stack.rows(PATHS)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])
@pytest.mark.parametrize(("name", "path", "email"), PAGES, ids=[page[0] for page in PAGES])
def test_a_page_is_whole_and_open_to_everybody(
    name: str, path: str, email: str, size: dict[str, int], visit: Visit, paths: dict[str, str]
) -> None:
    page = visit(path.format(**paths), email=email, size=size)
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    keep(page.screenshot(animations="disabled"), f"{name}-{size['width']}.png")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules)", RULES)
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]] == []


def keep(shot: bytes, name: str) -> Path:
    """Leave what a person would see under `var/screenshots/`, to be looked at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    (SHOTS / name).write_bytes(shot)
    return SHOTS / name
