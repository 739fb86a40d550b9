"""What is kept, and for how long at most: the store's own table of keys, for a page to tell."""

from dataclasses import dataclass
from datetime import timedelta

from matcher.settings.model import Settings
from matcher.store.keys import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One kind of what is kept, by the name of its keys; none of it stays past `longest`."""

    name: str
    longest: timedelta


def kept(settings: Settings) -> tuple[Kept, ...]:
    """List everything the store can hold, in the order of its table."""
    return tuple(Kept(name=kind.name, longest=kind.longest(settings)) for kind in KINDS)
