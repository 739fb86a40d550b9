"""`sanad rules lessons`, as it is typed: the same as the console shows."""

import json
import subprocess
from pathlib import Path

import numpy as np
from click.testing import CliRunner

from matcher.bootstrap.desks import suggestions
from matcher.cli import main
from matcher.domain.lessons import FEATURES
from matcher.local import python
from tests.counting import WEEK
from tests.hearing import hear, tell_all
from tests.world import World

ENDS_S = 60


def sanad(*words: str, environ: dict[str, str]) -> str:
    """Run the command in the environment of this test's servers."""
    done = subprocess.run(  # noqa: S603 - our own command
        python.module("matcher.cli", "rules", "lessons", *words),
        env=environ,
        capture_output=True,
        text=True,
        timeout=ENDS_S,
        check=True,
    )
    return done.stdout


def test_few_answers_tell_nothing(environ: dict[str, str]) -> None:
    found = json.loads(sanad("--json", environ=environ))

    assert found["needed"] > 600
    assert found["answers"] is None
    assert [one["feature"] for one in found["lessons"]] == list(FEATURES)
    assert all(one["difference"] is one["wish"] is None for one in found["lessons"])
    assert "answers: fewer than 11; about" in sanad(environ=environ)


def test_many_answers_tell_what_the_console_shows(
    world: World, environ: dict[str, str]
) -> None:
    tell_all(world, hear(np.random.default_rng(5), 6_000, (0.0, 1.2, 0.0, 0.0, 0.0)))
    world.advance(WEEK)

    first, *others = json.loads(sanad("--json", environ=environ))["lessons"]
    table = sanad(environ=environ)

    shown = suggestions(world.settings).now().lessons[0]
    assert shown.difference is not None
    assert first["difference"]["low"] == shown.difference.low > 0
    assert (first["weight"], first["wish"]) == (0.05, 0.07)
    assert {one["wish"] for one in others} == {None}
    assert "0.07" in table
    assert table.count("nothing yet") == len(others)


def test_without_a_store_it_says_what_is_missing(tmp_path: Path) -> None:
    alone = {"SANAD_STORE_URL": "", "XDG_RUNTIME_DIR": str(tmp_path)}
    done = CliRunner().invoke(main, ["rules", "lessons"], env=alone)

    assert done.exit_code == 1
    assert "no store is known" in done.output
