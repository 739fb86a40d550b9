"""Publishing rules from pages: at once where nothing is loosened, else with a second yes."""

from collections.abc import Mapping
from secrets import token_hex

from matcher.domain.acts import ASKED_LASTS, Act, ActKind
from matcher.domain.coordinator import CoordinatorId
from matcher.domain.errors import ActGoneError, SettingsError, StaleRulesError
from matcher.domain.versions import Asked, Publication
from matcher.service.oversight import Oversight
from matcher.service.tuning import Tuning
from matcher.state.files import StateFile
from matcher.store.clock import StoreClock

ID_BYTES = 4
MARK = "rules"


class Publishing:
    """One pool's rules on their way into force."""

    def __init__(
        self,
        tuning: Tuning,
        file: StateFile[Mapping[str, Asked]],
        oversight: Oversight,
        clock: StoreClock,
    ) -> None:
        self._tuning = tuning
        self._file = file
        self._oversight = oversight
        self._clock = clock
        for kind in (ActKind.PUBLISH_RULES, ActKind.LOOSEN_RULES):
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
        is_loose = bool(self._tuning.check(wanted.text).loosens)
        kind = ActKind.LOOSEN_RULES if is_loose else ActKind.PUBLISH_RULES
        what = {MARK: self._keep(wanted, after), "version": str(after + 1)}
        return self._oversight.do(kind, CoordinatorId(wanted.who), what=what)

    def waiting(self, who: CoordinatorId) -> tuple[Asked, ...]:
        """List what waits for a second yes."""
        kept = self._file.read()
        marks = (one.act.what.get(MARK, "") for one in self._oversight.waiting(who))
        return tuple(kept[mark] for mark in marks if mark in kept)

    def _keep(self, wanted: Publication, after: int) -> str:
        now, mark = self._clock.now(), token_hex(ID_BYTES)
        with self._file.changing() as draft:
            left = {k: one for k, one in draft.value.items() if one.at + ASKED_LASTS > now}
            draft.value = {**left, mark: Asked(wanted=wanted, after=after, at=now)}
        return mark

    def _check(self, act: Act) -> None:
        """Refuse a yes to what could not be published any more."""
        asked = self._file.read().get(act.what[MARK])
        if asked is None:
            raise ActGoneError
        self._tuning.refuse(asked.wanted, after=asked.after)

    def _publish(self, act: Act) -> None:
        """Publish, unless somebody else was faster; what was published is not once more."""
        mark = act.what[MARK]
        asked = self._file.read().get(mark)
        if asked is None:
            return
        if not self._is_published(asked):
            try:
                self._tuning.publish(asked.wanted, after=asked.after)
            except SettingsError:  # the needs have changed since it was asked for
                raise StaleRulesError from None
        with self._file.changing() as draft:
            draft.value = {k: one for k, one in draft.value.items() if k != mark}

    def _is_published(self, asked: Asked) -> bool:
        """Tell whether a kill came between this publication and what was written of it."""
        versions = self._tuning.history()
        mine = asked.wanted.who, asked.wanted.text
        return any((one.who, one.text) == mine and one.number > asked.after for one in versions)
