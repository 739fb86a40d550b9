"""Makes every page as long as every other, so that its length on the wire tells nothing of it.

Whoever watches the line sees lengths even where all else is encrypted. Pages are filled up to a
multiple of `PAGE_BYTES`, which the pages of one kind share. The filling is random, since what
repeats would be packed away by a proxy that compresses. We ask proxies not to (`no-transform`);
for those that do it nevertheless, as much of it is random as brings packed pages to about
one length as well, and the rest is blank.
"""

import zlib
from base64 import b64encode
from secrets import token_bytes

from flask import Flask, Response

PAGE_BYTES = 16_384
PACKED_BYTES = 3 * PAGE_BYTES // 8  # above any page of ours; with style and scripts 14 KB
PACKED_SHARE = 0.755  # what is left of random letters out of 64, packed

_OPENS, _CLOSES = b"<!-- ", b" -->\n"
_LEAST = len(_OPENS) + len(_CLOSES)


def attach(app: Flask) -> None:
    """Fill up every page, also those that tell an error."""
    app.after_request(_fill)


def _fill(response: Response) -> Response:
    is_page = response.mimetype == "text/html" and response.location is None
    if is_page and not response.is_streamed:
        response.set_data(filled(response.get_data()))
    return response


def filled(page: bytes) -> bytes:
    """Fill a page up to a multiple of `PAGE_BYTES` with a comment that nobody reads."""
    room = -(len(page) + _LEAST) % PAGE_BYTES
    whole = len(page) + _LEAST + room
    packed = PACKED_BYTES * whole // PAGE_BYTES - len(zlib.compress(page))
    letters = min(room, max(0, int(packed / PACKED_SHARE)))
    random = b64encode(token_bytes(letters))[:letters]
    return b"".join((page, _OPENS, random, b" " * (room - letters), _CLOSES))
