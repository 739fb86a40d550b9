"""Rules on trial, from their file to the round: drawn, counted, ended by themselves."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from matcher.bootstrap.desks import fall_back
from matcher.domain.acts import ActKind, Step
from matcher.domain.coordinator import ITSELF
from matcher.domain.extent import STRETCH_DAYS, Arm, Extent
from matcher.domain.profile import ADULTS, AgeBand, Consent
from matcher.domain.rules import Rules
from matcher.domain.trial import Side, Tried, Why
from matcher.domain.versions import Publication
from matcher.service.trials import kept_of, sides_of
from matcher.settings.model import Settings
from matcher.state import console
from matcher.state.rules_history import RulesHistory
from matcher.store.rulebook import Rulebook
from tests.world import SEEKER, World
from worker.clock import put_up
from worker.duties import Duty
from worker.rounds import Rounds
from worker.wiring import ground_of

MINUTE = timedelta(minutes=1)
COUNTED = replace(SEEKER, consent=Consent(matching=True, statistics=True))
HALF = Extent(share=50, days=14, bound=5)
ROUNDS = 110


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Yield settings with little noise, so that few people are enough."""
    statistics = msgspec.structs.replace(settings.statistics, epsilon=4.0)
    return replace(settings, statistics=statistics)


def begin(world: World, change: tuple[str, str], extent: Extent = HALF) -> None:
    text = RulesHistory(world.settings).all()[-1].text
    assert change[0] in text
    wanted = Publication(text=text.replace(*change), reason="to see", who="ana")
    kept_of(world.backing).begin(wanted, extent, after=1, at=world.now())
    put_up(world.backing, world.now())


def someone_a_round(world: World, count: int, *, first_seed: int = 0) -> Counter[int]:
    """Let one seeker come before each round; says how many suggestions rounds made."""
    rounds, made = Rounds(ground_of(world.backing)), Counter[int]()
    for seed in range(first_seed, first_seed + count):
        seeker, peer = world.seeker(COUNTED), world.peer()
        world.advance(MINUTE)
        put_up(world.backing, world.now())
        made[rounds.run(seed=seed)] += 1
        for person in (seeker, peer):
            world.services.places.erase(person.visitor)
    return made


def sides(world: World) -> dict[Arm, Side]:
    (trial,) = kept_of(world.backing).all(now=world.now())
    return sides_of(world.backing, trial)


def test_a_bad_version_falls_back_by_itself_and_never_silently(world: World) -> None:
    world.begin(STRETCH_DAYS * timedelta(days=1))
    begin(world, ("a_day = 3", "a_day = 0"))
    made = someone_a_round(world, ROUNDS)
    watch = fall_back(world.backing)
    assert made[0] > 30
    assert made[1] > 30
    assert not watch.act()  # the days are not over
    assert sides(world)[Arm.LIVE].together is None
    world.advance(STRETCH_DAYS * timedelta(days=1))

    assert watch.act()

    (trial,) = kept_of(world.backing).all(now=world.now())
    assert trial.ended is not None
    assert (trial.ended.why, trial.ended.who) == (Why.FEWER, ITSELF)
    entries = console.ledger(world.settings.folders.state, "main").read().entries
    assert [(one.kind, one.who, one.step) for one in entries] == [
        (ActKind.END_TRIAL, ITSELF, Step.DONE)
    ]
    put_up(world.backing, world.now())
    assert Rulebook(world.backing).tried() is None
    assert someone_a_round(world, 10) == {1: 10}
    assert not watch.act()


def test_an_equal_version_stays_until_its_end(world: World) -> None:
    world.begin(STRETCH_DAYS * timedelta(days=1))
    begin(world, ("a_day = 3", "a_day = 2"))
    assert someone_a_round(world, ROUNDS) == {1: ROUNDS}
    world.advance(STRETCH_DAYS * timedelta(days=1))
    both = sides(world)
    watch = fall_back(world.backing)

    assert not watch.act()

    assert both[Arm.LIVE].together is not None
    assert both[Arm.TRIED].together is not None
    world.advance(timedelta(days=11))
    assert watch.act()
    (trial,) = kept_of(world.backing).all(now=world.now())
    assert trial.ended is not None
    assert (trial.ended.why, trial.ended.at) == (Why.OVER, trial.until)


def raised(world: World) -> int:
    """Say by how much all cells of the trial were raised, apart from their noise."""
    (name,) = [key for key in world.key_names() if ":stats:open:trial:" in key]
    return sum(int(value) for value in world.redis.hgetall(name).values())


