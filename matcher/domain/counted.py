"""What is counted: the cells of every sum, and which of them one person raises.

A person raises few cells, so that little noise hides them: as many needs as they may tick, one
cell of each way to divide people, and the one of everybody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from matcher.domain.needs import MAX_NEEDS, NeedId, Needs
from matcher.domain.profile import ADULTS, Language, Region, SeekerProfile

SEVERAL = "several"
"""Stands for whoever can talk in more than one language: they have more chances."""


class Event(StrEnum):
    """What happens to suggestions and conversations: counted of everybody."""

    OFFERED = "offered"
    PEER_YES = "peer-yes"
    PEER_NO = "peer-no"
    TOO_MUCH = "too-much"
    SEEKER_NO = "seeker-no"
    BEGAN = "began"
    ENDED = "ended"
    RETURNED = "returned"


class By(StrEnum):
    """A way to divide seekers; everybody stands in one group of each at the most."""

    GROUP = "group"
    LANGUAGE = "language"
    AGE = "age"
    REGION = "region"


NEED = "need"
EVERYBODY = "all:all"
MOST = MAX_NEEDS + len(By) + 1
"""How many cells one seeker raises."""

MOST_STANDING = MAX_NEEDS + 2
"""How many cells one seeker raises who waits: needs, a language, how long they wait."""


@dataclass(frozen=True)
class Cells:
    """The cells of one pool."""

    needs: Needs
    languages: tuple[Language, ...]
    regions: tuple[Region, ...]

    @cached_property
    def all(self) -> tuple[str, ...]:
        """Name every cell that a seeker may raise."""
        divided = (cell(by, group) for by in By for group in self.groups(by))
        return (EVERYBODY, *(cell(NEED, need.id) for need in self.needs.all), *divided)

    def groups(self, by: By) -> tuple[str, ...]:
        """Name the groups of one way to divide people."""
        return {
            By.GROUP: tuple(group.id for group in self.needs.groups),
            By.LANGUAGE: (*self.languages, SEVERAL),
            By.AGE: tuple(sorted(ADULTS)),
            By.REGION: self.regions,
        }[by]

    def of(self, seeker: SeekerProfile) -> tuple[str, ...]:
        """Name the cells that one seeker raises: `MOST` at the most."""
        return tuple(self._of(seeker))

    def _of(self, seeker: SeekerProfile) -> Iterator[str]:
        yield EVERYBODY
        yield from (cell(NEED, need) for need in seeker.needs[:MAX_NEEDS])
        main = seeker.main or next(iter(seeker.needs), None)
        if main is not None and main in self.needs.by_id:
            yield cell(By.GROUP, self.needs.by_id[main].group)
        yield cell(By.LANGUAGE, language_of(seeker.languages))
        yield cell(By.AGE, seeker.age)
        if seeker.region:
            yield cell(By.REGION, seeker.region)


def cell(kind: str, of: str) -> str:
    """Name a cell."""
    return f"{kind}:{of}"


def language_of(languages: Iterable[Language]) -> str:
    """Name the one language somebody can talk in, or `SEVERAL`."""
    known = list(languages)
    return known[0] if len(known) == 1 else SEVERAL


def answers(needs: Needs) -> tuple[str, ...]:
    """Name the cells of what peers say to each need on a card."""
    events = (Event.PEER_YES, Event.PEER_NO)
    return tuple(cell(event, need.id) for event in events for need in needs.all)


def answered(event: Event, needs: Iterable[NeedId]) -> tuple[str, ...]:
    """Name the cells that one answer raises."""
    return tuple(cell(event, need) for need in needs)
