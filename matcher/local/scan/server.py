"""Walks through everything that a server keeps: keys of every type, and its own records."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from redis import Redis
from redis.exceptions import NoPermissionError, ResponseError

from matcher.local.scan.layers import leaves

AT_ONCE = 500
GONE_MS = -2
NO_END_MS = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key with all that it holds; `left_ms` is -1 where nothing ends it."""

    name: bytes
    kind: str
    left_ms: int
    parts: tuple[bytes, ...]

    @property
    def is_readable(self) -> bool:
        """Tell whether its type is one that can be read."""
        return self.kind in _READERS

    @property
    def fields(self) -> dict[bytes, bytes]:
        """The fields of a hash."""
        pairs = self.parts if self.kind == "hash" else ()
        return dict(zip(pairs[::2], pairs[1::2], strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Something that a server notes by itself; `parts` is None where it may not be read."""

    name: str
    parts: tuple[bytes, ...] | None


def keys(client: Redis) -> Iterator[Key]:
    """Read every key; what ends while it is looked at is left out."""
    for name in client.scan_iter(count=AT_ONCE):
        with client.pipeline(transaction=False) as pipe:
            pipe.type(name)
            pipe.pttl(name)
            kind, left = pipe.execute()
        if left != GONE_MS:
            yield _read(client, name, kind.decode(), left)


def records(client: Redis) -> Iterator[Record]:
    """Read what the server notes: slow commands, refused ones, who is connected, counts."""
    for name, command in _RECORDS.items():
        try:
            found = client.execute_command(*command)
        except NoPermissionError:
            yield Record(name=name, parts=None)
        else:
            yield Record(name=name, parts=tuple(leaves(found)))


SLOW_LOG = "slow log"
REFUSED = "list of refused commands"
CLIENTS = "list of connections"
COUNTS = "list of counts"

_RECORDS = {
    SLOW_LOG: ("SLOWLOG GET", -1),
    REFUSED: ("ACL LOG",),
    CLIENTS: ("CLIENT LIST",),
    COUNTS: ("INFO", "all"),
}


def _read(client: Redis, name: bytes, kind: str, left_ms: int) -> Key:
    reader = _READERS.get(kind)
    try:
        parts = tuple(reader(client, name)) if reader else ()
    except NoPermissionError:
        raise
    except ResponseError:  # it became a key of another type meanwhile
        parts = ()
    return Key(name=name, kind=kind, left_ms=left_ms, parts=parts)


def _string(client: Redis, name: bytes) -> Iterator[bytes]:
    yield from leaves(client.get(name))


def _list(client: Redis, name: bytes) -> Iterator[bytes]:
    start = 0
    while found := client.lrange(name, start, start + AT_ONCE - 1):
        yield from leaves(found)
        start += AT_ONCE


def _set(client: Redis, name: bytes) -> Iterator[bytes]:
    yield from client.sscan_iter(name, count=AT_ONCE)


def _zset(client: Redis, name: bytes) -> Iterator[bytes]:
    for member, score in client.zscan_iter(name, count=AT_ONCE):
        yield member
        yield f"{score:.17g}".encode()


def _hash(client: Redis, name: bytes) -> Iterator[bytes]:
    for field, value in client.hscan_iter(name, count=AT_ONCE):
        yield field
        yield value


def _stream(client: Redis, name: bytes) -> Iterator[bytes]:
    start: bytes = b"-"
    while found := client.execute_command("XRANGE", name, start, "+", "COUNT", AT_ONCE):
        for _entry, fields in found:
            yield from leaves(fields)
        start = b"(" + found[-1][0]


_READERS: Mapping[str, Callable[[Redis, bytes], Iterator[bytes]]] = {
    "string": _string,
    "list": _list,
    "set": _set,
    "zset": _zset,
    "hash": _hash,
    "stream": _stream,
}
