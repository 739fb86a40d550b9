"""How long a pool waits after a kill: `python -m tests.bench.bench_handover`."""

import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from redis import Redis
from rich.console import Console
from rich.table import Table

from matcher.local.acl import Role
from matcher.settings.load import load
from tests import handover, servers
from tests.handover import Stage, Victim
from tests.world import World

MARK_S = 5.0
SETTINGS = {
    "as shipped": {},
    "production": {"SANAD_ENV": "production"},
}


def main(arguments: Sequence[str]) -> int:
    """Kill rounds, print how long each took to be replaced; returns 1 if one took too long."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=5)
    kills = parser.parse_args(arguments).kills
    table = Table("settings", "killed", "next round begins after, s", "worst, s")
    worst = 0.0
    for name, extra in SETTINGS.items():
        for victim in Victim:
            waits = [_wait_after(victim, extra) for _ in range(kills)]
            worst = max(worst, *waits)
            told = " ".join(f"{wait:.2f}" for wait in sorted(waits))
            table.add_row(name, victim, told, f"{max(waits):.2f}")
    Console().print(table)
    return int(worst > MARK_S)


def _wait_after(victim: Victim, extra: dict[str, str]) -> float:
    """Kill one round in its middle; returns the seconds until another is as far."""
    with servers.both() as (store, queue), servers.private_folder() as home:
        environ = {
            **{key: value for key, value in os.environ.items() if "SANAD" not in key},
            "SANAD_STORE_URL": store.url(Role.APP),
            "SANAD_QUEUE_URL": queue.url(Role.WORKER),
            **{f"SANAD_{name.upper()}_DIR": _folder(home, name) for name in ("vault", "state")},
            **extra,
        }
        with (
            Redis.from_url(environ["SANAD_STORE_URL"]) as redis,
            handover.stage(
                environ, Path(_folder(home, "stage")), queue.url(Role.CLOCK)
            ) as stage,
        ):
            _fill(World(load(environ), redis))
            return _measured(stage, victim)


def _folder(home: Path, name: str) -> str:
    (home / name).mkdir(mode=0o700)
    return str(home / name)


def _fill(world: World) -> None:
    world.peer()
    world.seeker()


def _measured(stage: Stage, victim: Victim) -> float:
    first = stage.wait_for(1)
    killed = time.time()
    stage.kill(victim, first)
    return stage.since_epoch(stage.wait_for(2)) - killed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
