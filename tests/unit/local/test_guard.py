"""What the guard ends and removes once its parent is gone."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.local import sessions
from matcher.local.lifeline import lifeline
from tests.waiting import until

FORK_THAT_LEAVES_ITS_GROUP = """
import os, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    os.setpgrp()
os.write(1, b"there\\n")
signal.pause()
"""


@pytest.fixture
def stubborn() -> Iterator[subprocess.Popen[str]]:
    """Run a process that ignores SIGTERM, with a fork in a group of its own, as RQ's are."""
    process = subprocess.Popen(  # noqa: S603 - the lines above
        [sys.executable, "-c", FORK_THAT_LEAVES_ITS_GROUP],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    for _each in range(2):
        assert process.stdout.readline() == "there\n"
    yield process
    sessions.kill({process.pid})
    process.communicate()


def test_a_session_is_ended_with_forks_that_left_its_group(
    stubborn: subprocess.Popen[str],
) -> None:
    assert len(sessions.members({stubborn.pid})) == 2

    sessions.end({stubborn.pid}, grace_s=0.1)

    until(lambda: not sessions.members({stubborn.pid}), "both have ended")


def test_whatever_is_tied_ends_and_goes_with_the_lifeline(
    stubborn: subprocess.Popen[str], tmp_path: Path
) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "vault").write_text("x")

    with lifeline() as line:
        line.tie(stubborn.pid)
        line.remove(keys)

    assert not sessions.members({stubborn.pid})
    assert not keys.exists()


def test_what_was_untied_lives_on(stubborn: subprocess.Popen[str]) -> None:
    with lifeline() as line:
        line.tie(stubborn.pid)
        line.untie(stubborn.pid)

    assert sessions.members({stubborn.pid})


def test_a_new_guard_knows_what_the_killed_one_knew(stubborn: subprocess.Popen[str]) -> None:
    with lifeline() as line:
        line.tie(stubborn.pid)
        os.kill(line.pid, signal.SIGKILL)

        until(line.mend, "the guard was replaced")

    assert not sessions.members({stubborn.pid})
