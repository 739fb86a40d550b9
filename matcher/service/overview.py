"""What coordinators see of how things stand: sums that are over, covered, and nobody."""

from dataclasses import dataclass
from datetime import date, datetime
from math import sqrt

from matcher.domain import alarms
from matcher.domain.alarms import Wait
from matcher.domain.counted import EVERYBODY, MOST_STANDING, Event, cell
from matcher.domain.cover import CERTAIN, LEAST, Shown, tidy
from matcher.domain.needs import NeedId
from matcher.domain.shares import Share, share_of
from matcher.domain.waits import bands_at
from matcher.store.backing import Backing
from matcher.store.events import Events
from matcher.store.standing import EVERY, Standing, Tables
from matcher.store.statistics import Total
from matcher.store.tallies import Tallies, When
from matcher.store.waits import Waits, Week

WEEKS = 4
DAYS = 7 * WEEKS
MIDDLE_AND_MOST = (0.5, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What became of suggestions in the last weeks; `unanswered` is what the rest leaves."""

    counts: dict[Event, int | None]
    unanswered: int | None
    rates: dict[str, Share | None]
    days: list[tuple[date, dict[Event, int | None]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """What to look at."""

    recruit: list[NeedId]
    waits_grow: bool
    declined: list[NeedId]


class Overview:
    """Reads how one pool stands."""

    def __init__(self, backing: Backing) -> None:
        self._clock = backing.clock
        self._needs = backing.settings.needs
        self._standing = Standing(backing)
        self._events = Events(backing)
        self._tallies = Tallies(backing)
        self._waits = Waits(backing)
        self._doubt = sqrt(2) * MOST_STANDING / backing.settings.statistics.epsilon

    @property
    def off_by(self) -> float:
        """Say how far the noise moves a count of who waits or is there: its deviation."""
        return self._doubt

    @property
    def certain(self) -> float:
        """Say from where on hardly any such count is noise alone."""
        return max(LEAST, CERTAIN * self._doubt)

    def standing(self) -> list[tuple[date, Tables]]:
        """Read who waited and who was there in the last weeks, the oldest first."""
        return self._standing.lately(self._clock.now(), DAYS // EVERY)

    def flow(self) -> Flow:
        """Read what became of suggestions and conversations."""
        now = self._clock.now()
        total = self._events.over(now, DAYS)
        unanswered = _left(total, Event.OFFERED, Event.PEER_YES, Event.PEER_NO, Event.TOO_MUCH)
        return Flow(
            counts={event: tidy(total.sums.get(event, 0)) for event in Event},
            unanswered=tidy(unanswered),
            rates={"found": self._found(now), **_rates(total)},
            days=[
                (day, {event: tidy(sums.get(event, 0)) for event in Event})
                for day, sums in self._events.days(now, DAYS)
            ],
        )

    def _found(self, now: datetime) -> Share | None:
        """Say which share found somebody of those who came and agreed to be counted."""
        came = self._tallies.came.over(now, WEEKS)
        found = self._tallies.found.over(now, WEEKS)
        met = sum(found.sums.get(cell(when, EVERYBODY), 0) for when in When)
        noise = max(came.deviation, found.deviation * sqrt(2))
        return share_of(met, came.sums.get(EVERYBODY, 0), noise=noise)

    def waits(self) -> list[Wait | None]:
        """Read the waits of the last weeks, the newest first; None where few were in one."""
        now = self._clock.now()
        return [_wait(self._waits.week(now=now, ago=ago)) for ago in range(WEEKS)]

    def noes(self) -> tuple[dict[NeedId, Share], Share | None]:
        """Say how often peers decline each need, and all of them together."""
        total = self._tallies.replies.over(self._clock.now(), WEEKS)
        each = {need.id: _noes(total, [need.id]) for need in self._needs.all}
        together = _noes(total, list(each))
        return {need: share for need, share in each.items() if share}, together

    def alarms(self) -> Alarms:
        """Say what to look at."""
        standing, waits = self.standing(), self.waits()
        tables: Tables = standing[-1][1] if standing else {}
        nothing: Shown = {}
        ids = [need.id for need in self._needs.all]
        asking, giving = (tables.get(name, nothing) for name in ("asking", "giving"))
        before = next((wait for wait in waits[1:] if wait is not None), None)
        return Alarms(
            recruit=alarms.recruit(ids, asking, giving, doubt=self._doubt) if standing else [],
            waits_grow=alarms.is_growing(waits[0], before),
            declined=list(alarms.declined(*self.noes())),
        )


def _wait(week: Week) -> Wait | None:
    found = bands_at(week.sums, MIDDLE_AND_MOST, doubt=week.doubt)
    return None if found is None else Wait(median=found[0], most=found[1])


def _noes(total: Total, needs: list[NeedId]) -> Share | None:
    no, yes = (
        sum(total.sums.get(cell(event, need), 0) for need in needs)
        for event in (Event.PEER_NO, Event.PEER_YES)
    )
    noise = total.deviation * (2 * len(needs)) ** 0.5
    return share_of(no, no + yes, noise=noise)


def _rates(total: Total) -> dict[str, Share | None]:
    def rate(part: int, whole: Event, cells: int = 1) -> Share | None:
        noise = total.deviation * sqrt(cells)
        return share_of(part, total.sums.get(whole, 0), noise=noise)

    sums, answers = total.sums, (Event.PEER_YES, Event.PEER_NO, Event.TOO_MUCH)
    return {
        "yes": rate(sums.get(Event.PEER_YES, 0), Event.OFFERED),
        "no": rate(sums.get(Event.PEER_NO, 0), Event.OFFERED),
        "unanswered": rate(_left(total, Event.OFFERED, *answers), Event.OFFERED, 4),
        "began": rate(sums.get(Event.BEGAN, 0), Event.OFFERED),
        "stayed": rate(_left(total, Event.BEGAN, Event.RETURNED), Event.BEGAN),
    }


def _left(total: Total, whole: Event, *parts: Event) -> int:
    """Take parts from a whole; noise may leave less than nothing."""
    rest = total.sums.get(whole, 0) - sum(total.sums.get(part, 0) for part in parts)
    return max(0, rest)
