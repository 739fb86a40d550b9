"""What coordinators want entries of the directory to be, and what they made of them."""

from dataclasses import dataclass
from datetime import datetime

from matcher.domain.acts import ActId
from matcher.domain.coordinator import CoordinatorId
from matcher.settings.services_shape import ServiceEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceWish:
    """What somebody wants an entry to be; `seen` marks what it was when they wrote it.

    `entry` None: it is taken away. `seen` empty: there was none.
    """

    id: str
    entry: ServiceEntry | None
    seen: str
    who: CoordinatorId


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedService:
    """A wish on its way."""

    wish: ServiceWish
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRevision:
    """One change that was made, and the act that made it."""

    act: ActId
    id: str
    entry: ServiceEntry | None
    who: CoordinatorId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The entries that the file in config/ had when the first change was made, and changes."""

    first: tuple[ServiceEntry, ...] = ()
    revisions: tuple[ServiceRevision, ...] = ()
