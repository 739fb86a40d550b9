"""What owners ask for about coordinators; each takes a second yes before it is carried out."""

from matcher.domain.acts import Act, ActKind
from matcher.domain.codes import Code
from matcher.domain.coordinator import CoordinatorId, Rank
from matcher.domain.errors import ActGoneError
from matcher.service.coordinators import Coordinators
from matcher.service.openings import new_opening
from matcher.service.oversight import Oversight
from matcher.store.clock import StoreClock

_RANKS = {ActKind.MAKE_OWNER: Rank.OWNER, ActKind.MAKE_COORDINATOR: Rank.COORDINATOR}


class Staff:
    """Asks for changes of who coordinates, and carries them out once somebody has agreed."""

    def __init__(
        self, coordinators: Coordinators, oversight: Oversight, clock: StoreClock
    ) -> None:
        self._coordinators = coordinators
        self._oversight = oversight
        self._clock = clock
        oversight.carries_out(ActKind.INVITE, self._invite)
        oversight.carries_out(ActKind.REMOVE, self._remove)
        oversight.carries_out(ActKind.RECOVER, self._recover)
        for kind in _RANKS:
            oversight.carries_out(kind, self._rank)

    def ask_to_invite(self, owner: CoordinatorId, rank: Rank) -> Code:
        """Draw a one-time code; it opens nothing before somebody else has agreed."""
        code, key = new_opening()
        self._oversight.do(ActKind.INVITE, owner, what={"rank": rank, "code": key})
        return code

    def ask_to_recover(self, owner: CoordinatorId, whom: CoordinatorId) -> Code:
        """Draw a code that gives somebody their account back, once somebody else has agreed."""
        code, key = new_opening()
        self._ask(ActKind.RECOVER, owner, whom, code=key)
        return code

    def ask_to_remove(self, owner: CoordinatorId, whom: CoordinatorId) -> None:
        """Ask for somebody's account to end."""
        self._ask(ActKind.REMOVE, owner, whom)

    def ask_to_rank(self, owner: CoordinatorId, whom: CoordinatorId, rank: Rank) -> None:
        """Ask for somebody to become an owner, or to be one no more."""
        kind = ActKind.MAKE_OWNER if rank is Rank.OWNER else ActKind.MAKE_COORDINATOR
        self._ask(kind, owner, whom)

    def _ask(
        self, kind: ActKind, owner: CoordinatorId, whom: CoordinatorId, **what: str
    ) -> None:
        if self._coordinators.roster().of(whom) is None:
            raise ActGoneError
        self._oversight.do(kind, owner, about=whom, what=what)

    def _invite(self, act: Act) -> None:
        now = self._clock.now()
        self._coordinators.let_in(
            act.what["code"], Rank(act.what["rank"]), since=now, by=act.who
        )

    def _recover(self, act: Act) -> None:
        whom, now = self._found(act), self._clock.now()
        self._coordinators.let_back_in(act.what["code"], whom, since=now, by=act.who)

    def _remove(self, act: Act) -> None:
        self._coordinators.remove(act.about or act.who)

    def _rank(self, act: Act) -> None:
        self._coordinators.rank(self._found(act), _RANKS[act.kind])

    def _found(self, act: Act) -> CoordinatorId:
        """Say whom an act is about. Raises ActGoneError if their account is gone by now."""
        whom = act.about or act.who
        if self._coordinators.roster().of(whom) is None:
            raise ActGoneError
        return whom
