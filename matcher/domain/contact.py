"""Finds what looks like a way to reach somebody in words that people type."""

import re
from collections.abc import Iterator
from enum import StrEnum


class Contact(StrEnum):
    """What something in a text looks like."""

    EMAIL = "e-mail"
    PHONE = "phone"
    LINK = "link"
    HANDLE = "handle"


_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|me|io|app|info|gg|ly|co|onion)\b(?:/\S*)?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.])@\w[\w.]+")
# Seven digits at least: fewer are a year, an age or a price.
_PHONE = re.compile(r"(?<!\w)[+(]?\d(?:[ ().\-/]{0,2}\d){6,15}(?!\w)")
_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}|(?:19|20)\d\d ?[/-] ?(?:19|20)\d\d")


def contacts_in(text: str) -> tuple[tuple[Contact, str], ...]:
    """List what looks like contact data, in the order of the kinds, as it was typed.

    A guess on purpose: it is there to make people look once more, not to stop them. Digits of
    every script count.
    """
    return tuple(_found(text))


def _found(text: str) -> Iterator[tuple[Contact, str]]:
    left = text
    for kind, pattern in (
        (Contact.EMAIL, _EMAIL),
        (Contact.LINK, _LINK),
        (Contact.HANDLE, _HANDLE),
        (Contact.PHONE, _PHONE),
    ):
        for found in pattern.findall(left):
            if not (kind is Contact.PHONE and _DATE.fullmatch(found)):
                yield kind, found
        left = pattern.sub(" ", left)
