"""Every command a server knows, and what it says when a user gives one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

# The ACL's own words, those it has in scripts, and what is off for everybody by the settings.
_REFUSED = re.compile(
    "NoPermissionError|NOPERM|ACL failure in script|can't (run this command|access)"
    "|Authentication|not allowed. If the enable-"
)
SUBCOMMANDS = 9  # where they stand in an entry from version 7 on; 6.2 lists none


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command or subcommand ("config|get"), with how many words it may be given.

    That is one more than it needs where it takes more: a bare SHUTDOWN would be obeyed.
    """

    name: str
    words: int
    is_for_all: bool  # works before anybody has said who they are, so no ACL can forbid it

    def filled(self, word: str) -> list[str]:
        """Write it down with `word` wherever it asks for one."""
        parts = self.name.split("|")
        return [*parts, *[word] * (self.words - len(parts))]


def known(tester: Redis) -> list[Command]:
    """Ask a server for all of its commands; one with subcommands counts as those alone."""
    connection = tester.connection_pool.get_connection()
    try:
        connection.send_command("COMMAND")
        entries = connection.read_response(disable_decoding=True)
    finally:
        tester.connection_pool.release(connection)
    return sorted(_read(entries), key=lambda command: command.name)


def _read(entries: object) -> Iterator[Command]:
    assert isinstance(entries, list)
    for entry in entries:
        match entry:
            case [bytes(name), int(arity), flags, *_]:
                if parts := entry[SUBCOMMANDS:]:
                    yield from _read(parts[0])
                if not parts or not parts[0]:
                    is_for_all = b"no_auth" in flags
                    words = arity if arity > 0 else 1 - arity
                    yield Command(name=name.decode(), words=words, is_for_all=is_for_all)
            case _:
                raise AssertionError(entry)


def refusal(url: str, words: Sequence[str]) -> str:
    """Give a command in a connection of its own; returns what the ACL said against it."""
    with Redis.from_url(url, socket_timeout=5, retry=Retry(NoBackoff(), 0)) as client:
        connection = client.connection_pool.get_connection()
        try:
            connection.send_command(*words)
            connection.read_response(disconnect_on_error=True)
        except RedisError as error:
            said = f"{type(error).__name__}: {error}"
            return said if _REFUSED.search(said) else ""  # else it failed for its odd words
        finally:
            connection.disconnect()
            client.connection_pool.release(connection)
        return ""
