"""The clock: asks for rounds, publishes the rules, sweeps, moves the vault on; for every pool.

`python -m worker.clock`. Any number may run; a lease a pool lets one of them act on it. What is
about one machine, its vault above all, every clock does: one runs wherever there is a vault.
"""

import logging
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from types import FrameType
from typing import Never

from redis import Redis

from matcher.bootstrap import build
from matcher.bootstrap.desks import fall_back, pausing
from matcher.domain.errors import MatcherError, SettingsError
from matcher.jobs import JobQueue, connect
from matcher.settings.model import Settings
from matcher.state.entrance import Entrance
from matcher.state.pause import Pause
from matcher.state.rules_history import RulesHistory
from matcher.state.trials import Trials
from matcher.store.asks import Asks
from matcher.store.backing import Backing, back
from matcher.store.clock import StoreClock
from matcher.store.keys import CLOCK_LEASE
from matcher.store.leases import Leases
from matcher.store.level import Leveller
from matcher.store.mirror import SpentMirror
from matcher.store.rulebook import Rulebook
from matcher.store.statistics import let_be_read
from matcher.store.sweeper import Sweeper
from matcher.store.vault import day_of
from matcher.store.verdicts import Verdicts
from worker import ground, log, strays
from worker.days import VaultDays
from worker.duties import Duty, do_all
from worker.stretches import Stretches
from worker.ticks import LONGEST_BEAT, RoundTicks

LEASE = "clock"
MINUTE = timedelta(minutes=1)
SOON = timedelta(seconds=2)  # new rules, and those of a lost store, are not long in coming
SPENT_EVERY = timedelta(seconds=10)  # so much of what was spent may be lost with two machines
LEVEL_EVERY = timedelta(milliseconds=500)  # at each beat, but where beats are very short
LONGEST_PAUSE = timedelta(seconds=5)

logger = logging.getLogger(__name__)


class Clock:
    """The loop: a beat at each multiple of the gather interval, and some in a long one.

    The lease is held in short terms, so that another clock soon takes over from a killed one.
    """

    def __init__(
        self, time_of: StoreClock, leases: Leases, duties: Sequence[Duty], *, gather: timedelta
    ) -> None:
        self._time_of = time_of
        self._leases = leases
        self._duties = duties
        self._beat = min(gather, LONGEST_BEAT)
        self._pause = self._beat

    def beat(self) -> timedelta:
        """Do what is due, if this clock is the one that acts; returns how long to wait."""
        try:
            now = self._time_of.now()
            is_mine = self._leases.take(LEASE, CLOCK_LEASE) is not None
        except MatcherError as error:
            logger.error("the store: %s", type(error).__name__)  # noqa: TRY400 - kind only
            return self._back_off()
        due = [duty for duty in self._duties if is_mine or duty.is_own]
        if not do_all(due, now):
            return self._back_off()
        self._pause = self._beat
        return self._until_next_multiple(now)

    def stop(self) -> None:
        """Let another clock act at once."""
        try:
            self._leases.give_back(LEASE)
        except MatcherError:
            logger.info("the store is away: the lease ends by itself")

    def _until_next_multiple(self, now: datetime) -> timedelta:
        step = self._beat.total_seconds()
        return timedelta(seconds=step - now.timestamp() % step)

    def _back_off(self) -> timedelta:
        pause = self._pause
        self._pause = min(2 * self._pause, max(self._beat, LONGEST_PAUSE))
        return pause


def duties(backing: Backing, queue: Redis) -> list[Duty]:
    """List what a clock does for one pool; a round comes after what it needs."""
    settings, sweeper = backing.settings, Sweeper(backing)
    trials, pauses = fall_back(backing), pausing(backing)
    leveller, mirror, verdicts = Leveller(backing), SpentMirror(backing), Verdicts(backing)
    invitations, days = build(settings).invitations, VaultDays(backing.vault, time.monotonic)
    ticks = RoundTicks(
        Asks(backing), JobQueue(queue, timeout=settings.rounds.longest), settings
    )
    return [
        Duty(
            "vault",
            lambda _: days.act(day_of(backing.clock.agreed())),
            every=MINUTE,
            is_own=True,
        ),
        Duty("spent", mirror.act, every=SPENT_EVERY, is_own=True),
        Duty("trials", lambda _: trials.act(), every=MINUTE),
        Duty("pause", lambda _: pauses.settle(), every=SOON),
        Duty("rules", partial(put_up, backing), every=SOON),
        Duty("invitations", lambda _: invitations.restore(), every=SOON),
        Duty("stretches", Stretches(backing).begin, every=MINUTE),
        Duty("sums", lambda now: let_be_read(backing, now=now), every=SOON),
        Duty("verdicts", lambda now: verdicts.carry_out(now=now), every=timedelta(0)),
        Duty("rounds", ticks.act, every=timedelta(0)),
        Duty("level", leveller.act, every=LEVEL_EVERY),
        Duty("sweep", lambda now: sweeper.sweep(now=now), every=settings.rounds.every),
        Duty("strays", lambda _: strays.sweep(queue), every=MINUTE),
    ]


def put_up(backing: Backing, now: datetime) -> None:
    """Put up the rules in force, what is on trial if it can be used, and who may come in.

    Whether anybody may come in does not wait for rules that can be used.
    """
    rulebook = Rulebook(backing)
    rulebook.let_in(is_open=Entrance(backing.settings).is_open())
    history = RulesHistory(backing.settings)
    if Pause(backing.settings).is_on():
        _pause(rulebook, history)
        return
    live, tried = history.live(), None
    with suppress(SettingsError):  # what is wrong with a trial ends the trial alone
        tried = Trials(backing.settings, history).tried(now=now)
    # Where the rules say that all is paused, as pages then tell, a trial suggests nobody.
    rulebook.publish(live, tried if live.offers.a_day else None)


def _pause(rulebook: Rulebook, history: RulesHistory) -> None:
    """Put the rules up so that nobody is suggested: as they are known, or were put up last."""
    try:
        rules = history.live()
    except SettingsError:
        known = rulebook.read()
        if known is None:  # then no round is run anyway
            return
        rules = known
    rulebook.publish(replace(rules, offers=replace(rules.offers, a_day=0)))


def main() -> int:
    """Beat until told to end; returns the exit code."""
    log.start()
    try:
        settings = ground.settings()
    except SettingsError as error:
        logger.error("%s", error)  # noqa: TRY400 - the message says where; a trace says nothing
        return 2
    clocks = [_clock_of(settings.of(pool)) for pool in settings.pools]
    _tell_of_rules(settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    logger.info("clock ready")
    try:
        while True:
            time.sleep(min(clock.beat() for clock in clocks).total_seconds())
    finally:
        for clock in clocks:
            clock.stop()


def _clock_of(settings: Settings) -> Clock:
    """Build the clock of one pool; each has a lease of its own."""
    backing = back(settings)
    listed = duties(backing, connect(settings.queue_url))
    return Clock(backing.clock, Leases(backing), listed, gather=settings.rounds.gather)


def _tell_of_rules(settings: Settings) -> None:
    """Say what is wrong with published rules; all else goes on, and no round is run by them."""
    for pool in settings.pools:
        try:
            RulesHistory(settings.of(pool)).live()
        except SettingsError as error:
            logger.error("%s: no rounds: %s", pool, error)  # noqa: TRY400 - says where


def _end(_number: int, _frame: FrameType | None) -> Never:
    """End wherever we are: whatever was begun is taken up again by the next clock."""
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main())
