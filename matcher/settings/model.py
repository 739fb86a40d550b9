"""The settings of one process, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NewType

from msgspec import Meta, Struct

from matcher.domain.needs import Needs
from matcher.domain.offer import AnswerTimes
from matcher.domain.profile import Language, Region
from matcher.domain.rules import Rules
from matcher.domain.services import Service
from matcher.settings.toml_file import Duration

PoolName = NewType("PoolName", str)


class Lifetimes(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long everything lives; pages that promise a date read it here.

    `grain`: places end on shared multiples of it, so that an end tells nothing of a beginning.
    """

    place: Duration
    place_most: Duration
    peer: Duration
    session: Duration
    draft: Duration
    invitation: Duration
    room_live: Duration
    room_slow: Duration
    room_most: Duration
    room_silent: Duration
    after_room: Duration
    grain: Duration


class RoundTimes(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When rounds run: arrivals wait for the next multiple of `gather`; `every` in any case."""

    gather: Duration
    every: Duration
    lease: Duration


class Site(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the public pages show of this network; `exit_url` is where a quick exit leads."""

    name: str
    exit_url: Annotated[str, Meta(pattern="^https?://")]
    shows_examples: bool


class Listen(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where an app listens, and how wide."""

    host: str
    port: Annotated[int, Meta(ge=0, le=65_535)]
    processes: Annotated[int, Meta(ge=1, le=64)]
    threads: Annotated[int, Meta(ge=2, le=2_000)]


class Limits(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How often an address may do something; `loopback` is shared by all who come that way."""

    form: str
    code: str
    loopback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Where things stand: `vault` belongs on tmpfs; `state` is durable and about no person."""

    config: Path
    state: Path
    vault: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a process is told; `has_test_clock` lets tests move time."""

    site: Site
    pool: PoolName
    store_url: str
    queue_url: str
    public: Listen
    console: Listen
    folders: Folders
    lifetimes: Lifetimes
    answer_times: AnswerTimes
    rounds: RoundTimes
    limits: Limits
    languages: tuple[Language, ...]
    regions: Mapping[Region, Mapping[str, str]]
    needs: Needs
    rules: Rules
    services: tuple[Service, ...]
    has_test_clock: bool
