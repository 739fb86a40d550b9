"""An invitation: what the network says of a volunteer it has chosen, and nothing about who."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from matcher.domain.needs import NeedId


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
