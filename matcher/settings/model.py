"""The settings of one process, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, NewType, Self

from msgspec import Meta, Struct

from matcher.domain.errors import SettingsError
from matcher.domain.needs import Needs
from matcher.domain.offer import AnswerTimes
from matcher.domain.partner import Partner
from matcher.domain.profile import Language, Region
from matcher.domain.rules import Rules
from matcher.domain.services import Service
from matcher.settings.toml_file import Duration

PoolName = NewType("PoolName", str)
Rate = Annotated[str, Meta(pattern=r"^[1-9][0-9]{0,8} ?(per|/) ?(second|minute|hour)$")]
Share = Annotated[float, Meta(gt=0, le=1)]

LEAST_LEASE = timedelta(seconds=1)
LONGEST_PRESSURE = timedelta(hours=1)
MOST_BITS = 24  # some ten seconds of a laptop, a minute of a small phone
LONGEST_ROUND = timedelta(minutes=10)  # the queue server forgets a job that takes longer


class Lifetimes(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long everything lives; pages that promise a date read it here.

    `edits`: a peer's changed answers count after it, but for what they take away.
    `grain`: places end on shared multiples of it, so that an end tells nothing of a beginning.
    """

    place: Duration
    place_most: Duration
    peer: Duration
    edits: Duration
    session: Duration
    draft: Duration
    invitation: Duration
    room_live: Duration
    room_slow: Duration
    room_most: Duration
    room_silent: Duration
    after_room: Duration
    note: Duration
    capsule: Duration
    report: Duration
    grain: Duration


class RoundTimes(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When rounds run: arrivals wait for the next multiple of `gather`; `every` in any case.

    A worker holds its pool for `lease` and renews that while it works, until `longest`: so a
    killed one holds it no longer than a lease.
    """

    gather: Duration
    every: Duration
    lease: Duration
    longest: Duration

    def __post_init__(self) -> None:
        """Refuse lengths with which no round would ever be finished."""
        if not LEAST_LEASE <= self.lease <= self.longest <= LONGEST_ROUND:
            raise ValueError("1 s <= lease <= longest <= 10 min has to hold")


class Previews(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How much previews of rules on the people who wait may tell.

    `epsilon`: by a factor of exp(epsilon) at the most, any answer is likelier with one seeker
    than without them. `a_day` different questions of a pool, `each_a_day` of one coordinator.
    """

    epsilon: Annotated[float, Meta(ge=0.01, le=1)]
    a_day: Annotated[int, Meta(ge=0, le=24)]
    each_a_day: Annotated[int, Meta(ge=0, le=24)]


class Statistics(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How much each kind of sums may tell of one person who agreed to it: see `Previews`."""

    epsilon: Annotated[float, Meta(ge=0.01, le=4)]


class CoordinatorsTable(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """For which key notes and reports are sealed; empty where it stands in the state folder."""

    public_key: Annotated[str, Meta(pattern="^([0-9a-f]{64})?$")]


class Workers(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many workers `sanad up` keeps running; each runs one round at a time."""

    processes: Annotated[int, Meta(ge=1, le=64)]


class Site(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the public pages show of this network; `exit_url` is where a quick exit leads.

    `languages`: of the pages, the first for whoever asks for none of them. `reviewed`: those
    whose words a native speaker has read. A service is shown for `checks_last` after somebody
    has checked it: a wrong number is worse than none.
    """

    name: str
    languages: Annotated[tuple[str, ...], Meta(min_length=1)]
    reviewed: frozenset[str]
    exit_url: Annotated[str, Meta(pattern="^https?://")]
    shows_examples: bool
    checks_last: Duration


class Listen(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where an app listens, and how wide."""

    host: str
    port: Annotated[int, Meta(ge=0, le=65_535)]
    processes: Annotated[int, Meta(ge=1, le=64)]
    threads: Annotated[int, Meta(ge=2, le=2_000)]


class Limits(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How often an address may do something; `loopback` is shared by newcomers from there.

    `person` is for those who come from there and are signed in. No longer times than an hour:
    counts are kept in the store, and for no longer than they need.
    """

    form: Rate
    code: Rate
    loopback: Rate
    person: Rate


def length_of(rate: Rate) -> timedelta:
    """Say how far back a rate looks: a second, a minute or an hour."""
    unit = rate.replace("/", " ").split()[-1]
    return timedelta(**{f"{unit}s": 1})


class PressureTable(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When newcomers are asked for a little work, how much, and when nobody new is taken in.

    `closes`, `fill`: shares of the store's memory. `forms`, `waited`: a minute.
    """

    closes: Share
    fill: Share
    forms: Annotated[int, Meta(ge=1)]
    stays: Duration
    bits: Annotated[int, Meta(ge=1, le=MOST_BITS)]
    wait: Duration
    waited: Annotated[int, Meta(ge=1)]
    lasts: Duration

    def __post_init__(self) -> None:
        """Refuse times in which nobody would ever pass."""
        if not self.wait < self.lasts <= LONGEST_PRESSURE:
            raise ValueError("wait < lasts <= 1 h has to hold")
        if not timedelta(0) < self.stays <= LONGEST_PRESSURE:
            raise ValueError("0 s < stays <= 1 h has to hold")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Where things stand: `vault` belongs on tmpfs; `state` is durable and about no person."""

    config: Path
    state: Path
    vault: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolFiles:
    """What one pool has of its own, or shares."""

    needs: Needs
    rules: Rules
    services: tuple[Service, ...]
    partners: tuple[Partner, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a process is told; `has_test_clock` lets tests move time.

    `needs`, `rules`, `services` and `partners` are those of `pool`, one of `pools`.
    """

    site: Site
    pool: PoolName
    pools: Mapping[PoolName, PoolFiles]
    store_url: str
    queue_url: str
    public: Listen
    console: Listen
    folders: Folders
    lifetimes: Lifetimes
    answer_times: AnswerTimes
    rounds: RoundTimes
    worker: Workers
    previews: Previews
    statistics: Statistics
    coordinators: CoordinatorsTable
    limits: Limits
    pressure: PressureTable
    languages: tuple[Language, ...]
    regions: Mapping[Region, Mapping[str, str]]
    needs: Needs
    rules: Rules
    services: tuple[Service, ...]
    partners: tuple[Partner, ...]
    has_test_clock: bool

    def of(self, pool: PoolName) -> Self:
        """Say the same of another pool.

        Raises
        ------
        SettingsError
            If there is no such pool.
        """
        files = self.pools.get(pool)
        if files is None:
            known = ", ".join(self.pools)
            raise SettingsError(f"there is no pool of this name; configured: {known}")
        return replace(
            self,
            pool=pool,
            needs=files.needs,
            rules=files.rules,
            services=files.services,
            partners=files.partners,
        )
