"""What travels from one machine's vault to another's: three lines of text with a check."""

from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from msgspec import Meta, MsgspecError, Struct, msgpack

from matcher.domain.errors import MatcherError
from matcher.store import secrets, spent, vault
from matcher.store.sealing import KEY_BYTES
from matcher.store.vault import DAYS_AHEAD

HEADING = b"sanad vault, version "
VERSION = b"1"
LINES = 3
MOST_BYTES = 64 * 2**20  # of spent tickets, most of all

Key = Annotated[bytes, Meta(min_length=KEY_BYTES, max_length=KEY_BYTES)]


class BundleError(MatcherError):
    """The vault cannot be carried from here, or not to here."""


class Bundle(Struct, frozen=True, array_like=True):
    """The vault's day and value, the pepper, and the lines of the spent list."""

    day: Annotated[int, Meta(ge=0, lt=2**32)]
    value: Key
    pepper: Key
    spent: str


def read(folder: Path) -> Bundle:
    """Read what stands in `folder`.

    Raises
    ------
    BundleError
        If there is no vault with its pepper.
    """
    found, pepper = vault.standing(folder), secrets.pepper_in(folder)
    if found is None or not pepper:
        raise BundleError(f"there is no vault in {folder}; SANAD_VAULT_DIR says where it is")
    day, value = found
    return Bundle(day, value, pepper, spent.SpentList(folder).text())


def written(bundle: Bundle) -> bytes:
    """Write a bundle as text."""
    body = b64encode(msgpack.encode(bundle))
    return b"\n".join((HEADING + VERSION, body, _check(body), b""))


def parse(text: bytes) -> Bundle:
    """Read a bundle as `written` wrote it.

    Raises
    ------
    BundleError
        If it is another thing, of another version, or did not arrive whole.
    """
    lines = text.splitlines()
    if not lines or not lines[0].startswith(HEADING):
        raise BundleError("this is not what `sanad vault export` writes")
    if lines[0] != HEADING + VERSION:
        raise BundleError("this was written by another version of sanad")
    if len(lines) != LINES or lines[2] != _check(lines[1]):
        raise BundleError("this did not arrive whole; nothing was changed")
    try:
        return msgpack.decode(b64decode(lines[1], validate=True), type=Bundle)
    except (MsgspecError, ValueError):
        raise BundleError("this is not what `sanad vault export` writes") from None


def install(bundle: Bundle, folder: Path, *, replaces: bool) -> bool:
    """Put a bundle into `folder`; False when the same vault stands there already.

    Spent tickets are only ever added. The vault comes last: until then nothing opens.

    Raises
    ------
    BundleError
        If another vault stands there and is not to be replaced.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found, pepper = vault.standing(folder), secrets.pepper_in(folder)
    is_same = _is_same(bundle, found) and pepper == bundle.pepper
    if not (is_same or replaces) and (found or pepper):
        raise BundleError(
            f"another vault stands in {folder}; with --replace, whatever it seals is lost"
        )
    spent.SpentList(folder).merge(bundle.spent)
    if not is_same:
        secrets.put_pepper(folder, bundle.pepper)
        vault.put(folder, bundle.day, bundle.value)
    return not is_same


def _is_same(bundle: Bundle, found: tuple[int, bytes] | None) -> bool:
    """Tell whether both are one vault, be it on different days."""
    if found is None or abs(found[0] - bundle.day) > DAYS_AHEAD:
        return False
    (early, before), (late, after) = sorted([found, (bundle.day, bundle.value)])
    return vault.walked(before, late - early) == after


def _check(body: bytes) -> bytes:
    return sha256(HEADING + VERSION + body).hexdigest().encode()
