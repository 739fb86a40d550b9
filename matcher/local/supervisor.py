"""Keeps several processes running, in the order they were started, and ends them in reverse."""

import asyncio
import signal

from matcher.local.child import Child, Errand
from matcher.local.journal import Journal
from matcher.local.lifeline import Lifeline

PROCESS_GRACE_S = 2.5
SERVER_GRACE_S = 1.0

_GUARD_LOOK_S = 1.0
_LAST_WORDS_S = 0.5  # what has ended may still be read out
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """Starts and restarts children until a signal says stop.

    Servers are ended after everything that speaks to them.
    """

    def __init__(self, lifeline: Lifeline, journal: Journal) -> None:
        self._lifeline = lifeline
        self._journal = journal
        self._servers: list[Child] = []
        self._processes: list[Child] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._watches: set[asyncio.Task[None]] = set()
        self._stop = asyncio.Event()

    @property
    def pids(self) -> dict[str, int]:
        """The processes that run, by name."""
        children = {child.errand.name: child.pid for child in self._servers + self._processes}
        return children | {"guard": self._lifeline.pid}

    def listen_for_signals(self) -> None:
        """Let Ctrl-C, a polite kill and a closed terminal stop everything."""
        loop = asyncio.get_running_loop()
        for number in _STOP_SIGNALS:
            loop.add_signal_handler(number, self._stop.set)
        self._watches.add(asyncio.create_task(self._hold_the_guard()))

    def start_server(self, errand: Errand) -> None:
        """Start something that others depend on."""
        self._servers.append(self._start(errand))

    def start(self, errand: Errand) -> None:
        """Start a process."""
        self._processes.append(self._start(errand))

    async def stopped(self) -> None:
        """Wait until a signal says stop."""
        await self._stop.wait()

    async def or_stopped(self, waiting: asyncio.Task[None]) -> bool:
        """Wait for something, but no longer than until a signal; True if it came to pass.

        What `waiting` raises is raised.
        """
        stop = asyncio.create_task(self._stop.wait())
        done, _ = await asyncio.wait({waiting, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if waiting not in done:
            waiting.cancel()
            return False
        waiting.result()
        return True

    async def end(self) -> None:
        """End everything, within five seconds."""
        for children, grace_s in (
            (self._processes, PROCESS_GRACE_S),
            (self._servers, SERVER_GRACE_S),
        ):
            await asyncio.gather(*(child.stop(grace_s=grace_s) for child in children))
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_LAST_WORDS_S)
        for task in self._tasks | self._watches:
            task.cancel()
        await asyncio.gather(*self._tasks, *self._watches, return_exceptions=True)

    def _start(self, errand: Errand) -> Child:
        child = Child(errand, self._lifeline, self._journal)
        self._tasks.add(asyncio.create_task(child.keep()))
        return child

    async def _hold_the_guard(self) -> None:
        while True:
            await asyncio.sleep(_GUARD_LOOK_S)
            if self._lifeline.mend():
                self._journal.say("the guard was ended; another one stands in")
