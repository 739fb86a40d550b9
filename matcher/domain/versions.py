"""Versions of a pool's rules: what was published, by whom, when and why."""

from dataclasses import dataclass
from datetime import datetime

from matcher.domain.extent import Extent

OPERATOR = "operator"
"""Who publishes by a command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What somebody wants to publish; `who` is a coordinator's account or `OPERATOR`.

    `text` is a whole rules file, `preset` the name of the one it came from, if any.
    """

    text: str
    reason: str
    who: str
    preset: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version, numbered from 1: the file in config/, which nobody published (`at` None).

    By the `mark` the wish that it came from is known again.
    """

    number: int
    text: str
    reason: str = ""
    who: str = OPERATOR
    preset: str = ""
    at: datetime | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A publication that is on its way; it would follow the version `after`.

    With an `extent` it would only be tried beside that version.
    """

    wanted: Publication
    after: int
    at: datetime
    extent: Extent | None = None
