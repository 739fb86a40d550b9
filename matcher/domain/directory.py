"""What coordinators changed in the directory of services: what each entry was, and is now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from matcher.domain.acts import ActId
from matcher.domain.coordinator import CoordinatorId

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish(Generic[Entry]):
    """What somebody wants an entry to be; `seen` marks what it was when they wrote it.

    `entry` None: it is taken away. `seen` empty: there was none.
    """

    id: str
    entry: Entry | None
    seen: str
    who: CoordinatorId


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision(Generic[Entry]):
    """One change that was made, and the act that made it."""

    act: ActId
    id: str
    entry: Entry | None
    who: CoordinatorId
    at: datetime
