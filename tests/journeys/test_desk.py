"""A day at the desk in a real browser without JavaScript, in both languages."""

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from matcher.bootstrap import build
from matcher.bootstrap.console import ConsoleServices
from matcher.domain import codes
from matcher.domain.errors import InvitationGoneError
from matcher.domain.report import Category, ReportState
from matcher.web.public.app import create_app as create_public_app
from tests.counting import WEEK
from tests.hearing import hear, tell_all
from tests.journeys.desks import Desk, seated, served
from tests.telling import states, tell
from tests.world import World

pytestmark = pytest.mark.parametrize("language", ["en", "ar"])

SAID = {"en": "We are few on Friday.", "ar": "يكون عددنا قليلًا يوم الجمعة."}


def test_a_batch_is_invited_shown_once_and_revoked(desk: Desk, world: World) -> None:
    desk.open("invitations")
    desk.page.locator("[name=purpose]").fill("spring training")
    desk.page.locator("[name=count]").fill("2")
    desk.send("/invitations/make")
    cards = desk.page.locator(".cards li")
    expect(cards).to_have_count(2)
    expect(cards.first.locator("svg")).to_be_visible()
    code = codes.parse(cards.first.locator(".letters").inner_text())
    assert not world.services.invitations.look(code).trained_for

    desk.open("invitations")
    expect(desk.page.locator("section.card h2")).to_have_text("spring training")
    desk.send("/invitations/revoke")

    expect(desk.page.locator("section.card")).to_have_count(0)
    with pytest.raises(InvitationGoneError):
        world.services.invitations.look(code)


def test_a_report_is_opened_decided_and_answered(desk: Desk, world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    tell(world, seeker, world.room(seeker, peer), Category.UNKIND)
    desk.open("reports")
    desk.send("/reports/open")
    expect(desk.page.locator("q")).to_be_visible()
    desk.page.locator("button[value=warn]").click()

    expect(desk.page.locator("section.card")).to_have_count(0)
    assert states(world, seeker) == [ReportState.ACTED]


def test_a_notice_is_read_by_everybody_and_taken_down(
    desk: Desk, browser: Browser, world: World
) -> None:
    desk.open("notices")
    for language, words in SAID.items():
        desk.page.locator(f"[name=says-{language}]").fill(words)
    desk.send("/notices/put-up")
    expect(desk.page.locator("section.card")).to_have_count(1)
    with served(create_public_app(build(world.settings))) as pages:
        reader = browser.new_page(base_url=pages, java_script_enabled=False)
        reader.goto(f"/{desk.language}/")
        expect(reader.locator("main")).to_contain_text(SAID[desk.language])
        desk.send("/notices/take-down")
        expect(desk.page.locator("section.card")).to_have_count(0)
        reader.reload()
        expect(reader.locator("main")).not_to_contain_text(SAID[desk.language])
        reader.close()


def test_a_service_is_written_agreed_to_and_shown(
    desk: Desk, browser: Browser, address: str, world: World
) -> None:
    name = "A clinic by the harbour"
    desk.open("services/add")
    given = {"id": "clinic", "reach-phone": "113", "text-en": "Tests", "cost-en": "free"}
    for field, words in {**given, "name-en": name, "hours-en": "always"}.items():
        desk.page.locator(f"[name={field}]").fill(words)
    desk.page.locator("summary").nth(1).click()
    for ticked in ("health", "en", "18-plus", "today"):
        desk.page.locator(f"form [value='{ticked}']").check()
    desk.send("/services/save")
    with (
        seated(browser, address, desk.console, "Ben", desk.language) as other,
        served(create_public_app(build(world.settings))) as pages,
    ):
        reader = browser.new_page(base_url=pages, java_script_enabled=False)
        reader.goto(f"/{desk.language}/near")
        expect(reader.locator("main")).not_to_contain_text(name)
        other.open("services")
        expect(other.page.locator("section.card").first).to_contain_text(name)
        other.open("acts")
        other.send("/acts/agree")
        expect(other.page.locator("section.card")).to_have_count(0)
        reader.reload()
        expect(reader.locator("main")).to_contain_text(name)
        reader.close()


def test_what_helped_becomes_a_draft_that_is_published_by_hand(
    browser: Browser, address: str, console: ConsoleServices, world: World, language: str
) -> None:
    tell_all(world, hear(np.random.default_rng(5), 6_000, (0.0, 1.2, 0.0, 0.0, 0.0)))
    world.advance(WEEK)
    with seated(browser, address, console, "Ana", language) as desk:
        desk.open("outcomes")
        desk.page.locator("a[href$='/outcomes/weights']").click()
        expect(desk.page.locator("td .spread")).to_have_count(4)
        desk.send("/look")
        expect(desk.page.locator(".rules").first).to_contain_text("0.07")
        assert "stage = 0.05" in console.tuning.current().text
        desk.send("/publish")
        expect(desk.page.locator("main")).to_contain_text("0.07")

    assert "stage = 0.07" in console.tuning.current().text
