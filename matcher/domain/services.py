"""Services: formal help that this network points to, for needs and regions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import zip_longest
from typing import NewType, TypeAlias

from matcher.domain.needs import GroupId, NeedId
from matcher.domain.profile import AgeBand, Language, Region

ServiceId = NewType("ServiceId", str)
TOMORROW = timedelta(days=1)
Words: TypeAlias = Mapping[str, str]


class Reach(StrEnum):
    """A way to reach a service, in the order in which they are shown."""

    PHONE = "phone"
    TEXT = "text"
    CHAT = "chat"
    WEB = "web"
    EMAIL = "email"
    VISIT = "visit"


class Welcome(StrEnum):
    """How sure it is that everybody is welcome there."""

    COMMUNITY = "community"
    TRAINED = "trained"
    NOT_CHECKED = "not-checked"


class Paper(StrEnum):
    """What a service may ask to see."""

    ID = "id"
    INSURANCE = "insurance"
    RESIDENCE = "residence"


class Answer(StrEnum):
    """What is known of a question about a service."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Told(StrEnum):
    """Who may hear from a service that somebody was there."""

    NOBODY = "nobody"
    POLICE = "police"
    PARENTS = "parents"
    IMMIGRATION = "immigration"
    UNKNOWN = "unknown"


class Access(StrEnum):
    """What makes a service easier to use for some."""

    STEP_FREE = "step-free"
    SIGN_LANGUAGE = "sign-language"
    EASY_READ = "easy-read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One place of formal help; `checked` is the day somebody last made sure it is right.

    What people read is in any number of languages. No `regions`: there for people everywhere.
    `is_text_only`: no voice call is ever needed. `source` says where all this was found, to
    operators. `for_helpers`: there for volunteers, who carry what others tell them.
    """

    id: ServiceId
    name: Words
    text: Words
    needs: frozenset[NeedId]
    groups: frozenset[GroupId]
    regions: frozenset[Region]
    languages: tuple[Language, ...]
    ages: frozenset[AgeBand]
    reach: Mapping[Reach, Words]
    hours: Words
    cost: Words
    welcome: Welcome
    asks: Mapping[Paper, Answer]
    may_tell: frozenset[Told]
    is_text_only: bool
    access: frozenset[Access]
    source: str
    is_example: bool
    checked: date | None
    for_helpers: bool = False

    def is_current(self, today: date, *, within: timedelta) -> bool:
        """Say whether somebody has made sure lately that all of it is right.

        A day that is still to come was mistyped; but for tomorrow, which it is already east of
        here.
        """
        if self.checked is None or is_to_come(self.checked, today):
            return False
        return today - self.checked <= within

    def serves(self, need: NeedId) -> bool:
        """Say whether this service is there for `need`, by name or through its group."""
        return need in self.needs or need.split("/")[0] in self.groups

    def is_in(self, region: Region) -> bool:
        """Say whether it is there for people in `region`."""
        return not self.regions or region in self.regions


def is_to_come(checked: date, today: date) -> bool:
    """Tell whether a day on which somebody made sure is still to come, east of here too."""
    return checked - today > TOMORROW


def services_for(needs: Iterable[NeedId], services: Iterable[Service]) -> tuple[Service, ...]:
    """Choose the services for any of `needs`, in the order of the directory."""
    wanted = tuple(needs)
    return tuple(s for s in services if any(s.serves(need) for need in wanted))


def spread(needs: Iterable[NeedId], services: Iterable[Service]) -> tuple[Service, ...]:
    """Order services so that each need has its first before any has its second.

    So that however few are shown, no need of several is left out for another.
    """
    listed = tuple(services)
    each = [[one for one in listed if one.serves(need)] for need in needs]
    in_turn = (one for turn in zip_longest(*each) for one in turn if one is not None)
    return tuple({one.id: one for one in in_turn}.values())


def nearest(services: Iterable[Service], region: Region | None) -> tuple[Service, ...]:
    """Put those first that are there for `region` alone, then those for everywhere.

    Who is there for other regions alone is left out; where no region is known, nobody is.
    """
    if region is None:
        return tuple(services)
    there = [one for one in services if one.is_in(region)]
    return tuple(sorted(there, key=lambda one: not one.regions))
