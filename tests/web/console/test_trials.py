"""Rules on trial as coordinators begin, see and end them, without JavaScript."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.bootstrap.desks import fall_back
from matcher.domain.acts import ActKind, Step
from matcher.domain.coordinator import Rank
from matcher.domain.extent import STRETCH_DAYS, Arm, Extent
from matcher.domain.profile import Consent
from matcher.domain.trial import End, Trial, Why
from matcher.domain.versions import Publication
from matcher.service.trials import TOLD_FOR, kept_of
from matcher.settings.model import Settings
from matcher.store.trials import TrialSums
from tests.coordinating import PASSPHRASE, Holder
from tests.web.browsing import Browser, Given
from tests.web.console.conftest import Arrive, Look
from tests.world import SEEKER, World

LOOK, TRY, ASK = "Look at what it would change", "Try it on some rounds", "Ask to try it"
DROP, KEEP = "Drop the tried rules", "Keep the tried rules"
WHY: Given = {"reason": "Our peers are tired", "passphrase": PASSPHRASE}
COUNTED = replace(SEEKER, consent=Consent(matching=True, statistics=True))
LATER = STRETCH_DAYS * timedelta(days=1)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Yield settings with little noise, so that few people are enough."""
    statistics = msgspec.structs.replace(settings.statistics, epsilon=4.0)
    return replace(settings, statistics=statistics)


@pytest.fixture
def ben(arrive: Arrive, owner: Browser) -> Browser:
    """Yield the browser of a second coordinator."""
    assert "Ana" in owner.text
    return arrive(Holder(name="Ben"), Rank.COORDINATOR)


def draft(browser: Browser, a_day: int) -> Browser:
    text = browser.open("/en/rules/draft").page.form_with(LOOK).values["text"]
    return browser.press(LOOK, {"text": text.replace("a_day = 3", f"a_day = {a_day}")})


def newest(console: ConsoleServices) -> Trial:
    found = console.trials.newest()
    assert found is not None
    return found


def begin(world: World, console: ConsoleServices) -> None:
    """Begin a trial on the first day of those that are told together."""
    world.begin(LATER)
    text = console.tuning.current().text.replace("a_day = 3", "a_day = 2")
    wanted = Publication(text=text, reason="to see", who="ana")
    kept_of(world.backing).begin(wanted, Extent(), after=1, at=world.now())


def fill(world: World, trial: Trial, offered: dict[Arm, tuple[int, int]]) -> None:
    """Let so many of each arm be offered somebody, and so many be left; then let it be told."""
    sums = TrialSums(world.backing, trial.number)
    for arm, counts in offered.items():
        for end, count in zip(End, counts, strict=True):
            for _ in range(count):
                sums.add(arm, end, COUNTED, now=world.now())
    world.advance(LATER)


def test_a_draft_is_tried_on_some_rounds_and_seen_where_coordinators_look(
    owner: Browser, console: ConsoleServices
) -> None:
    draft(owner, 2).press(TRY, {**WHY, "share": "30%", "days": "21", "bound": "10"})

    trial = newest(console)
    last = console.oversight.entries()[-1]
    assert trial.extent == Extent(share=30, days=21, bound=10)
    assert (last.kind, last.step) == (ActKind.TRY_RULES, Step.DONE)
    assert console.tuning.current().number == 1
    for path in ("/en/", "/en/rules", "/en/rules/trial"):
        assert "30 of 100 rounds go by them" in owner.open(path).text
    assert "A peer gets at most 2 suggestions a day." in owner.text
    assert "too few to tell" in owner.text
    log = owner.open("/en/log").text
    assert "Try rules on some rounds · 30 of 100 rounds · 21 days · done" in log


@pytest.mark.parametrize(
    "wrong",
    [
        {"share": "51"},
        {"share": "4"},
        {"days": "6"},
        {"days": "43"},
        {"bound": "-1"},
        {"bound": "5x"},
        {"share": ""},
        {"reason": " "},
        {"passphrase": "another passphrase"},
    ],
)
def test_what_is_wrong_is_told_and_the_form_comes_back_filled_in(
    owner: Browser, console: ConsoleServices, wrong: dict[str, str]
) -> None:
    draft(owner, 2).press(TRY, {**WHY, "share": "30", **wrong})

    form = owner.page.form_with(TRY)
    assert owner.response.status_code in {403, 422}
    (name,) = wrong
    at = {"reason": "reason-try", "passphrase": "sure-2"}.get(name, name)
    html = owner.response.get_data(as_text=True)
    assert f'<li><a href="#{at}">' in html
    assert f'<p class="error" id="{at}-error1">' in html
    assert html.count('aria-invalid="true"') == 1
    assert '<details class="group" open>' in html
    assert form.values["share"] == wrong.get("share", "30")
    assert "a_day = 2" in owner.page.form_with(LOOK).values["text"]
    assert console.trials.newest() is None


