"""Promise 4: a seized store does not tell which code belongs to which profile."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.profile import SeekerProfile
from matcher.store.sealing import derive, seal
from tests.privacy.by_code import opened
from tests.privacy.dump import Dump, Entry
from tests.privacy.unlinkable import (
    CAPSULES,
    FATE,
    KNOWN,
    LEAVE,
    MOST,
    MOST_TOLD_APART,
    PAIRS,
    TRIED_CODES,
    Ground,
    attacked,
    ground,
)

pytestmark = pytest.mark.timeout(1_800)

Facts = dict[str, Mapping[str, float]]
Plant = Callable[[Ground, Dump], Facts]


@pytest.fixture(scope="module")
def found() -> Iterator[Ground]:
    with ground(PAIRS + KNOWN + LEAVE, seed=11) as gathered:
        yield gathered


@pytest.fixture(scope="module")
def dump(found: Ground) -> Dump:
    return found.seize()


def test_no_step_from_a_code_to_a_profile_is_found_better_than_by_chance(
    found: Ground, dump: Dump
) -> None:
    results = attacked(found, dump)
    del results[FATE]

    told = {said: result.told_apart for said, result in results.items()}
    assert {said: share for said, share in told.items() if share > MOST_TOLD_APART} == {}
    more = {said: result.linked / _most(result.chance) for said, result in results.items()}
    assert {said: share for said, share in more.items() if share > 1} == {}
    assert results["a code to its record"].people >= 0.95 * PAIRS
    assert results["a sealed profile to its answers"].people >= 0.95 * PAIRS
    assert results.pop(CAPSULES).people > 0.1 * PAIRS  # of who has talked
    assert min(result.people for result in results.values()) > 0.4 * PAIRS


def test_people_in_the_crowd_have_changed_their_answers(dump: Dump) -> None:
    kept_beside = [name for name in dump.entries if name.startswith("l:")]

    assert len(kept_beside) > 10


def _most(chance: float) -> float:
    """Say how many may be linked: 1.1 times chance, and five deviations of guessing."""
    return MOST * chance + 5 * math.sqrt(chance)


def test_a_code_alone_finds_and_opens_nothing(found: Ground, dump: Dump) -> None:
    assert opened(dump, [one.code for one in found.crowd.members[:TRIED_CODES]]) == []
    assert b"round-" in dump.beside
    assert b"offered" in dump.beside


def _exact_ends(found: Ground, dump: Dump) -> Facts:
    """Let records end at a moment that only their own person's profile shares."""
    rng = np.random.default_rng(1)
    facts: Facts = {}
    for name, one in zip(found.names("c:"), found.crowd.members, strict=True):
        exact = {"ends": dump.entries[name].facts["ends"] - rng.uniform(0, 3_599)}
        facts |= {name: exact, f"p:{one.handle}": exact}
    return facts


def _counted(found: Ground, dump: Dump) -> Facts:
    """Let what seals a code's record begin with a count instead of chance."""
    del dump
    return {name: {"value 0": float(at)} for at, name in enumerate(found.names("c:"))}


def _idle(found: Ground, dump: Dump) -> Facts:
    """Let the server know when a code's record was made."""
    del dump
    return {name: {"idle": -float(at)} for at, name in enumerate(found.names("c:"))}


def _lengths(found: Ground, dump: Dump) -> Facts:
    """Let a sealed profile be as long as its answers are many."""
    return {
        f"p:{one.handle}": {
            "length": dump.entries[f"p:{one.handle}"].facts["length"]
            + len(one.profile.needs if isinstance(one.profile, SeekerProfile) else ())
        }
        for one in found.crowd.members
    }


@pytest.mark.parametrize(
    ("plant", "step"),
    [
        (_exact_ends, "a code's record to its person"),
        (_counted, "a code's record to its person"),
        (_idle, "a code's record to its person"),
        (_lengths, "a sealed profile to its answers"),
    ],
)
def test_a_planted_leak_is_found(found: Ground, dump: Dump, plant: Plant, step: str) -> None:
    results = attacked(found, dump.with_facts(plant(found, dump)))

    assert results[step].told_apart > MOST_TOLD_APART


@pytest.mark.parametrize("leak", ["a name without the pepper", "a seal without the pepper"])
def test_a_code_that_leads_somewhere_without_the_pepper_is_found(
    found: Ground, dump: Dump, leak: str
) -> None:
    code = found.crowd.members[0].code
    key = derive(code.encode(), "seal")
    planted = {
        "a name without the pepper": Entry(
            name=f"c:{derive(code.encode(), 'lookup').hex()[:32]}", raw=b"", facts={}
        ),
        "a seal without the pepper": Entry(
            name="c:0", raw=seal(key, b"handle", context=b"code", size=64), facts={}
        ),
    }[leak]

    assert opened(replace(dump, entries={**dump.entries, planted.name: planted}), [code])
