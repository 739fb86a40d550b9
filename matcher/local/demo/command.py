"""What `sanad demo` does, from its options to its exit code."""

import json
import os
import signal
from contextlib import AbstractContextManager
from dataclasses import dataclass

from rich.console import Console

from matcher.local.demo.ground import Ground, running_already, started
from matcher.local.demo.report import show
from matcher.local.demo.run import play


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for; `url` is empty for a Sanad of the demo's own."""

    seekers: int
    peers: int
    seed: int
    url: str
    keep: bool
    as_json: bool


def demo(wish: Wish) -> bool:
    """Run a demo and tell what it found; True when every promise held."""
    console = Console(stderr=wish.as_json)
    with _ground(wish) as ground:
        findings = play(
            ground, seekers=wish.seekers, peers=wish.peers, seed=wish.seed, console=console
        )
        if wish.as_json:
            print(json.dumps(findings.as_json()))  # noqa: T201 - the one line that was asked for
        else:
            show(findings, console)
        if wish.keep and not wish.url:
            console.print(f"still running at {ground.url}; Ctrl-C ends it")
            signal.sigwait({signal.SIGINT, signal.SIGTERM})
    return not findings.broken


def _ground(wish: Wish) -> AbstractContextManager[Ground]:
    if wish.url:
        return running_already(wish.url, os.environ)
    return started(os.environ)
