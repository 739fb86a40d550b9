"""What each kind of process loads, seen in a fresh interpreter."""

import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

ENTRIES = {
    "public app": "matcher.bootstrap, matcher.wsgi, matcher.web.public.app",
    "console app": "matcher.wsgi, matcher.web.console.app",
    "clock": "worker.clock",
}
HEAVY = {"numpy", "scipy", "sklearn", "ortools", "numba"}


def _loaded(modules: str) -> set[str]:
    """Import `modules` and name every top-level package that came with them."""
    told = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", f"import sys, {modules}\nprint(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return {name.partition(".")[0] for name in told.split()}


@pytest.mark.parametrize("process", ENTRIES)
def test_only_workers_load_numerics(process: str) -> None:
    assert not _loaded(ENTRIES[process]) & HEAVY


@pytest.mark.parametrize("process", ["public app", "console app"])
def test_what_the_world_can_reach_does_not_even_load_the_queue(process: str) -> None:
    assert "rq" not in _loaded(ENTRIES[process])


def test_the_worker_loads_its_numerics_before_it_forks() -> None:
    assert {"numpy", "rq"} <= _loaded("worker.main")


def test_the_public_app_loads_nothing_that_lets_coordinators_in() -> None:
    loaded = _loaded(ENTRIES["public app"])

    assert "flask" in loaded
    assert not loaded & {"argon2", "pyotp", "webauthn"}
