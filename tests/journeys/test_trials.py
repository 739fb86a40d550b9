"""Rules on trial in a real browser without JavaScript: begun, seen, fallen back, or kept."""

from dataclasses import replace

import msgspec
import pytest
from playwright.sync_api import Browser, expect

from matcher.bootstrap.console import ConsoleServices
from matcher.bootstrap.desks import fall_back
from matcher.domain.extent import Arm
from matcher.domain.trial import Why
from matcher.settings.model import Settings
from tests.journeys.desks import Desk, seated
from tests.web.console.test_trials import LATER, fill, newest
from tests.world import World

pytestmark = pytest.mark.parametrize("language", ["en", "ar"])

ON = {"en": "30 of 100 rounds go by them", "ar": "تعمل بها 30 من كل 100 جولة"}
FELL_BACK = {"en": "It ended by itself: by the tried rules", "ar": "انتهت من تلقاء نفسها"}
KEPT = {"en": "The tried rules were kept", "ar": "جرى اعتماد القواعد المجرَّبة"}
ITSELF = {"en": "this network by itself", "ar": "الشبكة من تلقاء نفسها"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Yield settings with little noise, so that few people are enough."""
    statistics = msgspec.structs.replace(settings.statistics, epsilon=4.0)
    return replace(settings, statistics=statistics)


def begin(desk: Desk) -> None:
    """Write a draft by hand, and try it on some rounds."""
    desk.open("rules/draft")
    text = desk.page.locator("textarea[name=text]")
    text.fill(text.input_value().replace("a_day = 3", "a_day = 2"))
    desk.send("/look")
    desk.page.locator("details:has(form[action$='/try']) > summary").click()
    tried = desk.page.locator("form[action$='/try']")
    tried.locator("[name=share]").fill("30")
    tried.locator("[name=reason]").fill("to see")
    desk.send("/try")
    expect(desk.page.locator("main")).to_contain_text(ON[desk.language])


def test_a_trial_that_does_worse_falls_back_and_everybody_who_coordinates_sees_it(
    browser: Browser, address: str, console: ConsoleServices, world: World, language: str
) -> None:
    world.begin(LATER)
    with seated(browser, address, console, "Ana", language) as desk:
        begin(desk)
        for page in ("", "rules"):
            desk.open(page)
            expect(desk.page.locator("main")).to_contain_text(ON[language])
        assert console.tuning.current().number == 1

    fill(world, newest(console), {Arm.LIVE: (120, 10), Arm.TRIED: (5, 55)})
    assert fall_back(world.backing).act()

    with seated(browser, address, console, "Ben", language) as desk:
        for page in ("", "rules", "rules/trial"):
            desk.open(page)
            expect(desk.page.locator("main")).to_contain_text(FELL_BACK[language])
        expect(desk.page.locator("td .bar")).not_to_have_count(0)
        expect(desk.page.locator("form[action$='/keep']")).to_have_count(0)
        desk.open("log")
        expect(desk.page.locator("main")).to_contain_text(ITSELF[language])
    assert console.tuning.current().number == 1


def test_a_trial_is_kept_once_somebody_says_why(
    desk: Desk, console: ConsoleServices, language: str
) -> None:
    begin(desk)
    desk.open("rules/trial")
    desk.send("/keep")
    expect(desk.page.get_by_role("alert")).to_be_visible()
    assert console.tuning.current().number == 1

    desk.page.locator("#reason").fill("it does as well")
    desk.send("/keep")

    expect(desk.page.locator("main")).to_contain_text(KEPT[language])
    assert "a_day = 2" in console.tuning.current().text
    ended = newest(console).ended
    assert ended is not None
    assert ended.why is Why.KEPT
