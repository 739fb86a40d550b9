"""What each process of one machine is told by its environment, and nothing it does not need."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from matcher.local import binary, numerics, python, server
from matcher.local.acl import Role, ServerName
from matcher.local.run_folder import RunFolder
from matcher.local.server import Server

MEMORY = {ServerName.STORE: "1gb", ServerName.QUEUE: "64mb"}


class Seat(StrEnum):
    """The processes beside the servers, by the name under which they appear in the log."""

    PUBLIC = "public"
    CONSOLE = "console"
    WORKER = "worker"
    PREVIEWS = "previews"
    CLOCK = "clock"


# The public app cannot reach the queue: an arrival leaves a mark in the store, and the clock
# asks for the round. Whoever takes over the public app still cannot make a worker run anything.
_SPEAKS_TO: Mapping[Seat, Mapping[ServerName, Role]] = {
    Seat.PUBLIC: {ServerName.STORE: Role.APP},
    Seat.CONSOLE: {ServerName.STORE: Role.CONSOLE, ServerName.QUEUE: Role.CONSOLE},
    Seat.WORKER: {ServerName.STORE: Role.APP, ServerName.QUEUE: Role.WORKER},
    Seat.PREVIEWS: {ServerName.STORE: Role.APP, ServerName.QUEUE: Role.WORKER},
    Seat.CLOCK: {ServerName.STORE: Role.APP, ServerName.QUEUE: Role.CLOCK},
}

_COMPUTES = {Seat.WORKER, Seat.PREVIEWS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The servers and folders of one run; servers that were given are not among `servers`."""

    environ: Mapping[str, str] = field(repr=False)
    folder: RunFolder
    servers: Mapping[ServerName, Server] = field(repr=False)

    def of(self, seat: Seat) -> dict[str, str]:
        """Write the environment of one process."""
        urls = {variable(name): self.url(name, role) for name, role in _SPEAKS_TO[seat].items()}
        told = python.environ(_without_secrets(self.environ)) | self._folders() | urls
        return numerics.environ(told) if seat in _COMPUTES else told | python.SPARING

    def of_server(self) -> dict[str, str]:
        """Write the environment of a server: the search path alone."""
        return {"PATH": self.environ.get("PATH", "")}

    def of_terminals(self) -> dict[str, str]:
        """List what another terminal of the same person needs to work with this run."""
        urls = {
            variable(ServerName.STORE): self.url(ServerName.STORE, Role.APP),
            variable(ServerName.QUEUE): self.url(ServerName.QUEUE, Role.WORKER),
        }
        admins = {
            admin_variable(name): found.url(Role.ADMIN) for name, found in self.servers.items()
        }
        scans = {
            scan_variable(name): found.url(Role.SCAN) for name, found in self.servers.items()
        }
        desks = {
            console_variable(name): found.url(Role.CONSOLE)
            for name, found in self.servers.items()
        }
        same = {key: value for key, value in self.environ.items() if key.startswith("SANAD_")}
        return _without_secrets(same) | urls | admins | scans | desks | self._folders()

    def url(self, name: ServerName, role: Role) -> str:
        """Say how `role` reaches a server, ours or given."""
        ours = self.servers.get(name)
        return ours.url(role) if ours else self.environ[variable(name)]

    def _folders(self) -> dict[str, str]:
        """Keep vault and state with the run, unless a given store outlives it."""
        if ServerName.STORE not in self.servers:
            return {}
        folders = {"SANAD_VAULT_DIR": self.folder.vault, "SANAD_STATE_DIR": self.folder.state}
        return {key: self.environ.get(key) or str(path) for key, path in folders.items()}


def arrange(environ: Mapping[str, str], folder: RunFolder, config: Path) -> Surroundings:
    """Prepare a server of our own for each that is not given.

    Raises
    ------
    NoServerError
        If one is needed and none is installed.
    """
    needed = [name for name in ServerName if not environ.get(variable(name))]
    found = binary.find(environ.get("PATH", "")) if needed else None
    servers = {
        name: server.prepare(
            name,
            binary=found,
            config=config / "valkey.conf",
            folder=folder.path,
            memory=MEMORY[name],
        )
        for name in needed
        if found
    }
    return Surroundings(environ=environ, folder=folder, servers=servers)


def told_to(seat: Seat) -> set[str]:
    """Name the variables that say to one process how it reaches its servers."""
    return {variable(name) for name in _SPEAKS_TO[seat]}


def variable(name: ServerName) -> str:
    """Name the variable that says how a server is reached."""
    return f"SANAD_{name.upper()}_URL"


def admin_variable(name: ServerName) -> str:
    """Name the variable that lets `sanad doctor` read a server's settings."""
    return f"SANAD_{name.upper()}_ADMIN_URL"


def console_variable(name: ServerName) -> str:
    """Name the variable by which a console in another terminal reaches a server of ours."""
    return f"SANAD_{name.upper()}_CONSOLE_URL"


def as_seat(seat: Seat, environ: Mapping[str, str]) -> dict[str, str]:
    """Leave one process what it needs of a terminal's environment, with no wider rights."""
    own = dict(environ)
    for name in ServerName if seat is Seat.CONSOLE else ():
        if narrow := environ.get(console_variable(name)):
            own[variable(name)] = narrow
    return {key: value for key, value in own.items() if key not in SECRETS - told_to(seat)}


def scan_variable(name: ServerName) -> str:
    """Name the variable that lets `sanad doctor --scan` read all that a server holds."""
    return f"SANAD_{name.upper()}_SCAN_URL"


SECRETS = frozenset(
    of(name)
    for name in ServerName
    for of in (variable, admin_variable, scan_variable, console_variable)
)
"""The variables that hold passwords."""


def _without_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in environ.items() if key not in SECRETS}
