"""Reports, opened and decided on pages that name nobody; each step is written down."""

from datetime import timedelta

import pytest
from flask import Flask

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ActKind, Step
from matcher.domain.coordinator import Rank
from matcher.domain.errors import MatcherError
from matcher.domain.place import PlaceState
from matcher.domain.report import Category, Decision, ReportState
from matcher.web.console.acts import words
from tests.coordinating import PASSPHRASE, Holder
from tests.telling import carry_out, stands, states, tell
from tests.web.browsing import Browser, Given
from tests.web.console.conftest import Arrive
from tests.world import Person, World

OPEN, UNDO = "Open it", "Ask to undo it"
SURE: Given = {"passphrase": PASSPHRASE}
BUTTONS = {
    Decision.DISMISS: "Let it go",
    Decision.WARN: "Ask them for more care",
    Decision.REST: "Let them rest",
    Decision.SUSPEND: "Suspend them",
    Decision.REVOKE: "Take their place away for good",
}
DANGEROUS = (Decision.SUSPEND, Decision.REVOKE)


@pytest.fixture
def both(world: World) -> tuple[Person, Person]:
    """Yield who told the team, and whom it is about."""
    seeker, peer = world.seeker(), world.peer()
    tell(world, seeker, world.room(seeker, peer), Category.MONEY)
    return seeker, peer


def kinds(console: ConsoleServices) -> list[ActKind]:
    return [entry.kind for entry in console.oversight.entries()]


def opened(owner: Browser) -> Browser:
    return owner.open("/en/reports").press(OPEN)


def decided(owner: Browser, decision: Decision) -> Browser:
    given = SURE if decision in DANGEROUS else {}
    return opened(owner).press(BUTTONS[decision], given)


@pytest.mark.parametrize("decision", DANGEROUS)
def test_without_the_passphrase_nobody_is_suspended_or_revoked(
    owner: Browser, console: ConsoleServices, both: tuple[Person, Person], decision: Decision
) -> None:
    opened(owner).press(BUTTONS[decision], {"passphrase": "another passphrase"})

    assert owner.response.status_code == 403
    assert ActKind.DECIDE_REPORT not in kinds(console)
    assert len(console.reports.waiting()) == 1
    assert both


@pytest.mark.parametrize("errand", ["open", "decide", "release"])
def test_what_is_no_report_leads_nowhere(
    owner: Browser, console: ConsoleServices, both: tuple[Person, Person], errand: str
) -> None:
    token = owner.page.form_with("Sign out").values["token"]
    sent = {"token": token, "decision": "warn", **SURE}

    answers = [
        owner.client.post(f"/en/reports/{errand}", data={**sent, "report": report})
        for report in ("", both[1].visitor.handle, "0" * 32)
    ]

    assert {answer.status_code for answer in answers} == {410}
    assert not {ActKind.DECIDE_REPORT, ActKind.RELEASE} & set(kinds(console))


def test_what_is_no_decision_is_refused(
    owner: Browser, console: ConsoleServices, both: tuple[Person, Person]
) -> None:
    opened(owner)
    action, values = owner.prepared(BUTTONS[Decision.DISMISS])
    answer = owner.client.post(action, data={**values, "decision": "praise"})

    assert answer.status_code == 400
    assert len(console.reports.waiting()) == 1
    assert both


def test_the_queue_is_sealed_and_opening_is_written_down_before_it_is_shown(
    owner: Browser, console: ConsoleServices, world: World, both: tuple[Person, Person]
) -> None:
    owner.open("/en/reports")
    before = ("money" in owner.text, ActKind.OPEN_REPORT in kinds(console))
    owner.press(OPEN)

    assert before == (False, False)
    assert "They asked for money" in owner.text
    assert "It is about somebody who helps." in owner.text
    assert kinds(console)[-1] is ActKind.OPEN_REPORT
    assert states(world, both[0]) == [ReportState.SEEN]


def let_nothing_be_written_down(app: Flask, console: ConsoleServices) -> None:
    """Keep the log of acts from being written, and let the page of errors tell of it."""
    ledger = console.settings.folders.state / f"acts-{console.settings.pool}.json"
    ledger.with_suffix(".new").mkdir()
    app.config["PROPAGATE_EXCEPTIONS"] = False


def test_what_cannot_be_written_down_is_not_shown(
    app: Flask, owner: Browser, console: ConsoleServices, both: tuple[Person, Person]
) -> None:
    owner.open("/en/reports")
    let_nothing_be_written_down(app, console)
    owner.press(OPEN)

    assert owner.response.status_code == 500
    assert "They asked for money" not in owner.text
    assert both


