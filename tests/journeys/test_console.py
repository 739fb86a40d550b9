"""Coordinators in a real browser: digits with and without JavaScript, then a passkey."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from matcher.service.digits import STEP_SECONDS
from tests.coordinating import PASSPHRASE
from tests.journeys.conftest import PHONE
from tests.machine import Up, sanad
from tests.waiting import until

WORDS = {
    "en": {
        "overview": "Overview",
        "account": "Your account",
        "out": "Sign out",
        "in": "Sign in",
        "add": "Add a passkey",
        "key": "With a passkey instead of digits",
        "make": "Make my account",
        "name": "Ana",
    },
    "ar": {
        "overview": "نظرة عامة",
        "account": "حسابكم",
        "out": "تسجيل الخروج",
        "in": "تسجيل الدخول",
        "add": "إضافة مفتاح مرور",
        "key": "بمفتاح مرور بدل الأرقام",
        "make": "إنشاء حسابي",
        "name": "سناء",
    },
}
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(params=[False, True], ids=["plain", "scripted"])
def desk(request: pytest.FixtureRequest, browser: Browser, up: Up) -> Iterator[BrowserContext]:
    """Hold a browser at the console's address, by a name as passkeys need it."""
    port = urlsplit(up.console).port
    context = browser.new_context(
        base_url=f"http://localhost:{port}",
        java_script_enabled=request.param,
        viewport=PHONE,
        locale="en-GB",
    )
    yield context
    context.close()


def digits(secret: str) -> str:
    return pyotp.TOTP(secret).now()


def step() -> int:
    return int(datetime.now(UTC).timestamp()) // STEP_SECONDS


def becomes_coordinator(page: Page, up: Up, words: dict[str, str], name: str) -> str:
    """Make an account with a one-time code; return the authenticator's secret."""
    made = sanad("console-invite", "--rank", "owner", home=up.home)
    secret = page.locator("[name=secret]").input_value()
    page.locator("[name=code]").fill(Path(made.stdout.strip()).read_text())
    page.locator("[name=name]").fill(name)
    for field in ("passphrase", "again"):
        page.locator(f"[name={field}]").fill(PASSPHRASE)
    page.locator("[name=digits]").fill(digits(secret))
    page.get_by_role("button", name=words["make"]).click()
    expect(page.get_by_role("heading", name=words["overview"])).to_be_visible()
    return secret


@pytest.mark.parametrize("language", WORDS)
def test_a_coordinator_comes_in_with_digits_and_comes_back(
    desk: BrowserContext, up: Up, language: str, request: pytest.FixtureRequest
) -> None:
    words, page = WORDS[language], desk.new_page()
    name = f"{WORDS[language]['name']} {request.node.callspec.id}"
    page.goto(f"/{language}/join")
    secret = becomes_coordinator(page, up, words, name)
    begun = step()
    page.get_by_role("button", name=words["out"]).click()

    page.locator("[name=name]").fill(name)
    page.locator("[name=passphrase]").fill(PASSPHRASE)
    until(lambda: step() > begun, "new digits come", within_s=STEP_SECONDS + 5)
    page.locator("[name=digits]").fill(digits(secret))
    page.get_by_role("button", name=words["in"]).click()

    expect(page.get_by_role("heading", name=words["overview"])).to_be_visible()
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("desk", [True], indirect=True, ids=["scripted"])
def test_a_coordinator_adds_a_passkey_and_signs_in_with_it(
    desk: BrowserContext, up: Up, language: str
) -> None:
    words, page = WORDS[language], desk.new_page()
    name = f"{words['name']} with a key"
    devtools = desk.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(f"/{language}/join")
    becomes_coordinator(page, up, words, name)

    page.get_by_role("link", name=words["account"]).click()
    page.wait_for_load_state()  # its script as well
    page.locator("#sure-add").fill(PASSPHRASE)
    page.get_by_role("button", name=words["add"]).click()
    expect(page.locator("section.card")).to_have_count(1)
    page.get_by_role("button", name=words["out"]).click()
    page.locator("[name=name]").fill(name)
    page.locator("[name=passphrase]").fill(PASSPHRASE)
    page.get_by_role("button", name=words["key"]).click()

    expect(page.get_by_role("heading", name=words["overview"])).to_be_visible()
