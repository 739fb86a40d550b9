"""Coordinators see whether groups have the same chances, and what a change of rules did."""

from dataclasses import replace

import pytest

from matcher.domain.counted import By
from matcher.domain.profile import AgeBand, SeekerProfile
from matcher.store.rulebook import Rulebook
from tests.counting import WEEK, came
from tests.web.console.conftest import Look
from tests.world import SEEKER, World

YOUNG = replace(SEEKER, age=AgeBand.FROM_18)
OLD = replace(SEEKER, age=AgeBand.FROM_60)
WORSE = "Since the rules were changed, those who are worst off"


def weeks(world: World, quantities: dict[SeekerProfile, int], count: int = 2) -> None:
    """Let 400 of each come in each of some weeks, and so many of them find somebody."""
    for _ in range(count):
        for seeker, found in quantities.items():
            came(world, seeker, 400, soon=found // 2, later=found - found // 2)
        world.advance(WEEK)


def test_whoever_is_worse_off_than_all_together_is_named(look: Look, world: World) -> None:
    weeks(world, {YOUNG: 360, OLD: 120})

    text = look("/en/fairness").text

    assert "60 or older · worse off" in text
    assert text.count("· worse off") == 1
    assert WORSE not in text


def test_groups_that_fare_alike_or_are_small_are_not_called_worse_off(
    look: Look, world: World
) -> None:
    weeks(world, {YOUNG: 240, SEEKER: 236})
    came(world, OLD, 8, soon=0)
    world.advance(WEEK)

    text = look("/en/fairness").text

    assert "· worse off" not in text
    assert "Of these, too few came to tell: " in text


@pytest.mark.parametrize(("then", "is_worse"), [(80, True), (280, False)])
def test_a_change_of_rules_that_makes_the_worst_off_worse_is_an_alarm(
    look: Look, world: World, then: int, *, is_worse: bool
) -> None:
    world.begin(WEEK)
    weeks(world, {YOUNG: 360, OLD: 280})
    world.rules = replace(world.rules, floor=world.rules.floor + 0.01)
    Rulebook(world.backing).publish(world.rules)
    weeks(world, {YOUNG: 360, OLD: then}, 3)

    text = look("/en/fairness").text

    assert (WORSE in text) is is_worse
    assert ("By age" in text.partition("By what matters most")[0]) is is_worse


def test_chance_alone_makes_no_groups_in_a_small_network(look: Look, world: World) -> None:
    came(world, SEEKER, 3)
    world.advance(WEEK)

    html = look("/en/fairness").response.text

    together = len(By)
    assert html.count('<th scope="row">') < together + 4  # of noise alone, now and then


def test_publishing_the_same_rules_again_is_no_change(world: World) -> None:
    book = Rulebook(world.backing)
    before = book.since()
    world.advance(WEEK)

    book.publish(world.rules)
    assert book.since() == before
    book.publish(replace(world.rules, floor=world.rules.floor + 0.01))

    assert before is not None
    assert (book.since() or before) - before >= WEEK
