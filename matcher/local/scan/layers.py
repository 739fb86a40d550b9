"""Takes apart what may be packed in bytes: zlib, gzip, base64, hex, JSON, MessagePack, %XX."""

import re
import zlib
from base64 import b64decode
from binascii import Error as NotBase64Error
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote_to_bytes

from msgspec import DecodeError, json, msgpack

MOST_DEPTH = 6
MOST_LAYERS = 500
MOST_BYTES = 4_000_000
"""Bounds for one value, so that nothing that was planted can keep the scan busy for long."""

_INFLATE_ANY = zlib.MAX_WBITS | 32  # zlib and gzip, whichever the header says
_PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}")
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}){8,}")
_STANDARD = bytes.maketrans(b"-_", b"+/")


def layers(raw: bytes) -> Iterator[bytes]:
    """Yield the bytes themselves, and whatever is packed in them, layer by layer."""
    known, budget, level = {raw}, MOST_BYTES, [raw]
    yield raw
    for _ in range(MOST_DEPTH):
        level = [one for one in _next(level) if one not in known]
        for at, found in enumerate(level):
            budget -= len(found)
            if budget < 0 or len(known) >= MOST_LAYERS:
                level = level[:at]
                break
            known.add(found)
            yield found


def leaves(value: object) -> Iterator[bytes]:
    """Yield every text and every bytes in nested lists and maps."""
    match value:
        case bytes():
            yield value
        case str():
            yield value.encode("utf-8", "surrogatepass")
        case Mapping():
            for key, inner in value.items():
                yield from leaves(key)
                yield from leaves(inner)
        case list() | tuple() | set() | frozenset():
            for inner in value:
                yield from leaves(inner)
        case _:
            return


def _next(level: list[bytes]) -> Iterator[bytes]:
    for raw in level:
        for unpack in _WAYS:
            yield from (found for found in unpack(raw) if found and found != raw)


def _inflated(raw: bytes) -> Iterator[bytes]:
    """Inflate from wherever a header stands: something may come before it."""
    for header in _PACKED.finditer(raw):
        unpacker = zlib.decompressobj(_INFLATE_ANY)
        try:
            yield unpacker.decompress(raw[header.start() :], MOST_BYTES)
        except zlib.error:
            continue


def _from_base64(raw: bytes) -> Iterator[bytes]:
    """Decode each long run from each of four beginnings: letters may stand before it."""
    for run in _BASE64.findall(raw):
        for start in range(4):
            letters = run[start:].translate(_STANDARD)
            whole = letters[: len(letters) - (len(letters) % 4 == 1)]
            try:
                yield b64decode(whole + b"=" * (-len(whole) % 4), validate=True)
            except NotBase64Error:
                continue


def _from_hex(raw: bytes) -> Iterator[bytes]:
    for run in _HEX.findall(raw):
        yield bytes.fromhex(run.decode())


def _from_json(raw: bytes) -> Iterator[bytes]:
    if raw[:1] not in b'[{"':
        return
    try:
        yield from leaves(json.decode(raw))
    except (DecodeError, UnicodeDecodeError, RecursionError):
        return


def _from_msgpack(raw: bytes) -> Iterator[bytes]:
    try:
        yield from leaves(msgpack.decode(raw, strict=False))
    except (DecodeError, ValueError, RecursionError):
        return


def _from_percent(raw: bytes) -> Iterator[bytes]:
    if b"%" in raw:
        yield unquote_to_bytes(raw.replace(b"+", b" "))


_WAYS: tuple[Callable[[bytes], Iterator[bytes]], ...] = (
    _inflated,
    _from_base64,
    _from_hex,
    _from_json,
    _from_msgpack,
    _from_percent,
)
