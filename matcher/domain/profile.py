"""Profiles: the coarse answers of a seeker and of a peer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import NewType

from matcher.domain.needs import JUST_TALK, NeedId

Handle = NewType("Handle", str)
Language = NewType("Language", str)
Region = NewType("Region", str)

BLOCK_HOURS = 3
BLOCKS_A_DAY = 24 // BLOCK_HOURS


class Role(StrEnum):
    """Which side of a pair a person stands on."""

    SEEKER = "seeker"
    PEER = "peer"


class AgeBand(StrEnum):
    """How old somebody is, as coarsely as they like."""

    UNDER_13 = "under-13"
    YOUTH = "13-17"
    ADULT = "18-plus"
    FROM_18 = "18-25"
    FROM_26 = "26-39"
    FROM_40 = "40-59"
    FROM_60 = "60-plus"


MINORS = frozenset({AgeBand.UNDER_13, AgeBand.YOUTH})
ADULTS = frozenset(AgeBand) - MINORS


class Help(StrEnum):
    """What kind of help is wanted or given."""

    LISTEN = "listen"
    KNOW_HOW = "know-how"
    SYSTEM = "system"
    STEADY = "steady"
    SHARE = "share"


class Format(StrEnum):
    """How two people talk."""

    NOW_AND_THEN = "now-and-then"
    LIVE = "live"
    EITHER = "either"


class LookIn(StrEnum):
    """How often somebody can look in safely."""

    DAILY = "daily"
    FEW_DAYS = "few-days"
    WEEKLY = "weekly"

    @property
    def every(self) -> timedelta:
        """The longest time between two look-ins."""
        return _LOOK_IN_EVERY[self]


_LOOK_IN_EVERY = {
    LookIn.DAILY: timedelta(days=1),
    LookIn.FEW_DAYS: timedelta(days=3),
    LookIn.WEEKLY: timedelta(days=7),
}


class Stage(StrEnum):
    """How far along a seeker is with what matters most."""

    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"


class Since(StrEnum):
    """How long ago a peer lived through something."""

    NOW = "now"
    RECENT = "recent"
    PAST = "past"


class Lived(IntEnum):
    """How much a peer has lived through something."""

    NOT_AT_ALL = 0
    A_LITTLE = 1
    QUITE = 2
    VERY = 3


class Identity(StrEnum):
    """What a peer may say of themselves, and a seeker may wish for."""

    LESBIAN = "lesbian"
    GAY = "gay"
    BI = "bi"
    TRANS_WOMAN = "trans-woman"
    TRANS_MAN = "trans-man"
    NON_BINARY = "non-binary"
    INTERSEX = "intersex"
    ACE_ARO = "ace-aro"
    QUESTIONING = "questioning"
    ALLY = "ally"
    DISABLED = "disabled"
    MIGRANT = "migrant"
    MINORITY = "minority"
    FAITH = "faith"
    WOMAN = "woman"
    MAN = "man"


GENDERS = frozenset(
    {
        Identity.WOMAN,
        Identity.MAN,
        Identity.NON_BINARY,
        Identity.TRANS_WOMAN,
        Identity.TRANS_MAN,
    }
)


class Manner(StrEnum):
    """The closed list of manners somebody may ask to be spared."""

    RELIGIOUS_ADVICE = "religious-advice"
    OWN_STORY = "own-story"
    OFFICIAL = "official"


class Nearness(StrEnum):
    """Whether the other side should know the same country's rules, or be far away."""

    ANY = "any"
    NEAR_ONLY = "near-only"
    NEAR_BETTER = "near-better"
    FAR_ONLY = "far-only"
    FAR_BETTER = "far-better"


class Talk(StrEnum):
    """How to talk with somebody; shown once both have said yes."""

    SHORT = "short"
    SLOW = "slow"
    READER = "reader"
    ASK_FIRST = "ask-first"


class Address(StrEnum):
    """How Arabic speaks to somebody; shown once both have said yes, never used to match."""

    PLURAL = "pl"
    FEMININE = "f"
    MASCULINE = "m"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a seeker has ticked before anything was stored."""

    matching: bool
    unsaid: bool = False
    statistics: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a seeker asks of the other side.

    The "only" and "not" parts are musts: no rule of a coordinator ever drops them.
    """

    identity_only: frozenset[Identity] = frozenset()
    identity_better: frozenset[Identity] = frozenset()
    gender_not: frozenset[Identity] = frozenset()
    manner_not: frozenset[Manner] = frozenset()
    nearness: Nearness = Nearness.ANY
    same_age_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What both sides answer.

    `day_blocks` are blocks of `BLOCK_HOURS` hours, counted from midnight UTC; none means any.
    `relay_ok`: a conversation that is not end-to-end encrypted is fine. `address`: None where
    nobody asked, as no Arabic is spoken.
    """

    age: AgeBand
    languages: frozenset[Language]
    help: frozenset[Help] = frozenset()
    format: Format = Format.EITHER
    day_blocks: frozenset[int] = frozenset()
    look_in: LookIn = LookIn.DAILY
    relay_ok: bool = False
    region: Region | None = None
    talk: frozenset[Talk] = frozenset()
    address: Address | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeekerProfile(Common):
    """What a seeker has told; a need that is not in `needs` is unknown, not "no".

    `shown` holds the needs of `needs` that a card may show (as far as the need itself allows).
    """

    needs: tuple[NeedId, ...]
    shown: frozenset[NeedId] = frozenset()
    main: NeedId | None = None
    stage: Stage | None = None
    wishes: Wishes = field(default_factory=Wishes)
    consent: Consent

    @property
    def just_talks(self) -> bool:
        """No box fits, or none is needed: any listener will do."""
        return self.needs == (JUST_TALK,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """How much of one need a peer has lived through, and how long ago."""

    lived: Lived
    since: Since | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerProfile(Common):
    """What a peer has told.

    `lived` has an entry for every need that was answered; one without is unknown ("I would
    rather not say") and never offered. `trained` comes from the invitation, not from an answer.
    """

    lived: Mapping[NeedId, Experience]
    hidden: frozenset[NeedId] = frozenset()
    never: frozenset[NeedId] = frozenset()
    opted_in: frozenset[NeedId] = frozenset()
    trained: frozenset[NeedId] = frozenset()
    identity: frozenset[Identity] = frozenset()
    manner: frozenset[Manner] | None = None
    capacity: int = 1
    rest: timedelta = timedelta(0)


Profile = SeekerProfile | PeerProfile