def test_one_newcomer_a_round_is_counted_who_agreed_and_nobody_twice(world: World) -> None:
    begin(world, ("a_day = 3", "a_day = 2"))
    rounds = Rounds(ground_of(world.backing))
    world.seeker(COUNTED)
    world.advance(MINUTE)
    put_up(world.backing, world.now())
    rounds.run(seed=1)
    before = raised(world)

    rounds.run(seed=2)  # the same person still waits
    world.seeker(SEEKER)  # did not agree
    world.advance(MINUTE)
    put_up(world.backing, world.now())
    rounds.run(seed=3)
    assert raised(world) == before

    for _ in range(3):
        world.seeker(COUNTED)
    world.advance(MINUTE)
    put_up(world.backing, world.now())
    rounds.run(seed=4)
    assert raised(world) == before + 2  # everybody's cell, and that of what matters most


def put_on_trial(world: World, tried: Rules, share: int) -> None:
    extent = Extent(share=share)
    Rulebook(world.backing).publish(
        world.rules, Tried(number=1, rules=tried, extent=extent, since=world.now())
    )


@pytest.mark.parametrize(("share", "made"), [(0, 0), (100, 1)])
def test_ages_that_only_the_tried_rules_bring_together_meet_in_no_other_round(
    world: World, share: int, made: int
) -> None:
    tried = world.rules
    own = {**dict.fromkeys(ADULTS, ADULTS), AgeBand.FROM_26: frozenset({AgeBand.FROM_26})}
    world.rules = replace(tried, musts=replace(tried.musts, ages=own))
    put_on_trial(world, tried, share)
    world.seeker()
    world.peer()

    assert Rounds(ground_of(world.backing)).run(seed=1) == made


@pytest.mark.parametrize("arm", Arm)
def test_the_store_itself_holds_each_round_to_the_rules_it_goes_by(
    world: World, arm: Arm
) -> None:
    none = {**dict.fromkeys(ADULTS, ADULTS), AgeBand.FROM_26: frozenset[AgeBand]()}
    live, strict = (
        world.rules,
        replace(world.rules, musts=replace(world.rules.musts, ages=none)),
    )
    tried = strict if arm is Arm.TRIED else live
    world.rules = live if arm is Arm.TRIED else strict
    world.arm = arm
    put_on_trial(world, tried, 100)

    assert world.propose(world.seeker(), world.peer())[1] == "age"


def test_what_cannot_be_used_any_more_ends_the_trial_and_stops_no_round(world: World) -> None:
    begin(world, ("a_day = 3", "a_day = 2"))
    file = world.settings.folders.state / "trials-main.json"
    file.write_text(file.read_text().replace("a_day = 2", "a_day = 999"))

    put_up(world.backing, world.now())

    assert Rulebook(world.backing).read() == world.rules
    assert Rulebook(world.backing).tried() is None
    assert fall_back(world.backing).act()
    (trial,) = kept_of(world.backing).all(now=world.now())
    assert trial.ended is not None
    assert trial.ended.why is Why.UNUSABLE


def ends(world: World) -> list[tuple[str, Step]]:
    """Say what the log tells of ends."""
    entries = console.ledger(world.settings.folders.state, "main").read().entries
    assert {(one.kind, one.who) for one in entries} <= {(ActKind.END_TRIAL, ITSELF)}
    return [(one.what["trial"], one.step) for one in entries]


@pytest.mark.parametrize("damage", [b"{", b'{"asked":[{"id":"\xff"}]}'])
def test_with_a_damaged_log_a_worse_trial_ends_all_the_same_and_is_logged_once_mended(
    world: World, damage: bytes
) -> None:
    world.begin(STRETCH_DAYS * timedelta(days=1))
    begin(world, ("a_day = 3", "a_day = 0"))
    someone_a_round(world, ROUNDS)
    world.advance(STRETCH_DAYS * timedelta(days=1))
    file = world.settings.folders.state / "acts-main.json"
    file.write_bytes(damage)
    duty = Duty("trials", lambda _: fall_back(world.backing).act(), every=MINUTE)

    assert not duty.do(world.now())  # the clock tells that something is wrong

    (trial,) = kept_of(world.backing).all(now=world.now())
    assert trial.ended is not None
    assert (trial.ended.why, trial.ended.who) == (Why.FEWER, ITSELF)
    put_up(world.backing, world.now())
    assert Rulebook(world.backing).tried() is None
    assert file.read_bytes() == damage
    assert not duty.do(world.now())  # again and again, until it is mended
    file.unlink()
    assert duty.do(world.now())
    assert duty.do(world.now() + MINUTE)
    assert ends(world) == [("1", Step.DONE)]


def test_other_rules_in_force_end_the_trial_at_once(world: World) -> None:
    begin(world, ("a_day = 3", "a_day = 2"))
    history = RulesHistory(world.settings)
    text = history.all()[-1].text
    wanted = Publication(text=text.replace("a_day = 3", "a_day = 1"), reason="-", who="ben")

    history.publish(wanted, after=1, at=world.now())

    put_up(world.backing, world.now())
    assert Rulebook(world.backing).tried() is None
    (trial,) = kept_of(world.backing).all(now=world.now())
    assert trial.ended is not None
    assert trial.ended.why is Why.REPLACED
