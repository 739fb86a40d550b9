"""One supervised process: started, listened to, started again when it ends."""

import asyncio
import signal
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process, create_subprocess_exec
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from matcher.local import sessions
from matcher.local.journal import Journal
from matcher.local.lifeline import Lifeline

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 10.0
STEADY_S = 10.0  # who has run for this long starts again with the first pause
MANY_ENDS = 3

_LINE_BYTES = 1 << 16
_LINES_HELD_BACK = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a process runs; secrets are in its environment, never in its arguments."""

    name: str
    argv: list[str]
    environ: Mapping[str, str]
    sockets: tuple[int, ...] = ()
    is_quiet: bool = False  # its lines are told only if it ends by itself


class Child:
    """Keeps one errand running until it is told to stop."""

    def __init__(self, errand: Errand, lifeline: Lifeline, journal: Journal) -> None:
        self.errand = errand
        self.pid = 0
        self._lifeline = lifeline
        self._journal = journal
        self._process: Process | None = None
        self._stopping = asyncio.Event()
        self._held_back: deque[str] = deque(maxlen=_LINES_HELD_BACK)

    async def keep(self) -> None:
        """Run, and run again with growing pauses, until stopped."""
        loop = asyncio.get_running_loop()
        ends_in_a_row = 0
        while not self._stopping.is_set():
            began = loop.time()
            try:
                how = await self._run()
            except OSError as error:
                how = f"could not be started ({error.strerror})"
            if self._stopping.is_set():
                return
            ends_in_a_row = 1 if loop.time() - began > STEADY_S else ends_in_a_row + 1
            pause_s = min(FIRST_PAUSE_S * 2 ** (ends_in_a_row - 1), LONGEST_PAUSE_S)
            self._tell(how, ends_in_a_row, pause_s)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause_s)

    async def stop(self, *, grace_s: float) -> None:
        """Ask it to end, and make it and its forks end after `grace_s`."""
        self._stopping.set()
        process = self._process
        if process is None:
            return
        if process.returncode is None:
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), grace_s)
        except TimeoutError:
            self._journal.say("did not end in time and was killed", name=self.errand.name)
        sessions.kill({process.pid})
        await process.wait()

    async def _run(self) -> str:
        errand = self.errand
        process = await create_subprocess_exec(
            *errand.argv,
            env=errand.environ,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
            start_new_session=True,
            pass_fds=errand.sockets,
            limit=_LINE_BYTES,
        )
        self._process, self.pid = process, process.pid
        self._lifeline.tie(process.pid)
        if self._stopping.is_set():  # told to stop while it was being started
            process.kill()
        lines = asyncio.create_task(self._listen(process))
        code = await process.wait()
        sessions.kill(
            {process.pid}
        )  # forks of it would hold its output, and work, on their own
        await lines
        self._lifeline.untie(process.pid)
        return _how(code)

    async def _listen(self, process: Process) -> None:
        if process.stdout is None:
            return
        while not process.stdout.at_eof():
            try:
                line = await process.stdout.readline()
            except ValueError:
                continue  # longer than a log line ever is
            if text := line.decode(errors="replace").strip():
                self._heard(text)

    def _heard(self, text: str) -> None:
        if self.errand.is_quiet:
            self._held_back.append(text)
        else:
            self._journal.say(text, name=self.errand.name)

    def _tell(self, how: str, ends: int, pause_s: float) -> None:
        while self._held_back:
            self._journal.say(self._held_back.popleft(), name=self.errand.name)
        many = f", {ends} times in a row; look at its lines above" if ends >= MANY_ENDS else ""
        self._journal.say(
            f"{how}{many}; starting again in {pause_s:g} s",
            name=self.errand.name,
            style="bold red" if many else "yellow",
        )


def _how(code: int) -> str:
    if code < 0:
        return f"ended by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"
