"""Partners: services that hand out cards, each with a code and what it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NewType

from matcher.domain.codes import ALPHABET, plain
from matcher.domain.needs import GroupId

PartnerId = NewType("PartnerId", str)
LETTERS = range(5, 13)
"""How many letters the code of a card may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A service that sends people here; its `code` opens `group` on the page of needs."""

    id: PartnerId
    code: str
    group: GroupId
    is_example: bool


def is_code(written: str) -> bool:
    """Say whether this can be a card's code: short, in letters that can be read aloud."""
    letters = plain(written)
    return len(letters) in LETTERS and set(letters) <= set(ALPHABET)


def partner_of(typed: str, partners: Iterable[Partner]) -> Partner | None:
    """Find whose card this code stands on, however it was typed."""
    letters = plain(typed)
    return next((one for one in partners if plain(one.code) == letters), None)
