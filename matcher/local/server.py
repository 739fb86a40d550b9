"""A memory-only server of our own: how it is prepared, and asked whether it is there."""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from matcher.domain.errors import MatcherError
from matcher.local import acl
from matcher.local.acl import Role, ServerName, User
from matcher.local.binary import Binary
from matcher.local.run_folder import write_private

LONGEST_SOCKET_PATH = 100  # the kernels allow 104 (macOS) or 108 bytes (Linux)

_POLL_S = 0.02


class SocketPathError(MatcherError):
    """The run folder's path is too long for a socket in it."""


class ServerStartError(MatcherError):
    """A server of our own did not answer in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """What is needed to run one server and to speak to it."""

    name: ServerName
    binary: Binary
    config: Path
    folder: Path
    memory: str
    users: tuple[User, ...]

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.folder / f"{self.name}.sock"

    @property
    def argv(self) -> list[str]:
        """The command that runs it; no password is in it."""
        options = {
            "unixsocket": self.socket,
            "aclfile": self.folder / f"{self.name}.acl",
            "dir": self.folder,
            "maxmemory": self.memory,
            **self.binary.own_options,
        }
        pairs = [(f"--{key}", str(value)) for key, value in options.items()]
        return [
            str(self.binary.path),
            str(self.config),
            *(part for pair in pairs for part in pair),
        ]

    def url(self, role: Role) -> str:
        """Say how `role` reaches it; holds a password, so it travels by environment only."""
        user = next(user for user in self.users if user.role is role)
        return f"unix://{user.role}:{user.password}@{quote(str(self.socket))}"

    def is_up(self) -> bool:
        """Ask whether it answers."""
        once = Retry(NoBackoff(), 0)
        with Redis.from_url(self.url(Role.ADMIN), socket_timeout=1, retry=once) as client:
            try:
                return bool(client.ping())
            except RedisError:
                return False

    def wait(self, *, deadline_s: float) -> None:
        """Return once it answers.

        Raises
        ------
        ServerStartError
            If it does not within `deadline_s`.
        """
        end = time.monotonic() + deadline_s
        while not self.is_up():
            if time.monotonic() > end:
                raise ServerStartError(f"the {self.name} server does not answer")
            time.sleep(_POLL_S)


def prepare(
    name: ServerName, *, binary: Binary, config: Path, folder: Path, memory: str
) -> Server:
    """Write the ACL file into the private `folder` and say how the server is to be run.

    Raises
    ------
    SocketPathError
        If the folder's path is too long.
    """
    server = Server(
        name=name,
        binary=binary,
        config=config,
        folder=folder,
        memory=memory,
        users=acl.users(name),
    )
    if len(os.fsencode(server.socket)) > LONGEST_SOCKET_PATH:
        raise SocketPathError(
            f"{folder} is too long a path for a socket; set XDG_RUNTIME_DIR to a shorter one"
        )
    write_private(folder / f"{name}.acl", acl.acl_file(server.users))
    return server
