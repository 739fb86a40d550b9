"""A bot that knows everything but one thing, whether somebody waits, and asks previews for it.

It knows everybody else's answers, the rules and the engine, so it knows what would be counted
with and without that person. It asks as often as a day lets it, each time by slightly other
rules, and says what is likelier (the best that any bot could do with these answers).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from matcher.domain.cover import LEAST, STEP, Cover, shown
from matcher.domain.preview import SIDES
from matcher.domain.rules import Rules
from matcher.engine.counting import MOST_CHANGED, count
from matcher.engine.crowd import Crowd
from matcher.engine.plan import plan_round
from matcher.engine.population import DRAWN_AT, Population, draw
from matcher.settings.load import load

SETTINGS = load({"HOME": str(Path("/nowhere"))})
LIMITS = SETTINGS.previews
POOLS = 4
VARIANTS = 4
TRIALS = 1_200
CHANGED = len(SIDES) * MOST_CHANGED

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spied:
    """What the bot knows of one pool: true counts without and with their target, by rules."""

    without: tuple[Counts, ...]
    with_them: tuple[Counts, ...]


@pytest.fixture(scope="module")
def spied() -> tuple[Spied, ...]:
    return tuple(_spied(number) for number in range(POOLS))


def _spied(number: int) -> Spied:
    people = draw(260, 90, number)
    less = replace(people, seekers=people.seekers[1:])
    rules = [replace(SETTINGS.rules, floor=0.2 + at / 1_000) for at in range(VARIANTS)]
    return Spied(
        without=tuple(_both(less, one) for one in rules),
        with_them=tuple(_both(people, one) for one in rules),
    )


def _both(people: Population, rules: Rules) -> Counts:
    """Count as a preview does: by the rules in force, and by others."""
    return {
        f"{side}.{name}": table
        for side, one in zip(SIDES, (SETTINGS.rules, rules), strict=True)
        for name, table in _counts(people, one).items()
    }


def _counts(people: Population, rules: Rules) -> Counts:
    needs = SETTINGS.needs
    plan = plan_round(people, needs=needs, rules=rules, now=DRAWN_AT)
    return count(Crowd.of(people, needs), plan, DRAWN_AT)


def _success(spied: Sequence[Spied], *, epsilon: float, questions: int, trials: int) -> float:
    """Say how often the bot is right."""
    rng = np.random.default_rng(5)
    right = 0
    for trial in range(trials):
        pool = spied[trial % len(spied)]
        is_here = bool(rng.integers(2))
        lead = sum(
            _lead(pool, at, is_here=is_here, epsilon=epsilon, question=f"{trial} {at}")
            for at in range(questions)
        )
        right += (lead > 0) == is_here if lead else bool(rng.integers(2))
    return right / trials


def _lead(pool: Spied, at: int, *, is_here: bool, epsilon: float, question: str) -> float:
    """Ask one preview; returns by how much it speaks for the person being there."""
    kind = at % VARIANTS
    one, other = pool.with_them[kind], pool.without[kind]
    scale = Fraction(CHANGED) / Fraction(str(epsilon))
    cover = Cover(
        key=b"of the worker",
        question=question.encode(),
        epsilon=Fraction(str(epsilon)),
        sensitivity=CHANGED,
    )
    told, width = shown(one if is_here else other, cover), float(scale)
    return sum(
        _likelihood(told[table][cell], value, width)
        - _likelihood(told[table][cell], other[table][cell], width)
        for table, row in one.items()
        for cell, value in row.items()
        if value != other[table][cell]
    )


def _likelihood(told: int | None, true: int, scale: float) -> float:
    """Tell the logarithm of how likely a shown count is, were this the true one."""
    if told is None:
        return math.log(_share_below(LEAST + STEP // 2 - true, scale))
    values = np.arange(told - STEP // 2, told + STEP // 2 + 1) - true
    return math.log(np.exp(-np.abs(values) / scale).sum())


def _share_below(bound: int, scale: float) -> float:
    """Tell how likely noise is below `bound`."""
    step = math.exp(-1 / scale)
    if bound <= 0:
        return step ** (1 - bound) / (1 + step)
    return 1 - step**bound / (1 + step)


def test_a_bot_learns_next_to_nothing_from_all_previews_of_a_day(
    spied: tuple[Spied, ...],
) -> None:
    found = _success(spied, epsilon=LIMITS.epsilon, questions=LIMITS.a_day, trials=TRIALS)

    print(f"differencing bot: right {found:.3f} of the time (0.5 is chance)")  # noqa: T201
    assert found <= 0.55


def test_the_bot_is_good_without_noise(spied: tuple[Spied, ...]) -> None:
    found = _success(spied, epsilon=100.0, questions=LIMITS.a_day, trials=200)

    print(f"without noise: right {found:.3f} of the time")  # noqa: T201
    assert found > 0.6


def test_the_bot_is_good_without_a_budget(spied: tuple[Spied, ...]) -> None:
    found = _success(spied, epsilon=LIMITS.epsilon, questions=400, trials=24)

    print(f"with 400 previews a day: right {found:.3f} of the time")  # noqa: T201
    assert found > 0.6
