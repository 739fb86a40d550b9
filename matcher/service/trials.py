"""Rules on trial, as coordinators see and end them; the clock ends what has become worse."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from matcher.domain.acts import Act, ActKind
from matcher.domain.coordinator import ITSELF, CoordinatorId
from matcher.domain.errors import DamagedError, SettingsError
from matcher.domain.extent import Arm
from matcher.domain.shares import Share
from matcher.domain.trial import FALLEN_BACK, Ended, Side, Trial, Why, verdict, worst
from matcher.service.oversight import Oversight
from matcher.state.rules_history import RulesHistory
from matcher.state.trials import Trials as Kept
from matcher.store.backing import Backing
from matcher.store.clock import Clock
from matcher.store.trials import TrialSums

TOLD_FOR = timedelta(days=14)
"""For how long the overview says that a trial has ended by itself."""

NUMBER, WHY = "trial", "why"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is known of both arms, and who is worst off in each."""

    sides: Mapping[Arm, Side]
    worst: Mapping[Arm, str | None]

    @property
    def together(self) -> Mapping[Arm, Share | None]:
        """Compare all together."""
        return {arm: one.together for arm, one in self.sides.items()}

    @property
    def groups(self) -> Mapping[str, Mapping[Arm, Share | None]]:
        """Compare each group that anything is known of."""
        known = dict.fromkeys(name for one in self.sides.values() for name in one.groups)
        return {
            name: {arm: one.groups.get(name) for arm, one in self.sides.items()}
            for name in known
        }


class Ends:
    """How trials of one pool end: through the log of acts, whoever ends them."""

    def __init__(self, kept: Kept, oversight: Oversight, clock: Clock) -> None:
        self._kept = kept
        self._oversight = oversight
        self._clock = clock
        oversight.carries_out(ActKind.END_TRIAL, self._carry_out)

    def end(self, number: int, why: Why, who: CoordinatorId) -> None:
        """Let every round go by the rules in force again, at once.

        Also where the log cannot be read: the clock writes it down there once it can be.
        """
        what = {NUMBER: str(number), WHY: str(why)}
        try:
            self._oversight.do(ActKind.END_TRIAL, who, what=what)
        except DamagedError:
            self._kept.end(number, why, who=who, at=self._clock.now())

    def _carry_out(self, act: Act) -> None:
        number, why = int(act.what[NUMBER]), Why(act.what[WHY])
        self._kept.end(number, why, who=act.who, at=self._clock.now())


class Trials:
    """The trials of one pool, as pages show them."""

    def __init__(self, backing: Backing, oversight: Oversight) -> None:
        self._backing = backing
        self._clock = backing.clock
        self._kept = kept_of(backing)
        self._ends = Ends(self._kept, oversight, self._clock)

    def newest(self) -> Trial | None:
        """Find the trial that is on, or else the last one; None where there was none."""
        return next(iter(self._kept.all(now=self._clock.now())[-1:]), None)

    def fresh(self) -> Trial | None:
        """Find what the overview has to tell of: a trial that is on, or fell back lately.

        A damaged file keeps nobody from the overview: the page of the trial tells of that.
        """
        with suppress(SettingsError):
            return self._fresh()
        return None

    def _fresh(self) -> Trial | None:
        newest = self.newest()
        if newest is None or newest.ended is None:
            return newest
        is_late = newest.ended.at + TOLD_FOR <= self._clock.now()
        return newest if newest.ended.why in FALLEN_BACK and not is_late else None

    def figures(self, trial: Trial) -> Figures:
        """Read what came of both arms."""
        return figures_of(self._backing, trial)

    def drop(self, number: int, who: CoordinatorId) -> None:
        """End a trial."""
        self._ends.end(number, Why.DROPPED, who)


class FallBack:
    """Ends trials by themselves: the worse ones, and those whose time is over."""

    def __init__(self, backing: Backing, oversight: Oversight) -> None:
        self._backing = backing
        self._clock = backing.clock
        self._kept = kept_of(backing)
        self._ends = Ends(self._kept, oversight, self._clock)
        self._oversight = oversight

    def act(self) -> bool:
        """End what has to end, and write it into the log; tells whether anything did.

        What has become worse ends first, in whatever state the log is: it is told there as soon
        as something can be written into it.

        Raises
        ------
        SettingsError
            If what is kept of trials or rules is damaged, or the log of acts: then after all.
        """
        now = self._clock.now()
        trial = self._kept.unsettled(now=now) or self._kept.on(now=now)
        why = None if trial is None else self._why(trial)
        if trial and why:
            self._kept.end(trial.number, why, who=ITSELF, at=now)
        every = self._kept.all(now=now)  # read first: whoever is ending one has begun by then
        self._oversight.resume()
        self._log(every)
        return why is not None

    def _log(self, every: tuple[Trial, ...]) -> None:
        """Write down what ended and does not stand in the log yet."""
        ends = (one for one in self._oversight.entries() if one.kind is ActKind.END_TRIAL)
        told = {one.what.get(NUMBER) for one in ends}
        for one in every:
            if one.ended and str(one.number) not in told:
                self._ends.end(one.number, one.ended.why, _by(one.ended))

    def _why(self, trial: Trial) -> Why | None:
        if trial.ended:
            return trial.ended.why
        try:
            self._kept.rules(trial)
        except SettingsError:
            return Why.UNUSABLE
        return verdict(sides_of(self._backing, trial), trial.extent)


def _by(ended: Ended) -> CoordinatorId:
    """Say who the log tells has ended a trial: whoever dropped it, or else nobody."""
    return CoordinatorId(ended.who) if ended.why is Why.DROPPED else ITSELF


def kept_of(backing: Backing) -> Kept:
    """Find the trials that are kept of a pool."""
    return Kept(backing.settings, RulesHistory(backing.settings))


def figures_of(backing: Backing, trial: Trial) -> Figures:
    """Read what came of both arms of a trial, and who is worst off in each."""
    sides = sides_of(backing, trial)
    found = {arm: worst(one) for arm, one in sides.items()}
    return Figures(
        sides=sides, worst={arm: one[0] if one else None for arm, one in found.items()}
    )


def sides_of(backing: Backing, trial: Trial) -> dict[Arm, Side]:
    """Read the sums of a trial."""
    return TrialSums(backing, trial.number).sides(trial.at, now=backing.clock.now())
