"""Promise 4, attacked: `python -m tests.privacy.unlinkable`.

A crowd comes, meets and leaves in a real store; somebody seizes everything, holds a list of
codes and one of profiles, both shuffled, and tries to find out which belong together. The way
from a code to a profile leads over the code's record and the handle; each step is attacked by
itself, as if all others were known: so it does not matter whether the attacker also holds the
vault and the pepper, with which profiles open, as long as they know no code.
"""

import io
import logging
import math
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

import numpy as np
from msgspec import msgpack
from redis import Redis
from rich.console import Console
from rich.table import Table

from matcher.domain.profile import PeerProfile, Profile
from matcher.engine.matrices import Bools
from matcher.jobs import connect
from matcher.settings.load import load
from matcher.store.capsules import names_of
from matcher.store.wire import pack_profile
from tests import servers
from tests.privacy.attack import Result, Side, attack
from tests.privacy.by_code import letters, opened
from tests.privacy.crowd import Crowd, Member, gathered
from tests.privacy.dump import Dump, as_number, person, seized
from tests.world import World
from worker.clock import duties
from worker.duties import do_all

PAIRS = 1_000
KNOWN = 400
LEAVE = 60  # about so many have left again when the store is seized
MANY = 7_000  # so many does the attack by hand begin with: few have a capsule in the end
MOST = 1.1  # times chance
MOST_TOLD_APART = MOST / 2
TRIED_CODES = 10
THRICE = 3

GRAINS = {"c:": 3_600, "s:": 600, "d:": 600, "k:": 604_800}
"""Of what their ends are multiples, in seconds: that many end together is by design."""

FATE = "(a person to their answers, by what became of them)"
"""Not promised: who waits, for how long, and who was suggested to somebody stands in clear, and
shows who is easily paired."""

