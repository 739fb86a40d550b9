"""`sanad up`: everything on one machine, until Ctrl-C, and nothing of it left afterwards."""

import asyncio
import resource
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from msgspec import structs

from matcher.domain.errors import MatcherError
from matcher.domain.invitation import Scope
from matcher.domain.jobs import QueueName
from matcher.jobs import connect
from matcher.local import (
    commands,
    console_invite,
    invite,
    ports,
    ready,
    run_folder,
    surroundings,
)
from matcher.local.acl import Role, ServerName
from matcher.local.child import Errand
from matcher.local.commands import App
from matcher.local.journal import Journal
from matcher.local.lifeline import Lifeline, lifeline
from matcher.local.run_folder import RunFolder
from matcher.local.supervisor import Supervisor
from matcher.local.surroundings import Seat, Surroundings
from matcher.settings.load import load
from matcher.settings.model import Listen, Settings

FIRST_INVITATIONS = 3
SERVERS_DEADLINE_S = 10.0
PAGES_DEADLINE_S = 30.0
WORKER_STARTS = (
    "the pages are open; suggestions begin once the worker says that it is ready "
    "(the first start ever compiles the engine, for about half a minute)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What there is to tell once everything runs."""

    public: str
    console: str
    store: str = field(repr=False)
    queue: str = field(repr=False)
    pids: Mapping[str, int]
    folder: RunFolder
    codes: tuple[str, ...] = field(repr=False)
    opening: str | None = field(repr=False)
    is_store_ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was asked for, and whom to tell when all is ready; `port` None is the settings'."""

    environ: Mapping[str, str] = field(repr=False)
    settings: Settings
    port: int | None
    journal: Journal
    announce: Callable[[Ready], None]


def run(order: Order) -> None:
    """Start everything, announce it, keep it running until told to stop, leave nothing.

    Raises
    ------
    MatcherError
        If something could not be started; the message says what.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold what memory holds
    with lifeline() as line, _public(order) as public, _console(order) as console:
        folder = run_folder.create(order.environ)
        line.remove(folder.path)
        around = surroundings.arrange(order.environ, folder, order.settings.folders.config)
        with run_folder.published(folder, around.of_terminals(), order.environ):
            sockets = {Seat.PUBLIC: public, Seat.CONSOLE: console}
            asyncio.run(_Run(order, around, sockets).live(line))


class _Run:
    """One run, from the first server to the last process."""

    def __init__(
        self, order: Order, around: Surroundings, sockets: Mapping[Seat, socket.socket]
    ) -> None:
        self._order = order
        self._around = around
        self._sockets = sockets
        self._urls = {seat: ports.url_of(listener) for seat, listener in sockets.items()}

    async def live(self, line: Lifeline) -> None:
        """Start, announce, wait for a signal, end."""
        supervisor = Supervisor(line, self._order.journal)
        supervisor.listen_for_signals()
        try:
            begun = asyncio.create_task(self._begin(supervisor))
            if await supervisor.or_stopped(begun):
                await supervisor.stopped()
            self._order.journal.say("ending")
        finally:
            await supervisor.end()

    async def _begin(self, supervisor: Supervisor) -> None:
        for name, server in self._around.servers.items():
            environ = self._around.of_server()
            errand = Errand(name=name, argv=server.argv, environ=environ, is_quiet=True)
            supervisor.start_server(errand)
        await ready.servers(self._around.servers.values(), deadline_s=SERVERS_DEADLINE_S)
        for seat in Seat:
            for title in self._titles(seat):
                supervisor.start(self._errand(seat, title))
        codes = await asyncio.to_thread(self._first_codes)
        await ready.pages(self._urls.values(), deadline_s=PAGES_DEADLINE_S)
        if not await asyncio.to_thread(self._has_worker):
            self._order.journal.say(WORKER_STARTS)
        self._order.announce(
            Ready(
                public=self._urls[Seat.PUBLIC],
                console=self._urls[Seat.CONSOLE],
                store=self._around.url(ServerName.STORE, Role.APP),
                queue=self._around.url(ServerName.QUEUE, Role.WORKER),
                pids=supervisor.pids,
                folder=self._around.folder,
                codes=codes,
                opening=await asyncio.to_thread(self._opening),
                is_store_ours=ServerName.STORE in self._around.servers,
            )
        )

    def _has_worker(self) -> bool:
        with connect(self._around.url(ServerName.QUEUE, Role.WORKER)) as queue:
            return ready.has_worker(queue)

    def _titles(self, seat: Seat) -> list[str]:
        """Name the processes of one kind: "worker", "worker-2" and so on."""
        number = self._order.settings.worker.processes if seat is Seat.WORKER else 1
        return [seat.value, *(f"{seat}-{nth}" for nth in range(2, number + 1))]

    def _errand(self, seat: Seat, title: str) -> Errand:
        listener = self._sockets.get(seat)
        return Errand(
            name=title,
            argv=self._argv(seat),
            environ=self._around.of(seat),
            sockets=(listener.fileno(),) if listener else (),
        )

    def _argv(self, seat: Seat) -> list[str]:
        settings = self._order.settings
        match seat:
            case Seat.PUBLIC:
                return self._serve(App.PUBLIC, settings.public, self._sockets[seat])
            case Seat.CONSOLE:
                return self._serve(App.CONSOLE, settings.console, self._sockets[seat])
            case Seat.WORKER:
                return commands.worker()
            case Seat.PREVIEWS:
                return commands.worker(QueueName.PREVIEWS)
            case Seat.CLOCK:
                return commands.clock()

    def _serve(self, app: App, listen: Listen, listener: socket.socket) -> list[str]:
        config = self._order.settings.folders.config
        return commands.serve(app, listen, config=config, bind=f"fd://{listener.fileno()}")

    def _first_codes(self) -> tuple[str, ...]:
        """Make a few invitations for adults; training has to be said with `sanad invite`."""
        try:
            return invite.make(
                load(self._around.of(Seat.PUBLIC)),
                count=FIRST_INVITATIONS,
                scope=frozenset({Scope.ADULTS}),
                trained_for=frozenset(),
            )
        except MatcherError as error:
            kind = type(error).__name__
            self._order.journal.say(f"no invitations were made: {kind}", style="yellow")
            return ()

    def _opening(self) -> str | None:
        """Make a one-time code for the first coordinator, where there is none yet."""
        try:
            return console_invite.first(load(self._around.of(Seat.CONSOLE)))
        except MatcherError as error:
            kind = type(error).__name__
            self._order.journal.say(f"no code for a coordinator: {kind}", style="yellow")
            return None


def _public(order: Order) -> socket.socket:
    wanted = order.settings.public
    if order.port is not None:
        return ports.open_listener(structs.replace(wanted, port=order.port), must_be_this=True)
    return _any_port(order, App.PUBLIC, wanted)


def _console(order: Order) -> socket.socket:
    return _any_port(order, App.CONSOLE, order.settings.console)


def _any_port(order: Order, app: App, wanted: Listen) -> socket.socket:
    listener = ports.open_listener(wanted)
    if wanted.port not in (0, listener.getsockname()[1]):
        order.journal.say(f"port {wanted.port} of the {app} app is taken; using a free one")
    return listener
