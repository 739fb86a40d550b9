"""The connection to the store: one place for commands, Lua steps and their failures."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import (
    BusyLoadingError,
    ConnectionError as NoConnectionError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    TimeoutError as TooLateError,
)
from redis.retry import Retry

from matcher.domain.errors import StoreDownError, StoreFullError

ANSWER_SECONDS = 1.5  # a page says so within two seconds when the store is away

Word = bytes | str | int | float
Command = Sequence[Word]


class Store:
    """Commands to one store server; opens no connection before the first of them.

    Every method raises `StoreDownError` when the server does not answer, and `StoreFullError`
    when it has no memory left for what was asked.
    """

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(
            url,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._hashes: dict[str, str] = {}

    def command(self, *words: Word) -> Any:  # noqa: ANN401 - each command has its own answer
        """Send one command and return its answer."""
        with _translated():
            return self._redis.execute_command(*words)

    def commands(self, many: Iterable[Command], *, at_once: bool = False) -> list[Any]:
        """Send many commands in one go; `at_once` lets nobody in between."""
        with _translated(), self._redis.pipeline(transaction=at_once) as pipe:
            for words in many:
                pipe.execute_command(*words)
            return pipe.execute()

    def step(self, name: str, prefix: str, *words: Word) -> Any:  # noqa: ANN401 - as command
        """Run the Lua step `name` on the keys under `prefix`: all of it or nothing."""
        with _translated():
            if name not in self._hashes:
                self._load(name)
            try:
                return self._redis.evalsha(self._hashes[name], 1, prefix, *words)
            except NoScriptError:  # the server was started anew
                self._load(name)
                return self._redis.evalsha(self._hashes[name], 1, prefix, *words)

    def steps(self, name: str, prefix: str, many: Iterable[Sequence[Word]]) -> list[Any]:
        """Run the Lua step `name` many times in one go; each is all of it or nothing."""
        if name not in self._hashes:
            with _translated():
                self._load(name)
        load = ("SCRIPT LOAD", _step_text(name))  # the server may have been started anew
        steps = (("EVALSHA", self._hashes[name], 1, prefix, *words) for words in many)
        return self.commands([load, *steps])[1:]

    def stream(self, name: str, prefix: str, many: Iterable[Sequence[Word]]) -> Iterator[Any]:
        """Run a Lua step many times, and yield each answer while the next one is worked on.

        No thread does this: one that waits for Python's lock would be slower than none.
        """
        pool = self._redis.connection_pool
        with _translated():
            self._load(name)
            connection = pool.get_connection()
            is_owed = False
            try:
                for words in many:
                    connection.send_command("EVALSHA", self._hashes[name], 1, prefix, *words)
                    if is_owed:
                        yield connection.read_response()
                    is_owed = True
                if is_owed:
                    yield connection.read_response()
                    is_owed = False
            finally:
                if is_owed:
                    connection.disconnect()
                pool.release(connection)

    def _load(self, name: str) -> None:
        answer = self._redis.execute_command("SCRIPT LOAD", _step_text(name))
        self._hashes[name] = text(answer)


def text(raw: bytes | str) -> str:
    """Read what the store returned as text."""
    return raw.decode() if isinstance(raw, bytes) else raw


def texts(raws: Iterable[bytes | str]) -> list[str]:
    """Read several answers as text."""
    return [text(raw) for raw in raws]


@cache
def _step_text(name: str) -> str:
    folder = files("matcher.store") / "lua"
    shared = (folder / "shared.lua").read_text("utf-8")
    return shared + (folder / f"{name}.lua").read_text("utf-8")


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OutOfMemoryError:
        raise StoreFullError from None
    except (NoConnectionError, TooLateError, BusyLoadingError, ReadOnlyError):
        raise StoreDownError from None
