"""One-time codes of coordinators: for somebody new, or to give an account back."""

from datetime import datetime, timedelta
from secrets import randbits

from matcher.domain import codes
from matcher.domain.codes import Code
from matcher.domain.coordinator import Coordinator, Opening, Roster
from matcher.domain.errors import NameTakenError, OpeningGoneError, OtherNameError
from matcher.store.secrets import opening_key

OPENING_LIVES = timedelta(hours=24)


def new_opening() -> tuple[Code, str]:
    """Draw a one-time code, and say by what hash it is known."""
    code = codes.from_bits(randbits(codes.BITS))
    return code, opening_key(code)


def usable(roster: Roster, key: str, now: datetime) -> Opening:
    """Find what a code of this hash opens, or raise OpeningGoneError."""
    opening = roster.openings.get(key)
    if opening is None or opening.until <= now:
        raise OpeningGoneError
    return opening


def account_of(roster: Roster, opening: Opening, name: str) -> Coordinator | None:
    """Find the account that a code gives back; None where it makes a new one.

    Raises
    ------
    OpeningGoneError
        If the account is gone.
    NameTakenError
        If a new one would have the name of another.
    OtherNameError
        If the account that is given back has another name.
    """
    named = roster.named(name)
    if opening.whom is None:
        if named:
            raise NameTakenError
        return None
    if roster.of(opening.whom) is None:
        raise OpeningGoneError
    if named is None or named.id != opening.whom:
        raise OtherNameError
    return named