CAPSULES = "a capsule to its person"
RECORDS = {
    "c:": "a code's record to its person",
    "s:": "a session to its person",
    "d:": "a sent draft to its person",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A crowd in its store."""

    crowd: Crowd
    world: World
    redis: Redis
    queue: Redis
    log: io.StringIO

    def seize(self) -> Dump:
        """Take everything: the store, the queue, what was logged."""
        jobs = [self.queue.dump(key) or b"" for key in self.queue.scan_iter()]
        beside = b"\n".join([*jobs, self.log.getvalue().encode()])
        return seized(self.redis, self.world.settings.pool, beside=beside)

    def names(self, kind: str) -> list[str]:
        """Name each member's record of one kind: the truth that the attacker is after."""
        secrets, cookies = self.world.backing.secrets, self.crowd.cookies
        named: Mapping[str, Callable[[Member], str]] = {
            "c:": lambda one: secrets.code(one.code).key,
            "s:": lambda one: secrets.session(cookies[one.handle]).key,
            "d:": lambda one: secrets.draft_key(one.seed),
        }
        return [kind + named[kind](one) for one in self.crowd.members]


@contextmanager
def ground(count: int, *, seed: int) -> Iterator[Ground]:
    """Gather a crowd in a store of its own."""
    with servers.both() as (store, queue), servers.private_folder() as home:
        environ = servers.environ(store, queue, home)
        with (
            Redis.from_url(store.everything()) as redis,
            connect(environ["SANAD_QUEUE_URL"]) as line,
            Redis.from_url(queue.everything()) as seen,
            _logged() as log,
        ):
            world = World(load(environ), redis)
            crowd = gathered(world, redis, count, seed=seed)
            do_all(duties(world.backing, line), world.now())
            yield Ground(crowd=crowd, world=world, redis=redis, queue=seen, log=log)


@contextmanager
def _logged() -> Iterator[io.StringIO]:
    """Keep all that is logged, whatever its level."""
    log = io.StringIO()
    handler, root = logging.StreamHandler(log), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield log
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def attacked(ground: Ground, dump: Dump) -> dict[str, Result]:
    """Attack each step from a code to a profile."""
    members, needs = ground.crowd.members, ground.world.settings.needs
    prefix = ground.world.backing.keys.prefix
    people = [person(dump, ground.redis, prefix, one.handle) for one in members]
    found = {}
    for kind, said in RECORDS.items():
        names = ground.names(kind)
        there = [at for at, name in enumerate(names) if name in dump.entries]
        records = [dump.entries[names[at]].facts for at in there]
        ends = [math.ceil(record["ends"] / GRAINS[kind]) for record in records]
        found[said] = _attack(records, [people[at] for at in there], ends)
    found[CAPSULES] = _attacked_capsules(ground, dump, people)
    codes = [letters(one.code) for one in members]
    records = [dump.entries[name].facts for name in ground.names("c:")]
    found["a code to its record"] = _attack(codes, records, [0] * len(codes))
    profiles = [_answers(pack_profile(one.profile, needs)) for one in members]
    alike = [as_number(_in_clear(one.profile)) for one in members]
    sealed = [_of_seal(record) for record in people]
    found["a sealed profile to its answers"] = _attack(sealed, profiles, alike)
    found[FATE] = _attack(people, profiles, alike)
    return found


def _attacked_capsules(
    ground: Ground, dump: Dump, people: Sequence[Mapping[str, float]]
) -> Result:
    """Attack the step from a capsule to whose it is; those that end together are alike."""
    records, owners, secrets = [], [], ground.world.backing.secrets
    for one, owner in zip(ground.crowd.members, people, strict=True):
        names = (f"k:{name}" for name in names_of(secrets.code(one.code).own))
        there = [dump.entries[name].facts for name in names if name in dump.entries]
        if there:
            records.append(there[0])
            owners.append(owner)
    return _attack(records, owners, [math.ceil(one["ends"] / GRAINS["k:"]) for one in records])


def _of_seal(record: Mapping[str, float]) -> dict[str, float]:
    """Keep what is known of somebody's sealed profile, but for when it ends."""
    is_end = ("p: ends", "p: value 0")
    return {
        fact: x for fact, x in record.items() if fact.startswith("p:") and fact not in is_end
    }


def _attack(
    one: Sequence[Mapping[str, float]],
    other: Sequence[Mapping[str, float]],
    classes: Sequence[float],
) -> Result:
    """Let the attacker know some of all and link the rest, thrice: luck then counts less."""
    one_side, other_side, of = Side.of(one), Side.of(other), np.array(classes)
    each = [
        attack(one_side, other_side, known=_known(len(one), seed), classes=of)
        for seed in range(THRICE)
    ]
    return replace(
        each[0],
        told_apart=fmean(result.told_apart for result in each),
        error=fmean(result.error for result in each),
        linked=fmean(result.linked for result in each),
        chance=fmean(result.chance for result in each),
    )


def _known(count: int, seed: int) -> Bools:
    order = np.random.default_rng(seed).permutation(count)
    return order < count * KNOWN / (KNOWN + PAIRS)


def _answers(packed: bytes) -> dict[str, float]:
    """Turn a profile into numbers: each answer, each one of many, and how many there are."""
    found = {"length": float(len(packed))}
    for at, answer in enumerate(msgpack.decode(packed)):
        found |= _answer(str(at), answer)
    return found


def _answer(name: str, answer: Any) -> dict[str, float]:  # noqa: ANN401 - as it was packed
    if isinstance(answer, list):
        return {
            f"{name}: many": float(len(answer)),
            **{f"{name}: {one}": 1.0 for one in answer},
        }
    if isinstance(answer, bytes):
        return {f"{name}: {at}": float(byte) for at, byte in enumerate(answer) if byte}
    if isinstance(answer, str):
        return {f"{name}: {answer}": 1.0}
    return {name: as_number(int(answer or 0))}


def _in_clear(profile: Profile) -> str:
    """Say what of a profile stands in clear by design: role, age, capacity."""
    capacity = profile.capacity if isinstance(profile, PeerProfile) else 0
    return f"{profile.age} {capacity}"


def main(arguments: Sequence[str]) -> int:
    """Gather a crowd, attack it, print how far the attacker came; returns 1 if too far."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--people", type=int, default=MANY)
    given = parser.parse_args(arguments)
    with ground(given.people, seed=given.seed) as found:
        dump = found.seize()
        results = attacked(found, dump)
        codes = [one.code for one in found.crowd.members[:TRIED_CODES]]
        broken = opened(dump, codes)
    console = Console()
    table = Table(
        *("step", "people", "told apart (chance: 50 %)", "chance moves it by"),
        *("linked", "by chance", "best clue"),
    )
    for said, result in results.items():
        table.add_row(
            said,
            str(result.people),
            f"{result.told_apart:.1%}",
            f"± {result.error:.1%}",
            f"{result.linked:.1f}",
            f"{result.chance:.1f}",
            result.clues[0],
        )
    console.print(table)
    console.print(f"found or opened with a code alone: {len(broken)} of {len(codes)} codes")
    worst = max(result.told_apart for said, result in results.items() if said != FATE)
    console.print(f"most told apart: {worst:.1%} (mark: {MOST_TOLD_APART:.0%})")
    return int(bool(broken) or worst > MOST_TOLD_APART)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
