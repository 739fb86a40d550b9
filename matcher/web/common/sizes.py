"""Makes every page as long as every other, so that its length on the wire tells nothing of it.

Whoever watches the line sees lengths even where all else is encrypted. A page is packed here,
and what is packed is filled up to `PACKED_BYTES`, as long as every page of somebody's own; what
is longer goes up to the next step. The filling stands in a field of gzip's header that decoders
skip (RFC 1952, 2.3.1.1). Packing words beside secrets can give the secrets away by lengths (the
attack called BREACH): here lengths do not change, and no other site can have our pages repeat
words of its choice, since forms without a token of ours are refused.

For browsers that cannot unpack, and for proxies that pack again although they are asked not to
(`no-transform`), pages that go out unpacked are filled up to a multiple of `PAGE_BYTES` with a
comment, as much of it random as brings pages to about one length when they are packed.
"""

import zlib
from base64 import b64encode
from http import HTTPStatus
from secrets import token_bytes
from struct import pack

from flask import Flask, Response, request

from matcher.web.common.lean import TYPES, lean

PAGE_BYTES = 16_384
PACKED_BYTES = 6_144  # above any page of somebody's own; with style and scripts 14 KB
PACKED_STEP = 2_048
PROXY_LEVELS = (1, 6)  # how hard proxies usually try
PACKED_SHARE = 0.755  # what is left of random letters out of 64, packed
SAME_FOR_ALL = {"static", "look.static", "find.show"}  # no secret is in them, nor any state
STATIC_TYPES = {"text/css", "text/javascript", "text/plain", "image/svg+xml"}

_OPENS, _CLOSES = b"<!-- ", b" -->\n"
_LEAST = len(_OPENS) + len(_CLOSES)
_FIELD = 6  # bytes of an empty field: its length, a subfield's name, and that one's length


def attach(app: Flask) -> None:
    """Pack and fill up every page, also those that tell an error; pack styles and scripts."""
    app.after_request(_fill)


def _fill(response: Response) -> Response:
    is_page = response.mimetype == "text/html" and response.location is None
    if not (is_page or response.mimetype in STATIC_TYPES):
        return response
    can_unpack = request.accept_encodings.quality("gzip") > 0
    if is_page and not response.is_streamed:
        page = response.get_data()
        _give(response, packed(page) if can_unpack else filled(page), is_packed=can_unpack)
    elif request.endpoint in SAME_FOR_ALL and response.status_code == HTTPStatus.OK:
        response.direct_passthrough = False
        file = response.get_data()
        if response.mimetype in TYPES:
            file = lean(file, response.mimetype)
        _give(response, gzipped(file) if can_unpack else file, is_packed=can_unpack)
    return response


def _give(response: Response, body: bytes, *, is_packed: bool) -> None:
    response.set_data(body)
    response.vary.add("Accept-Encoding")
    if is_packed:
        response.content_encoding = "gzip"


def packed(page: bytes) -> bytes:
    """Pack a page and fill it up to `PACKED_BYTES`, or as many steps more as it takes."""
    bare = len(gzipped(page)) + _FIELD
    steps = max(0, -(-(bare - PACKED_BYTES) // PACKED_STEP))
    return gzipped(page, bytes(PACKED_BYTES + steps * PACKED_STEP - bare))


def gzipped(page: bytes, filling: bytes | None = None) -> bytes:
    """Pack a page as one gzip member, without a time; a filling stands in its header."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(page) + deflate.flush()
    head = b"\x1f\x8b\x08\x00" + bytes(4) + b"\x02\xff"
    if filling is not None:
        named = pack("<H2sH", len(filling) + 4, b"SN", len(filling))
        head = b"\x1f\x8b\x08\x04" + bytes(4) + b"\x02\xff" + named + filling
    tail = pack("<II", zlib.crc32(page), len(page) & 0xFFFFFFFF)
    return b"".join((head, body, tail))


def filled(page: bytes) -> bytes:
    """Fill a page up to a multiple of `PAGE_BYTES` with a comment that nobody reads."""
    room = -(len(page) + _LEAST) % PAGE_BYTES
    whole = len(page) + _LEAST + room
    usual = sum(len(zlib.compress(page, level)) for level in PROXY_LEVELS) / len(PROXY_LEVELS)
    left = PACKED_BYTES * whole // PAGE_BYTES - usual
    letters = min(room, max(0, int(left / PACKED_SHARE)))
    random = b64encode(token_bytes(letters))[:letters]
    return b"".join((page, _OPENS, random, b" " * (room - letters), _CLOSES))
