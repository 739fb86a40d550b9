"""A notice: what coordinators tell everybody, or all who help; never one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MAX_NOTICE_CHARACTERS = 300
LONGEST_NOTICE_DAYS = 30


class Audience(StrEnum):
    """To whom a notice speaks; each reads one at the most."""

    EVERYBODY = "everybody"
    PEERS = "peers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Plain words, by language, and until when they stand."""

    audience: Audience
    words: Mapping[str, str]
    until: datetime
