"""What coordinators and operators ask for, wired one by one: no public page loads any of it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from matcher.bootstrap import coordinator_key
from matcher.domain.trial import Trial
from matcher.service.lessons import Lessons
from matcher.service.notes import NoteDesk
from matcher.service.oversight import Oversight
from matcher.service.pausing import Pausing
from matcher.service.publishing import Publishing
from matcher.service.report_desk import NoteOpened, ReportDesk
from matcher.service.suggestions import Suggestions
from matcher.service.taps import Taps
from matcher.service.trials import Ends, FallBack, Figures, figures_of
from matcher.service.tuning import Tuning
from matcher.settings.model import Settings
from matcher.state import console as kept
from matcher.state.cards import Cards
from matcher.state.directory import Directory
from matcher.state.pause import Pause
from matcher.state.rules_history import RulesHistory
from matcher.state.trials import Trials as TrialFile
from matcher.store.backing import Backing, back
from matcher.store.clock import Clock, OwnClock
from matcher.store.counts import Counts

if TYPE_CHECKING:
    from matcher.service.previews import Previews


def note_desk(settings: Settings) -> NoteDesk:
    """Wire what coordinators need to read and answer notes."""
    return NoteDesk(back(settings), coordinator_key(settings))


def tuning(settings: Settings) -> Tuning:
    """Wire what changes rules; no server is needed for that."""
    return Tuning(settings, lambda: datetime.now(UTC))


def publishing(settings: Settings) -> Publishing:
    """Wire what commands publish and try rules by; no server is needed for that."""
    asked = kept.asked_rules(settings.folders.state, settings.pool)
    oversight = _oversight(settings, OwnClock())
    return Publishing(tuning(settings), trials(settings), asked, oversight, OwnClock())


def pausing(backing: Backing) -> Pausing:
    """Wire what lets the rules say that all is paused, once they can."""
    settings, clock = backing.settings, backing.clock
    oversight, tunes = _oversight(settings, clock), Tuning(settings, clock.now)
    asked = kept.asked_rules(settings.folders.state, settings.pool)
    publishes = Publishing(tunes, trials(settings), asked, oversight, clock)
    return Pausing(Pause(settings), tunes, publishes, oversight)


def ends(settings: Settings) -> Ends:
    """Wire what commands end a trial by; no server is needed for that."""
    return Ends(trials(settings), _oversight(settings, OwnClock()), OwnClock())


def previews(settings: Settings) -> "Previews":
    """Wire what asks for previews of rules."""
    from matcher.jobs import JobQueue, connect  # noqa: PLC0415 - RQ is loaded when it is needed
    from matcher.service.previews import Previews  # noqa: PLC0415 - as above

    queue = connect(settings.queue_url)
    return Previews(back(settings), JobQueue(queue, timeout=settings.rounds.longest))


def suggestions(settings: Settings) -> Suggestions:
    """Wire what reads outcomes beside the rules in force."""
    return Suggestions(Lessons(back(settings)), tuning(settings))


def taps(settings: Settings) -> Taps:
    """Wire what an operator needs to read of services."""
    backing = back(settings)
    return Taps(backing, Counts(backing), Directory(settings).ever, Cards(settings).ever)


def report_desk(settings: Settings, note_opened: NoteOpened) -> ReportDesk:
    """Wire what coordinators need to open and decide reports; `note_opened` hears of each."""
    return ReportDesk(back(settings), coordinator_key(settings), note_opened)


def trials(settings: Settings) -> TrialFile:
    """Wire what begins and ends trials of rules; no server is needed for that."""
    return TrialFile(settings, RulesHistory(settings))


def figures(settings: Settings, trial: Trial) -> Figures:
    """Read what came of a trial out of the store."""
    return figures_of(back(settings), trial)


def fall_back(backing: Backing) -> FallBack:
    """Wire what ends trials of rules by itself, and writes so into the log of acts."""
    return FallBack(backing, _oversight(backing.settings, backing.clock))


def _oversight(settings: Settings, clock: Clock) -> Oversight:
    folder, pool = settings.folders.state, settings.pool
    return Oversight(kept.ledger(folder, pool), kept.roster(folder, pool), clock)
