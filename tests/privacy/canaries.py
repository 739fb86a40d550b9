"""Canaries: unique words that people leave behind, and where something of them was found."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Self

from redis import Redis

from matcher.domain import codes
from matcher.domain.codes import Code
from matcher.local import sessions
from matcher.local.acl import ServerName
from matcher.local.scan import server
from matcher.local.scan.folder import walk
from matcher.local.scan.layers import layers
from matcher.store.secrets import keys_of
from tests.machine import Up


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Something that is kept somewhere."""

    where: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Canaries:
    """What is looked for, by name; each in every way in which it may be written."""

    forms: dict[str, tuple[bytes, ...]] = field(default_factory=dict)
    allowed: dict[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str:
        """Make a new word to be left somewhere."""
        made = f"canary-{name}-{token_hex(8)}"
        self.add(name, made)
        return made

    def add(self, name: str, *forms: str | bytes, allowed_in: str = "") -> None:
        """Look for something; `allowed_in` is how the one place begins where it may be."""
        raw = (form.encode() if isinstance(form, str) else form for form in forms)
        self.forms[name] = (*self.forms.get(name, ()), *(form.lower() for form in raw))
        if allowed_in:
            self.allowed[name] = allowed_in

    def add_code(self, name: str, code: Code) -> None:
        """Look for a code as it is kept, shown and typed, and for what derives from it."""
        groups, keys = codes.groups(code), keys_of(code)
        self.add(name, code, " ".join(groups), "-".join(groups))
        for derived, key in (("lookup", keys.lookup), ("seal", keys.seal)):
            self.add(f"{derived} of {name}", key, key.hex())

    def found_in(self, pieces: Iterable[Piece]) -> set[tuple[str, str]]:
        """Say which of them are where they may not be: (name, place)."""
        return {
            (name, piece.where)
            for piece in pieces
            for layer in layers(piece.raw)
            for name in self._in(layer.lower())
            if not self._may_be(name, piece.where)
        }

    def _in(self, lowered: bytes) -> Iterator[str]:
        for name, forms in self.forms.items():
            if any(form in lowered for form in forms):
                yield name

    def _may_be(self, name: str, where: str) -> bool:
        allowed = self.allowed.get(name)
        return allowed is not None and where.startswith(allowed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """All that a running `sanad up` keeps anywhere."""

    servers: Mapping[ServerName, str]
    home: Path
    pids: tuple[int, ...]

    @classmethod
    def of(cls, up: Up) -> Self:
        """Look where this run keeps anything."""
        return cls(servers=up.scan_urls, home=up.home, pids=tuple(up.pids.values()))

    def pieces(self) -> Iterator[Piece]:
        """Read it all: servers, files below its home (the log too), arguments of processes."""
        for name, url in self.servers.items():
            with Redis.from_url(url) as client:
                yield from pieces_of_server(name, client)
        yield from pieces_of_folder(self.home)
        for pid in sessions.members(self.pids):
            arguments = Path(f"/proc/{pid}/cmdline")
            if arguments.exists():
                yield Piece(where="arguments of a process", raw=arguments.read_bytes())


def pieces_of_server(name: str, client: Redis) -> Iterator[Piece]:
    """Read every key and every record of one server."""
    for key in server.keys(client):
        where = f"{name}: {key.name.decode(errors='replace')}"
        for part in (key.name, *key.parts):
            yield Piece(where=where, raw=part)
    for record in server.records(client):
        assert record.parts is not None, record.name
        for part in record.parts:
            yield Piece(where=f"{name}: its {record.name}", raw=part)


def pieces_of_folder(top: Path) -> Iterator[Piece]:
    """Read every file below a folder, line by line where it has lines, and every name."""
    for file in walk(top):
        where = f"file: {file.name}"
        yield Piece(where=where, raw=file.name.encode())
        yield Piece(where=where, raw=file.content)
        for line in file.content.splitlines():
            yield Piece(where=where, raw=line)
