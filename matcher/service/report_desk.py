"""What coordinators do about reports: list them sealed, open one, decide, and no more."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction

from matcher.domain.cover import Cover, Shown, shown
from matcher.domain.errors import ReportGoneError
from matcher.domain.report import (
    REST_DECIDED,
    WARNED_FOR,
    Category,
    Decision,
    OpenReport,
    ReportId,
    ReportState,
    SealedReport,
)
from matcher.state.coordinator_key import CoordinatorKey
from matcher.store.backing import Backing
from matcher.store.clock import rounded_up
from matcher.store.reports import FOR_EVER, ReportRecord, Reports, Verdict

DAY = timedelta(days=1)

NoteOpened = Callable[[ReportId], None]


class ReportDesk:
    """The queue of reports; it needs the coordinators' private key, which no page has.

    `note_opened` is told of each report before it is opened.
    """

    def __init__(self, backing: Backing, key: CoordinatorKey, note_opened: NoteOpened) -> None:
        self._store = Reports(backing)
        self._clock = backing.clock
        self._key = key
        self._note_opened = note_opened
        self._secrets = backing.secrets
        self._epsilon = Fraction(str(backing.settings.previews.epsilon))

    def waiting(self) -> tuple[SealedReport, ...]:
        """List what nobody has decided, those that end first before the others; opens none."""
        return self._store.waiting(now=self._clock.now())

    def open(self, report: ReportId) -> OpenReport:
        """Open a report: what happened, on which side whom it is about is, and lines shown.

        Raises
        ------
        ReportGoneError
            If it ended, was decided, or was sealed for another key.
        """
        self._note_opened(report)
        sealed = [one for one in self.waiting() if one.id == report]
        record, lines = self._opened(report), self._store.lines(self._key.private(), report)
        if not sealed or lines is None:
            raise ReportGoneError
        self._store.note_seen(report, now=self._clock.now())
        return OpenReport(
            id=report,
            until=sealed[0].until,
            category=record.category,
            about=record.about,
            lines=lines,
        )

    def check(self, report: ReportId) -> None:
        """Raise ReportGoneError unless it can be decided about a report."""
        self._opened(report)

    def decide(self, report: ReportId, decision: Decision) -> None:
        """Decide about a report, once; the clock releases what it held, or holds it on.

        Raises
        ------
        ReportGoneError
            As `open` does.
        """
        now, record = self._clock.now(), self._opened(report)
        if not self._store.decide(report, record, _verdict(decision, now), now=now):
            raise ReportGoneError

    def suspended(self) -> tuple[SealedReport, ...]:
        """List the suspensions that can still be undone; none tells who it is."""
        return self._store.suspended(now=self._clock.now())

    def release(self, report: ReportId) -> None:
        """Undo a suspension.

        Raises
        ------
        ReportGoneError
            If nobody is suspended for this report, or it ended.
        """
        record = self._store.open(self._key.private(), report, field="suspended")
        if record is None or not self._store.release(report, record, now=self._clock.now()):
            raise ReportGoneError

    def summary(self) -> Shown:
        """Count what waits by what happened: noised, rounded, small counts hidden (None).

        Nobody reads a report for that, and the same reports are always told alike.
        """
        names = sorted(one.id for one in self.waiting())
        records = [self._store.open(self._key.private(), ReportId(name)) for name in names]
        counts = Counter(record.category for record in records if record is not None)
        cover = Cover(
            key=self._secrets.noise_key(),
            question=f"reports {' '.join(names)}".encode(),
            epsilon=self._epsilon,
            sensitivity=1,
        )
        table = {category.value: counts[category] for category in Category}
        return shown({"reports": table}, cover)["reports"]

    def _opened(self, report: ReportId) -> ReportRecord:
        record = self._store.open(self._key.private(), report)
        if record is None:
            raise ReportGoneError
        return record


def _verdict(decision: Decision, now: datetime) -> Verdict:
    held, warned = None, None
    if decision is Decision.REST:
        held = rounded_up(now + REST_DECIDED, DAY)
    if decision is Decision.SUSPEND:
        held = FOR_EVER
    if decision is Decision.WARN:
        warned = rounded_up(now + WARNED_FOR, DAY)
    return Verdict(
        state=ReportState.after(decision),
        held_until=held,
        warned_until=warned,
        is_revoked=decision is Decision.REVOKE,
    )
