"""Acts and their steps in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _, lazy_gettext as _l

from matcher.domain.acts import Act, ActKind, Entry, Step
from matcher.domain.coordinator import OPERATOR, CoordinatorId, Rank, Roster

KINDS: Mapping[ActKind, str] = {
    ActKind.JOIN: _l("Became a coordinator"),
    ActKind.INVITE: _l("Invite a coordinator"),
    ActKind.REMOVE: _l("Remove a coordinator"),
    ActKind.MAKE_OWNER: _l("Make a coordinator an owner"),
    ActKind.MAKE_COORDINATOR: _l("Make an owner a coordinator"),
}
STEPS: Mapping[Step, str] = {
    Step.ASKED: _l("asked for"),
    Step.DONE: _l("done"),
    Step.WITHDRAWN: _l("withdrawn"),
}
RANKS: Mapping[Rank, str] = {Rank.COORDINATOR: _l("Coordinator"), Rank.OWNER: _l("Owner")}
_DETAILS: Mapping[str, Mapping[str, str]] = {"rank": {str(k): v for k, v in RANKS.items()}}


@dataclass(frozen=True, slots=True)
class Names:
    """Who is meant by what the log calls them."""

    roster: Roster

    def __call__(self, who: CoordinatorId) -> str:
        """Name a coordinator; of accounts that are gone the mark alone is left."""
        if who == OPERATOR:
            return str(_("a terminal of this machine"))
        found = self.roster.of(who)
        return found.name if found else str(_("an account that is gone (%(mark)s)", mark=who))


def told(act: Act | Entry) -> str:
    """Say what an act is."""
    return str(KINDS[act.kind])


def details(act: Act | Entry) -> list[str]:
    """Say what more is to be known of it; what is for machines stays away."""
    return [
        str(words[value])
        for name, value in act.what.items()
        if (words := _DETAILS.get(name)) and value in words
    ]
