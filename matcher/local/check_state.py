"""Looks at what coordinators keep in the state folder: can each file of each pool be read."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from matcher.domain.errors import DamagedError, SettingsError
from matcher.local.findings import Finding, fine, wrong
from matcher.settings.model import Settings
from matcher.state import console
from matcher.state.cards import Cards
from matcher.state.coordinator_key import CoordinatorKey
from matcher.state.entrance import Entrance
from matcher.state.invitations import InvitationFile
from matcher.state.pause import Pause
from matcher.state.rules_history import RulesHistory
from matcher.state.trials import Trials

SUBJECT = "state folder"

_COPY = "put a copy in its place"
_OR_AWAY = f"{_COPY}, or take it away: then what was in it has to be asked for anew"
_ADVICE: Mapping[str, str] = {
    "coordinators": f"so nobody can sign in to the console; {_COPY}",
    "coordinator-key": f"so no report and no note can be opened; {_COPY}",
    "coordinator-public": f"so nobody can send a report or a note; {_COPY}",
    "batches": f"so no invitations can be made or revoked on pages; {_COPY}",
    "invitations": f"so no invitation comes back if the store is lost; {_COPY}",
    "rules": f"so no round is run; {_COPY}",
    "trials": f"so every round goes by the rules in force; {_COPY}",
    "cards": f"so no code of a partner's card opens anything; {_COPY}",
    "entrance": f"so nobody new is taken in; {_COPY}",
    "pause": f"so nobody is suggested to anybody; {_COPY}, or take it away: then rules decide",
    "asked-rules": f"so no rules that are less safe can be asked for on pages; {_OR_AWAY}",
    "asked-services": f"so nothing that people would see can be asked for on pages; {_OR_AWAY}",
}
"""The log of acts and the directory of services are looked at by themselves."""


def examine(settings: Settings) -> list[Finding]:
    """Read every file of every pool; one that is damaged hides no other."""
    found = [one for pool in settings.pools for one in _pool(settings.of(pool))]
    return found or [fine(SUBJECT, "every file of every pool can be read")]


def _pool(settings: Settings) -> Iterator[Finding]:
    for name, read in _readings(settings).items():
        try:
            read()
        except DamagedError as error:
            if error.file == f"{name}-{settings.pool}.json":  # else it is told on its own
                yield wrong(SUBJECT, f"{error.file} cannot be read, {_ADVICE[name]}")
        except SettingsError as error:
            yield wrong(SUBJECT, str(error))


def _readings(settings: Settings) -> Mapping[str, Callable[[], object]]:
    folder, pool, now = settings.folders.state, settings.pool, datetime.now(UTC)
    history, key = RulesHistory(settings), CoordinatorKey(folder, pool)
    return {
        "coordinators": console.roster(folder, pool).read,
        "coordinator-key": key.read_private,
        "coordinator-public": key.read_public,
        "batches": console.batches(folder, pool).read,
        "invitations": InvitationFile(folder, pool).unused,
        "rules": history.all,
        "cards": Cards(settings).entries,
        "entrance": Entrance(settings).kept,
        "pause": Pause(settings).kept,
        "trials": lambda: Trials(settings, history).all(now=now),
        "asked-rules": console.asked_rules(folder, pool).read,
        "asked-services": console.asked_services(folder, pool).read,
    }
