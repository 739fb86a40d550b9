"""Pausing all suggestions: one person's act at once, whatever state the files are in.

It is a version of the rules by which no peer gets any. Where none can be published just now,
the pause is kept beside them, and becomes one as soon as it can: to go on then takes two, as
after any other.
"""

from contextlib import suppress

from matcher.domain.acts import ActKind
from matcher.domain.coordinator import CoordinatorId
from matcher.domain.errors import DamagedError, OvertakenError, SettingsError
from matcher.domain.versions import Publication
from matcher.service.oversight import Oversight
from matcher.service.publishing import Publishing
from matcher.service.tuning import Tuning
from matcher.state.pause import Halt, Pause


class Pausing:
    """The pause of one pool."""

    def __init__(
        self, pause: Pause, tuning: Tuning, publishing: Publishing, oversight: Oversight
    ) -> None:
        self._pause = pause
        self._tuning = tuning
        self._publishing = publishing
        self._oversight = oversight

    def is_paused(self) -> bool:
        """Tell whether no peer gets any suggestion.

        Raises DamagedError where the rules cannot be read: then they hold for minutes more.
        """
        return self.is_beside() or self._tuning.is_paused()

    def is_beside(self) -> bool:
        """Tell whether that is kept beside the rules, so that nobody can end it there yet."""
        return self._pause.is_on()

    def unread(self) -> str:
        """Name the file that does not say whether all is paused; empty where it can be read."""
        try:
            self._pause.kept()
        except DamagedError as error:
            return error.file
        return ""

    def begin(self, who: CoordinatorId, *, reason: str) -> None:
        """Let nobody be suggested to anybody, from the clock's next beat on; a trial ends.

        Also where somebody published other rules just now. Where the log cannot be read either
        it is logged once the rules say so.
        """
        halt = Halt(who=who, reason=reason)
        try:
            self._publish(halt)
        except (SettingsError, OvertakenError):
            self._pause.begin(halt)
            with suppress(DamagedError):
                self._oversight.record(ActKind.PAUSE, who)

    def settle(self) -> None:
        """Let the rules say what is kept beside them, as soon as they can; safe to do twice.

        Nothing is wanted before the log can be read: each beat would leave a wish behind.
        """
        with suppress(SettingsError, OvertakenError):  # else at the next beat
            halt = self._pause.kept()
            if halt is None:
                return
            self._oversight.entries()
            if not self._tuning.is_paused():
                self._publish(halt)
            self._pause.end(once=self._tuning.is_paused)

    def _publish(self, halt: Halt) -> None:
        wanted = Publication(text=self._tuning.paused(), reason=halt.reason, who=halt.who)
        self._publishing.publish(wanted, after=self._tuning.current().number)
