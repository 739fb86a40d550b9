"""Closing a pool to newcomers: one person's act at once; opening it again takes two."""

from contextlib import suppress

from matcher.domain.acts import Act, ActKind
from matcher.domain.coordinator import CoordinatorId
from matcher.domain.errors import ActGoneError, DamagedError
from matcher.service.oversight import Oversight
from matcher.state.entrance import Entrance


class Doorkeeping:
    """The way into one pool, on the coordinators' side."""

    def __init__(self, entrance: Entrance, oversight: Oversight) -> None:
        self._entrance = entrance
        self._oversight = oversight
        oversight.carries_out(ActKind.CLOSE_POOL, self._close)
        oversight.carries_out(ActKind.OPEN_POOL, self._open, check=self._check)

    def is_open(self) -> bool:
        """Tell whether anybody new is taken in."""
        return self._entrance.is_open()

    def unread(self) -> str:
        """Name the file that does not say whether anybody is; empty where it can be read."""
        try:
            self._entrance.kept()
        except DamagedError as error:
            return error.file
        return ""

    def close(self, who: CoordinatorId) -> None:
        """Take nobody new in, from the clock's next beat on; who is in goes on.

        What was asked before is over: to open it again takes two who know that it was closed.
        """
        self._oversight.tighten(ActKind.CLOSE_POOL, who)
        with suppress(DamagedError):  # of the log: then nobody can agree to anything either
            self._withdraw(who)

    def ask_to_open(self, who: CoordinatorId) -> None:
        """Let people come in again, once somebody else has agreed."""
        self._oversight.do(ActKind.OPEN_POOL, who)

    def _withdraw(self, who: CoordinatorId) -> None:
        for one in self._oversight.waiting(who):
            if one.act.kind is ActKind.OPEN_POOL:
                with suppress(ActGoneError):  # somebody else withdrew it
                    self._oversight.withdraw(one.act.id, who)

    def _check(self, _act: Act) -> None:
        """Refuse what opens nothing: nobody keeps a yes for a pool that is closed later."""
        if self.is_open():
            raise ActGoneError

    def _close(self, _act: Act) -> None:
        self._entrance.let(is_open=False)

    def _open(self, _act: Act) -> None:
        self._entrance.let(is_open=True)