def test_one_click_lets_a_report_go_and_leaves_no_mark(
    owner: Browser, world: World, both: tuple[Person, Person]
) -> None:
    seeker, peer = both
    key = world.backing.keys("h:", peer.visitor.handle)
    held = stands(world, peer)

    decided(owner, Decision.DISMISS)
    carry_out(world)

    assert held is PlaceState.HELD
    assert stands(world, peer) is not PlaceState.HELD
    assert world.redis.hmget(key, "holds", "warned") == [None, None]
    assert states(world, seeker) == [ReportState.SEEN]
    assert "No report waits" in owner.open("/en/reports").text


@pytest.mark.parametrize("decision", [Decision.WARN, Decision.REST, Decision.SUSPEND])
def test_what_is_decided_becomes_so_at_the_clocks_next_beat(
    owner: Browser, world: World, both: tuple[Person, Person], decision: Decision
) -> None:
    seeker, peer = both

    decided(owner, decision)
    carry_out(world)

    place = world.services.places.look(world.again(peer))
    is_held = place.state is PlaceState.HELD
    assert (place.is_warned, is_held) == (decision is Decision.WARN, decision != Decision.WARN)
    assert states(world, seeker) == [ReportState.ACTED]


def test_who_is_revoked_is_gone(
    owner: Browser, world: World, both: tuple[Person, Person]
) -> None:
    decided(owner, Decision.REVOKE)
    carry_out(world)

    assert not [name for name in world.key_names() if both[1].visitor.handle in name]
    with pytest.raises(MatcherError):
        world.again(both[1])


def test_what_was_decided_is_in_the_log_and_names_nobody(
    owner: Browser, console: ConsoleServices, both: tuple[Person, Person]
) -> None:
    decided(owner, Decision.REST)

    assert "Decide about a report · A rest of seven days · done" in owner.open("/en/log").text
    kept = repr(console.oversight.entries())
    assert not [one for one in both if one.visitor.handle in kept]
    assert Category.MONEY.value not in kept


def test_a_suspension_is_undone_by_two_and_by_nobody_alone(
    owner: Browser, arrive: Arrive, world: World, both: tuple[Person, Person]
) -> None:
    ben = arrive(Holder(name="Ben"), Rank.COORDINATOR)
    decided(owner, Decision.SUSPEND)
    owner.open("/en/reports").press(UNDO)
    carry_out(world)
    alone = stands(world, both[1])

    ben.open("/en/acts").press("Agree", SURE)
    carry_out(world)

    assert "Undo a suspension" in owner.open("/en/log").text
    assert (alone, stands(world, both[1]) is PlaceState.HELD) == (PlaceState.HELD, False)
    assert UNDO not in owner.open("/en/reports").text


def test_what_was_decided_twice_is_refused_the_second_time(
    owner: Browser, arrive: Arrive, console: ConsoleServices, both: tuple[Person, Person]
) -> None:
    ben = opened(arrive(Holder(name="Ben"), Rank.COORDINATOR))
    decided(owner, Decision.WARN)
    ben.press(BUTTONS[Decision.DISMISS])

    assert ben.response.status_code == 410
    steps = [entry.step for entry in console.oversight.entries()]
    assert kinds(console).count(ActKind.DECIDE_REPORT) == 1
    assert steps[-1] is Step.DONE
    assert both


def test_what_is_undone_already_is_not_said_to_be_undone_once_more(
    owner: Browser, arrive: Arrive, console: ConsoleServices, both: tuple[Person, Person]
) -> None:
    ben = arrive(Holder(name="Ben"), Rank.COORDINATOR)
    decided(owner, Decision.SUSPEND)
    for _ in range(2):
        owner.open("/en/reports").press(UNDO)
    ben.open("/en/acts").press("Agree", SURE)
    assert both

    ben.open("/en/acts").press("Agree")

    assert ben.response.status_code == 410
    steps = [one.step for one in console.oversight.entries() if one.kind is ActKind.RELEASE]
    assert steps == [Step.ASKED, Step.ASKED, Step.DONE]


def test_after_fourteen_days_nothing_is_left_to_open_or_undo(
    owner: Browser, console: ConsoleServices, world: World, both: tuple[Person, Person]
) -> None:
    decided(owner, Decision.SUSPEND)
    seeker = world.seeker()
    tell(world, seeker, world.room(seeker, world.peer()))

    world.advance(timedelta(days=14))

    assert (console.reports.waiting(), console.reports.suspended()) == ((), ())
    of_reports = ("}:report", "}:decided", "}:suspended")
    assert not [key for key in world.key_names() if any(kind in key for kind in of_reports)]
    assert both


def test_every_decision_has_words() -> None:
    assert set(words.DECISIONS) == set(Decision) == set(BUTTONS)
