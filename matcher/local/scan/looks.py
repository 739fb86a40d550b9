"""What looks like something that may not stand anywhere: a code, an address, a browser's name.

A scan can only guess: it knows forms, not people. It looks for each in texts, and in readable
parts of other bytes that are long enough not to be there by chance.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from ipaddress import ip_address

from matcher.domain import codes
from matcher.domain.errors import MistypedCodeError


class Look(StrEnum):
    """What something looks like."""

    CODE = "a code"
    ADDRESS = "an IP address"
    AGENT = "the name of a browser"
    EMAIL = "an e-mail address"
    PHONE = "a telephone number"


_READABLE = re.compile(rb"[\t\x20-\x7e]{10,}")

_CODE = re.compile(
    r"(?<![0-9A-Za-z])(?=("
    r"[0-9A-Za-z]{28}(?![0-9A-Za-z])"
    r"|(?:[0-9A-Za-z]{4}[ .-]){6}[0-9A-Za-z]{4}(?![0-9A-Za-z])"
    r"))"
)
_IP4 = re.compile(r"(?<!\d)(?<!\d\.)(?:\d{1,3}\.){3}\d{1,3}(?!\.?\d)")
_IP6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f]{3,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:])")
_AGENT = re.compile(
    r"Mozilla/\d|AppleWebKit/\d|Gecko/\d|Chrome/\d|Safari/\d|Firefox/\d|Opera/\d|curl/\d"
)
_EMAIL = re.compile(r"[A-Za-z0-9_.+-]{2,}@[A-Za-z0-9-]{2,}(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_PHONE = re.compile(
    r"(?<![\w+])\+[1-9]\d{0,2}(?:[ ().-]{0,2}\d){6,12}(?!\w)"
    r"|(?<![\w.])0\d{1,4}[ /-]\d{3,}(?:[ -]?\d){2,8}(?!\w)"
)


def looks(raw: bytes) -> frozenset[Look]:
    """Say what something in these bytes looks like; nothing of it is returned."""
    return frozenset(look for text in _texts(raw) for look in _seen(text))


def _texts(raw: bytes) -> list[str]:
    try:
        return [raw.decode()]
    except UnicodeDecodeError:
        return [run.decode("ascii") for run in _READABLE.findall(raw)]


def _seen(text: str) -> Iterator[Look]:
    if any(_is_code(found) for found in _CODE.findall(text)):
        yield Look.CODE
    if any(_is_somebodys(found) for kind in (_IP4, _IP6) for found in kind.findall(text)):
        yield Look.ADDRESS
    for look, kind in ((Look.AGENT, _AGENT), (Look.EMAIL, _EMAIL), (Look.PHONE, _PHONE)):
        if kind.search(text):
            yield look


def _is_code(found: str) -> bool:
    try:
        codes.parse(found)
    except MistypedCodeError:
        return False
    return any(character.isdigit() for character in found)  # words alone are not one


def _is_somebodys(found: str) -> bool:
    """Tell an address from a clock's time or a version, and from that of this machine."""
    try:
        address = ip_address(found)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified)
