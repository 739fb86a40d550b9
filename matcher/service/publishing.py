"""Publishing rules: from pages at once where nothing is loosened, else with a second yes.

Commands publish at once. Whoever does it, and however, the log of acts tells.
"""

from collections.abc import Mapping

from matcher.domain.acts import Act, ActKind
from matcher.domain.coordinator import OPERATOR, CoordinatorId
from matcher.domain.errors import (
    ActGoneError,
    DamagedError,
    OvertakenError,
    SettingsError,
    StaleRulesError,
)
from matcher.domain.extent import Extent
from matcher.domain.versions import OPERATOR as BY_COMMAND, Asked, Publication
from matcher.service.oversight import Oversight
from matcher.service.tuning import Tuning
from matcher.service.wishes import Wishes
from matcher.state.files import StateFile
from matcher.state.trials import Trials
from matcher.store.clock import Clock

MARK = "rules"

_KINDS = {
    (False, False): ActKind.PUBLISH_RULES,
    (False, True): ActKind.LOOSEN_RULES,
    (True, False): ActKind.TRY_RULES,
    (True, True): ActKind.TRY_LOOSE_RULES,
}
"""By whether they are only tried, and whether they loosen something."""

_TRIED = {kind for (is_trial, _), kind in _KINDS.items() if is_trial}


class Publishing:
    """One pool's rules on their way into force, or on trial."""

    def __init__(
        self,
        tuning: Tuning,
        trials: Trials,
        file: StateFile[Mapping[str, Asked]],
        oversight: Oversight,
        clock: Clock,
    ) -> None:
        self._tuning = tuning
        self._trials = trials
        self._wishes = Wishes(file)
        self._oversight = oversight
        self._now = clock.now
        for kind in _KINDS.values():
            oversight.carries_out(kind, self._publish, check=self._check)

    def publish(self, wanted: Publication, *, after: int) -> bool:
        """Put new rules in force; where they loosen something they wait for a yes: then False.

        Raises
        ------
        SettingsError
            If they are wrong, or no reason is given.
        StaleRulesError
            If the version in force is not `after`, the one that their author has seen.
        """
        self._tuning.refuse(wanted, after=after)
        return self._do(wanted, after, {"version": str(after + 1)})

    def try_out(self, wanted: Publication, extent: Extent, *, after: int) -> bool:
        """Try rules on some rounds; where they loosen something they wait for a yes: False.

        Raises
        ------
        SettingsError
            If they or the extent are wrong, or no reason is given.
        StaleRulesError
            If the version in force is not `after`, the one that their author has seen.
        TrialOnError
            If others are on trial.
        """
        self._trials.refuse(wanted, extent, after=after, at=self._now())
        what = {"share": str(extent.share), "days": str(extent.days)}
        return self._do(wanted, after, what, extent)

    def _do(
        self,
        wanted: Publication,
        after: int,
        what: Mapping[str, str],
        extent: Extent | None = None,
    ) -> bool:
        is_loose = bool(self._tuning.check(wanted.text).loosens)
        kind = _KINDS[extent is not None, is_loose]
        author = _author(wanted)
        asked = Asked(wanted=wanted, after=after, at=self._now(), extent=extent)
        with self._wishes.holding(asked, waits=is_loose and author != OPERATOR) as mark:
            return self._oversight.do(kind, author, what={MARK: mark, **what})

    def waiting(self, who: CoordinatorId) -> tuple[Asked, ...]:
        """List what waits for a second yes."""
        kept = self._wishes.all()
        marks = (one.act.what.get(MARK, "") for one in self._oversight.waiting(who))
        return tuple(kept[mark] for mark in marks if mark in kept)

    def _check(self, act: Act) -> None:
        """Refuse a yes to what could not be published any more."""
        asked = self._wishes.find(act.what[MARK])
        if asked is None:
            raise ActGoneError
        if asked.extent is None:
            self._tuning.refuse(asked.wanted, after=asked.after)
            return
        now = self._now()
        self._trials.refuse(asked.wanted, asked.extent, after=asked.after, at=now)

    def _publish(self, act: Act) -> None:
        """Publish or try, unless somebody else was faster; what was done is not once more."""
        mark = act.what[MARK]
        if not self._is_done(mark, is_trial=act.kind in _TRIED):
            asked = self._wishes.find(mark)
            if asked is None:  # its time was over before anybody carried it out
                raise ActGoneError
            self._carry_out(mark, asked)
        self._wishes.forget(mark)

    def _carry_out(self, mark: str, asked: Asked) -> None:
        try:
            self._put(mark, asked)
        except DamagedError:
            raise
        except SettingsError:  # the needs have changed since it was asked for
            raise StaleRulesError from None
        except OvertakenError:
            if not self._is_done(
                mark, is_trial=asked.extent is not None
            ):  # else by whoever took this up as well
                raise

    def _put(self, mark: str, asked: Asked) -> None:
        wanted, after = asked.wanted, asked.after
        if asked.extent is None:
            self._tuning.publish(wanted, after=after, mark=mark)
        else:
            self._trials.begin(wanted, asked.extent, after=after, at=self._now(), mark=mark)

    def _is_done(self, mark: str, *, is_trial: bool) -> bool:
        """Tell whether a kill came between this and what was written of it."""
        if is_trial:
            return any(one.mark == mark for one in self._trials.all(now=self._now()))
        return any(one.mark == mark for one in self._tuning.history())


def _author(wanted: Publication) -> CoordinatorId:
    """Say by whom the log tells that it was done."""
    return OPERATOR if wanted.who == BY_COMMAND else CoordinatorId(wanted.who)
