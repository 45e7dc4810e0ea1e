"""A passkey is made and used in a real browser, under the strict content policy."""

import pytest

from tests.e2e.conftest import PASSWORD, Visit
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_person_makes_a_passkey_and_signs_in_with_it(stack: Stack, visit: Visit) -> None:
    # Passkeys belong to a name; browsers make none for a bare address.
    home = f"http://localhost:{stack.port}"
    page = visit(f"{home}/account/login/")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.locator("input[name=login]").fill("agent@demo.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{home}/")

    page.goto(f"{home}/account/2fa/webauthn/add/")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url(f"{home}/account/2fa/recovery-codes/")
    assert page.locator(".recovery-codes li").count() == 10

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{home}/")
    page.goto(f"{home}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{home}/")
    page.goto(f"{home}/account/profile/")
    assert "agent@demo.example" in page.locator("main").inner_text()