def test_a_trial_of_what_loosens_safety_waits_for_a_second_coordinator(
    owner: Browser, ben: Browser, console: ConsoleServices
) -> None:
    draft(owner, 5).press(ASK, {**WHY, "share": "10"})
    assert console.trials.newest() is None
    assert "It would be tried on 10 of 100 rounds. For 14 days." in ben.open("/en/rules").text
    ben.open("/en/acts").press("Agree", {"passphrase": PASSPHRASE})

    assert newest(console).ended is None
    assert newest(console).extent.share == 10
    assert console.tuning.current().number == 1
    assert console.oversight.entries()[-1].kind is ActKind.TRY_LOOSE_RULES


def test_a_damaged_file_keeps_nobody_from_the_overview(
    owner: Browser, console: ConsoleServices
) -> None:
    (console.settings.folders.state / "trials-main.json").write_text("[{")

    assert owner.open("/en/").response.status_code == 200


def test_one_trial_at_a_time(owner: Browser, console: ConsoleServices) -> None:
    draft(owner, 2).press(TRY, WHY)
    draft(owner, 1).press(TRY, {"reason": "again"})

    assert owner.response.status_code == 409
    assert "Other rules are on trial" in owner.text
    assert newest(console).number == 1


def test_anybody_drops_a_trial_at_once(
    owner: Browser, ben: Browser, console: ConsoleServices
) -> None:
    draft(owner, 2).press(TRY, WHY)

    text = ben.open("/en/rules/trial").press(DROP).text

    ended = newest(console).ended
    assert ended is not None
    assert ended.why is Why.DROPPED
    assert "The tried rules were dropped." in text
    assert DROP not in text
    assert "End a trial of rules" in ben.open("/en/log").text


@pytest.mark.parametrize("button", [DROP, KEEP])
def test_an_old_page_touches_no_other_trial(
    owner: Browser, ben: Browser, console: ConsoleServices, button: str
) -> None:
    draft(owner, 2).press(TRY, WHY)
    ben.open("/en/rules/trial").press(DROP)
    action, sent = owner.prepared(button, {"reason": "it does well"} if button == KEEP else {})
    draft(owner, 1).press(TRY, {"reason": "another"})

    owner.client.post(action, data=sent)

    assert (newest(console).number, newest(console).ended) == (2, None)
    assert console.tuning.current().number == 1


def test_kept_rules_become_the_next_version(owner: Browser, console: ConsoleServices) -> None:
    draft(owner, 2).press(TRY, WHY)
    owner.press(KEEP, {"reason": " "})
    assert owner.response.status_code == 422
    assert console.tuning.current().number == 1

    owner.press(KEEP, {"reason": "it does as well"})

    live = console.tuning.current()
    assert (live.number, live.reason) == (2, "it does as well")
    assert "a_day = 2" in live.text
    assert "now all rounds go by them" in owner.text
    ended = newest(console).ended
    assert ended is not None
    assert ended.why is Why.KEPT


def test_to_keep_what_loosens_safety_takes_another_yes(
    owner: Browser, ben: Browser, console: ConsoleServices
) -> None:
    draft(owner, 5).press(ASK, WHY)
    ben.open("/en/acts").press("Agree", {"passphrase": PASSPHRASE})

    owner.open("/en/rules/trial").press("Ask for a second yes", {"reason": "it helps"})

    assert console.tuning.current().number == 1
    assert newest(console).ended is None
    ben.open("/en/acts").press("Agree")
    assert console.tuning.current().number == 2


def test_figures_are_told_when_days_are_over_with_who_is_worst_off(
    look: Look, console: ConsoleServices, world: World
) -> None:
    begin(world, console)
    fill(world, newest(console), {Arm.LIVE: (150, 50), Arm.TRIED: (75, 25)})

    found = console.trials.figures(newest(console))

    live, tried = (found.sides[arm].together for arm in Arm)
    assert live is not None
    assert tried is not None
    assert live.low < 0.75 < live.high
    assert tried.low < 0.75 < tried.high
    assert tried.high - tried.low > live.high - live.low
    shown = look("/en/rules/trial").text
    assert f"{round(100 * live.best)} %" in shown
    assert f"{round(100 * tried.low)}–{round(100 * tried.high)} %" in shown  # noqa: RUF001
    assert not fall_back(world.backing).act()


def test_a_fall_back_is_told_on_the_overview_and_the_rules_page_and_logged(
    look: Look, console: ConsoleServices, world: World
) -> None:
    begin(world, console)
    fill(world, newest(console), {Arm.LIVE: (120, 10), Arm.TRIED: (5, 55)})

    assert fall_back(world.backing).act()

    told = "It ended by itself: by the tried rules, fewer newcomers were suggested somebody."
    browser = look("/en/")
    for path in ("/en/", "/en/rules", "/en/rules/trial"):
        assert told in browser.open(path).text
    log = browser.open("/en/log").text
    assert "this network by itself" in log
    assert told in log
    world.advance(TOLD_FOR)
    assert console.trials.fresh() is None
