"""Needs: what a person may want to talk about, and how carefully each is handled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NewType

NeedId = NewType("NeedId", str)
GroupId = NewType("GroupId", str)

JUST_TALK = NeedId("other/just-talk")
IDENTITY_GROUP = GroupId("identity")
MAX_NEEDS = 5
MAX_NEVER = 8
"""So many topics may a peer rule out: a longer list would leave only those they look for."""
MAX_NUMBER = 127


class CardShows(StrEnum):
    """How much of a need a card may show at the most."""

    NEED = "need"
    GROUP = "group"
    NOTHING = "no"


class StageKind(StrEnum):
    """Which words ask how far along somebody is."""

    PATH = "path"
    TIME = "time"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing people face.

    `number` is its permanent place in stored records (1 to `MAX_NUMBER`): never reused. `also`
    are other words for it, by language; people find it by them, and nobody reads them.
    """

    id: NeedId
    number: int
    group: GroupId
    label: Mapping[str, str]
    formal_first: bool
    never_infer: bool
    card: CardShows
    stage: StageKind
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedGroup:
    """A group of needs under one harmless name."""

    id: GroupId
    label: Mapping[str, str]
    is_open: bool
    needs: tuple[Need, ...]


@dataclass(frozen=True, kw_only=True)
class Needs:
    """Every need of one pool, in the order of its file."""

    groups: tuple[NeedGroup, ...]
    by_id: Mapping[NeedId, Need] = field(init=False)

    def __post_init__(self) -> None:
        found = {need.id: need for group in self.groups for need in group.needs}
        object.__setattr__(self, "by_id", found)

    @cached_property
    def all(self) -> tuple[Need, ...]:
        """Every need in file order: the engine's columns."""
        return tuple(self.by_id.values())

    @cached_property
    def by_number(self) -> Mapping[int, Need]:
        """Every need by its permanent number."""
        return {need.number: need for need in self.all}

    @cached_property
    def formal_first(self) -> frozenset[NeedId]:
        """Needs whose services come first and whose peers are trained."""
        return frozenset(need.id for need in self.all if need.formal_first)

    @cached_property
    def never_infer(self) -> frozenset[NeedId]:
        """Needs that are never guessed about anybody."""
        return frozenset(need.id for need in self.all if need.never_infer)

    @cached_property
    def says_who_somebody_is(self) -> frozenset[NeedId]:
        """Needs that tell of somebody's own nature, faith, health or standing.

        Those are the ones never guessed about anybody, and all in the group of that name.
        """
        about = {need.id for need in self.all if need.group == IDENTITY_GROUP}
        return self.never_infer | about

    def group_of(self, need: NeedId) -> NeedGroup:
        """Find the group that `need` stands in."""
        wanted = self.by_id[need].group
        return next(group for group in self.groups if group.id == wanted)
