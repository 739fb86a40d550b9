"""How a supervised process is kept running, and what is said of it."""

import asyncio
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from rich.console import Console

from matcher.local import sessions
from matcher.local.child import MANY_ENDS, Child, Errand
from matcher.local.journal import Journal
from matcher.local.lifeline import Lifeline, lifeline

DEADLINE_S = 30.0
MOMENT = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
FAILS = "print('no luck'); raise SystemExit(3)"
WAITS = "import signal; print('there'); signal.pause()"
STUBBORN = f"import signal; signal.signal(15, signal.SIG_IGN); {WAITS}"


class Paper(io.StringIO):
    """What a journal is written on; who waits is woken by each word."""

    def __init__(self) -> None:
        super().__init__()
        self.written = asyncio.Event()

    def write(self, text: str) -> int:
        """Write down, and wake."""
        self.written.set()
        return super().write(text)


class Kept:
    """A child, and everything that was said of it."""

    def __init__(
        self,
        program: str,
        line: Lifeline,
        *,
        is_quiet: bool = False,
        runs: str = sys.executable,
    ) -> None:
        self._paper = Paper()
        argv = [runs, "-u", "-c", program]
        errand = Errand(name="clock", argv=argv, environ={}, is_quiet=is_quiet)
        journal = Journal(Console(file=self._paper, width=200), lambda: MOMENT)
        self.child = Child(errand, line, journal)

    @property
    def said(self) -> str:
        return self._paper.getvalue()

    async def until_said(self, words: str) -> None:
        """Keep it until these words were said, then stop it."""
        kept = asyncio.create_task(self.child.keep())
        async with asyncio.timeout(DEADLINE_S):
            while words not in self.said:
                self._paper.written.clear()
                await self._paper.written.wait()
            await self.child.stop(grace_s=0.5)
            await kept


@pytest.fixture
def line() -> Iterator[Lifeline]:
    with lifeline() as held:
        yield held


def test_what_it_says_is_told_with_its_name_and_no_finer_time_than_a_minute(
    line: Lifeline,
) -> None:
    kept = Kept(WAITS, line)

    asyncio.run(kept.until_said("there"))

    assert kept.said.splitlines()[0] == "03:04 clock    there"


def test_one_that_keeps_failing_is_told_clearly_and_tried_more_slowly(line: Lifeline) -> None:
    kept = Kept(FAILS, line)

    asyncio.run(kept.until_said("times in a row"))

    lines = [text for text in kept.said.splitlines() if "starting again" in text]
    assert len(lines) == MANY_ENDS
    assert lines[0].endswith("ended with exit code 3; starting again in 0.2 s")
    assert lines[-1].endswith("in a row; look at its lines above; starting again in 0.8 s")


def test_a_program_that_is_not_there_is_told_and_does_not_end_the_rest(line: Lifeline) -> None:
    kept = Kept(WAITS, line, runs="/no/such/program")

    asyncio.run(kept.until_said("could not be started"))

    assert "No such file" in kept.said


def test_the_last_words_of_a_quiet_one_are_told_when_it_ends(line: Lifeline) -> None:
    kept = Kept(FAILS, line, is_quiet=True)

    asyncio.run(kept.until_said("starting again"))

    first, second = kept.said.splitlines()[:2]
    assert first.endswith("no luck")
    assert second.endswith("starting again in 0.2 s")


def test_one_that_will_not_end_is_killed(line: Lifeline) -> None:
    kept = Kept(STUBBORN, line)

    asyncio.run(kept.until_said("there"))

    assert "did not end in time and was killed" in kept.said
    assert not sessions.members({kept.child.pid})
