"""A peer on a phone without JavaScript: reminded, asking, answered, resting."""

import json
import re
from pathlib import Path
from secrets import token_bytes

from playwright.sync_api import BrowserContext, Page, expect

from matcher.bootstrap import build
from matcher.domain.invitation import Scope
from tests import machine
from tests.journeys.steps import come_back
from tests.machine import Up
from tests.world import PEER

NUMBER = "+961 70 123 456"


def test_a_peer_is_reminded_asks_reads_an_answer_and_rests(
    up: Up, phone: BrowserContext
) -> None:
    page = phone.new_page()
    come_back(page, _code_of_a_peer(up))
    page.get_by_role("button", name="I look in every few days").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are checked in")

    _takes_a_reminder(page)
    _asks(page)
    _is_answered(page, up)

    page.get_by_role("link", name="How far to go, and what to say").click()
    page.get_by_role("link", name="When somebody is in danger").click()
    expect(page.locator("#danger")).to_be_in_viewport()
    page.get_by_role("link", name="Back to your page").click()
    page.get_by_role("button", name="Three days").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are resting")


def _code_of_a_peer(up: Up) -> str:
    services = build(up.settings)
    invitation = services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]
    admitted = services.intake.admit_peer(PEER, seed=token_bytes(32), invitation=invitation)
    return admitted.code


def _takes_a_reminder(page: Page) -> None:
    page.get_by_role("link", name="A reminder for my calendar").click()
    page.get_by_label("Stretch").check()
    page.get_by_label("Every 3 days").check()
    page.get_by_label("At what time?").select_option("08:30")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Make the file").click()
    file = Path(coming.value.path()).read_text("utf-8")
    assert coming.value.suggested_filename == "reminder.ics"
    assert "SUMMARY:Stretch" in file
    assert "INTERVAL=3" in file
    page.get_by_role("link", name="Back to your page").click()


def _asks(page: Page) -> None:
    page.get_by_role("link", name="Ask a coordinator").click()
    asked = page.get_by_label("Your question or what weighs on you")
    asked.fill(f"They wanted me to call {NUMBER}. What do I say?")
    page.get_by_role("button", name="Send it to the coordinators").click()
    expect(page.get_by_text(f"a phone number: {NUMBER}")).to_be_visible()
    expect(asked).to_have_value(re.compile(re.escape(NUMBER)))
    asked.fill("They wanted me to call. What do I say?")
    page.get_by_role("button", name="Send it to the coordinators").click()
    expect(page.get_by_text("Sent, and not answered yet")).to_be_visible()


def _is_answered(page: Page, up: Up) -> None:
    (waiting,) = json.loads(machine.sanad("notes", "list", "--json", home=up.home).stdout)
    assert waiting["text"] == "They wanted me to call. What do I say?"
    words = "No is enough. You did well."
    machine.sanad("notes", "answer", waiting["note"], home=up.home, given=words)
    page.get_by_role("link", name="Back to your page").click()
    page.get_by_role("link", name="A coordinator has answered you.").click()
    expect(page.get_by_text(words)).to_be_visible()
    page.get_by_role("button", name="I have read it: erase it").click()
    expect(page.get_by_text(words)).to_have_count(0)
    page.get_by_role("link", name="Back to your page").click()
