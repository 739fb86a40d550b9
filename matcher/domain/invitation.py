"""An invitation: what the network says of a volunteer it has chosen, and nothing about who."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from matcher.domain.coordinator import CoordinatorId
from matcher.domain.needs import NeedId

BatchId = NewType("BatchId", str)

NO_BATCH = BatchId("")
"""Of invitations that were made at a terminal."""

MOST_OF_A_BATCH = 50
MOST_OF_A_PURPOSE = 60
ALONE_A_DAY = 20
"""So many invitations a day one coordinator's word is enough for."""


class Scope(StrEnum):
    """Whom a peer may be brought together with."""

    ADULTS = "18-plus"
    YOUTH = "13-17"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Single use; leads to no profile."""

    scope: frozenset[Scope]
    trained_for: frozenset[NeedId]
    until: datetime
    batch: BatchId = NO_BATCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Invitations that were made together; how many of them were used is told nowhere.

    `held` are the hashes of those that nobody can use before a second coordinator agrees. A
    revoked batch is still counted on its day.
    """

    id: BatchId
    purpose: str
    who: CoordinatorId
    made: datetime
    count: int
    invitation: Invitation
    held: tuple[str, ...] = ()
    is_revoked: bool = False
