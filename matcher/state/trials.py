"""Every trial of one pool's rules, kept for good beside the history of its rules.

A trial is held against one version: it is on only while that one is in force. So nothing has to
be written in two files at once, and a trial never outlives what it is compared with.
"""

from datetime import datetime

from matcher.domain.errors import SettingsError, TrialOnError
from matcher.domain.extent import (
    LEAST_DAYS,
    LEAST_SHARE,
    MOST_BOUND,
    MOST_DAYS,
    MOST_SHARE,
    Extent,
)
from matcher.domain.rules import Rules
from matcher.domain.trial import Ended, Trial, Tried, Why
from matcher.domain.versions import Publication
from matcher.settings.model import Settings
from matcher.state.files import StateFile
from matcher.state.rules_history import RulesHistory


class Trials:
    """The trials of one pool."""

    def __init__(self, settings: Settings, history: RulesHistory) -> None:
        self._history = history
        path = settings.folders.state / f"trials-{settings.pool}.json"
        none: tuple[Trial, ...] = ()
        self._file = StateFile(path, tuple[Trial, ...], none)

    def all(self, *, now: datetime) -> tuple[Trial, ...]:
        """Read every trial, the oldest first; those that time or new rules ended say so.

        Raises
        ------
        SettingsError
            If the file or the history of rules is damaged.
        """
        return tuple(self._as_it_stands(one, now) for one in self._file.read())

    def on(self, *, now: datetime) -> Trial | None:
        """Find the trial that is on. Raises like `all`."""
        newest = self.all(now=now)[-1:]
        return next((one for one in newest if one.ended is None), None)

    def tried(self, *, now: datetime) -> Tried | None:
        """Say what rounds have to know of the trial that is on.

        Raises
        ------
        SettingsError
            Like `all`, and if its rules cannot be used any more.
        """
        trial = self.on(now=now)
        if trial is None:
            return None
        rules = self.rules(trial)
        return Tried(number=trial.number, rules=rules, extent=trial.extent, since=trial.at)

    def rules(self, trial: Trial) -> Rules:
        """Check the rules of a trial as they stand. Raises SettingsError if they are wrong."""
        return self._history.checked(trial.wanted.text, f"rules on trial {trial.number}")[1]

    def begin(
        self, wanted: Publication, extent: Extent, *, after: int, at: datetime, mark: str = ""
    ) -> Trial:
        """Begin a trial against the version `after`, the one that its author has seen.

        By the `mark` it is known again, if that is not to be done twice.

        Raises
        ------
        SettingsError
            If the rules or the extent are wrong, or no reason is given.
        StaleRulesError
            If somebody has published other rules meanwhile.
        TrialOnError
            If another trial is on.
        """
        self.refuse(wanted, extent, after=after, at=at)
        with self._file.changing() as draft:
            if any(self._as_it_stands(one, at).ended is None for one in draft.value):
                raise TrialOnError
            made = Trial(
                number=len(draft.value) + 1,
                wanted=wanted,
                extent=extent,
                after=after,
                at=at.replace(second=0, microsecond=0),
                mark=mark,
            )
            draft.value = (*draft.value, made)
        return made

    def refuse(self, wanted: Publication, extent: Extent, *, after: int, at: datetime) -> None:
        """Raise what `begin` would raise now."""
        bounds = (
            (extent.share, LEAST_SHARE, MOST_SHARE, "the share of rounds", "%"),
            (extent.days, LEAST_DAYS, MOST_DAYS, "the length", " days"),
            (extent.bound, 0, MOST_BOUND, "the bound", "%"),
        )
        for value, least, most, name, unit in bounds:
            if not least <= value <= most:
                raise SettingsError(f"{name} has to be from {least} to {most}{unit}")
        self._history.refuse(wanted, after=after)
        if self.on(now=at):
            raise TrialOnError

    def unsettled(self, *, now: datetime) -> Trial | None:
        """Find a trial that time or other rules ended, which nobody has written down."""
        left = [one for one in self._file.read() if one.ended is None]
        ended = (self._as_it_stands(one, now) for one in left)
        return next((one for one in ended if one.ended), None)

    def end(self, number: int, why: Why, *, who: str, at: datetime) -> None:
        """End a trial; one that was ended before stays as it was."""
        ended = Ended(why=why, at=at.replace(second=0, microsecond=0), who=who)
        with self._file.changing() as draft:
            draft.value = tuple(
                self._as_it_stands(one, at).finished(ended) if one.number == number else one
                for one in draft.value
            )

    def _as_it_stands(self, trial: Trial, now: datetime) -> Trial:
        """Say of a trial that it was ended by its own end, or by other rules."""
        for next_one in self._history.all()[trial.after : trial.after + 1]:
            at = next_one.at or trial.at
            why = Why.KEPT if next_one.text == trial.wanted.text else Why.REPLACED
            if at < trial.until:
                return trial.finished(Ended(why=why, at=at, who=next_one.who))
        over = Ended(why=Why.OVER, at=trial.until)
        return trial.finished(over) if trial.until <= now else trial
