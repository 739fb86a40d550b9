"""Asks a real server for pages, over connections that stay open as a proxy's do."""

import asyncio
import gzip
import html
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

HIDDEN = re.compile(rb'<input type="hidden" name="([a-z]+)" value="([^"]*)"')

Form = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, what was set as cookie, and the page, unpacked only when it is read."""

    status: int
    cookie: str
    packed: bytes = field(repr=False)

    def hidden(self) -> dict[str, str]:
        """Read what the page's form hands on."""
        found = HIDDEN.findall(gzip.decompress(self.packed))
        return {name.decode(): html.unescape(value.decode()) for name, value in found}


class Surf:
    """A few open connections to one server; who finds none free waits for one."""

    def __init__(self, host: str, port: int, connections: int) -> None:
        self._at = host, port
        self._free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter] | None]
        self._free = asyncio.Queue()
        for _ in range(connections):
            self._free.put_nowait(None)

    async def ask(self, path: str, *, cookie: str = "", form: Form | None = None) -> Answer:
        """Get a page, or send a form when there is one.

        Raises
        ------
        OSError, asyncio.IncompleteReadError
            If the server goes away in the middle.
        """
        async with self._connection() as (reader, writer):
            writer.write(self._written(path, cookie, form))
            return await _read(reader)

    @asynccontextmanager
    async def _connection(
        self,
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        kept = await self._free.get()
        try:
            if kept is None or kept[0].at_eof():
                kept = await asyncio.open_connection(*self._at)
            yield kept
        except BaseException:
            kept = None
            raise
        finally:
            self._free.put_nowait(kept)

    def _written(self, path: str, cookie: str, form: Form | None) -> bytes:
        body = b"" if form is None else urlencode(form, doseq=True).encode()
        lines = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1", f"Host: {self._at[0]}"]
        lines += ["Accept-Encoding: gzip", *([f"Cookie: {cookie}"] if cookie else [])]
        if form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded"]
            lines += [f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body


async def _read(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    told = dict(line.lower().partition(": ")[::2] for line in lines if line)
    cookies = [
        line[12:].partition(";")[0] for line in lines if line[:12].lower() == "set-cookie: "
    ]
    packed = await reader.readexactly(int(told["content-length"]))
    return Answer(int(first.split()[1]), "; ".join(cookies), packed)
