"""Reports to the team: sealed for coordinators alone, each under a name drawn for it.

In clear stands until when a report is kept and whether it was seen; what happened, and whom
it is about, opens with the coordinators' private key and the vault, until its day has passed.
Lines of the conversation lie sealed in a box of their own, equally long where there are none:
what counts reports, decides about them or undoes that never opens it, and a decision takes it
away. What a report holds back of somebody bears another name, so that no report in the store
leads to whom it is about.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex

from msgspec import Struct, msgpack

from matcher.domain.errors import VaultGoneError
from matcher.domain.lines import MOST_BYTES, Line
from matcher.domain.profile import Role
from matcher.domain.report import Category, ReportId, ReportState, SealedReport, Telling
from matcher.store.backing import Backing, at
from matcher.store.boxes import open_box, seal_for
from matcher.store.capsules import Capsules, Untold
from matcher.store.client import text, texts
from matcher.store.clock import rounded_down
from matcher.store.secrets import new_hex
from matcher.store.verdicts import VerdictRecord, Verdicts, moment

REPORT_SIZE = 128
LINES_SIZE = MOST_BYTES + 64  # what is written around as many lines as there may be, too
REPORT, LINES = "report", "lines"
HOLD_BYTES = 8
GRAINS_A_LIFE = 14
"""Reports end on whole days (a fourteenth of what they live), which tell no hour of theirs."""

FOR_EVER = datetime.fromtimestamp(99_999_999_999, UTC)  # as the Lua steps write it


class ReportRecord(Struct, frozen=True, array_like=True):
    """What a report holds: what happened, whom it is about, and what it holds of theirs."""

    category: Category
    about: Role
    handle: str
    hold: str


class LineRecord(Struct, frozen=True, array_like=True):
    """One line of the conversation that goes along with a report."""

    author: Role
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is decided: held until then (or not at all), and warned until then (or not)."""

    state: ReportState
    held_until: datetime | None = None
    warned_until: datetime | None = None
    is_revoked: bool = False

    def record(self, about: ReportRecord) -> VerdictRecord:
        """Write down what is to be done, and to whom."""
        return VerdictRecord(
            about.handle,
            about.hold,
            moment(self.held_until),
            moment(self.warned_until),
            self.is_revoked,
        )


class Reports:
    """The reports of one pool."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._store = backing.store
        self._keys = backing.keys
        self._lives = backing.settings.lifetimes.report
        self._capsules = Capsules(backing)
        self._verdicts = Verdicts(backing)

    def send(
        self, own: bytes, found: Untold, telling: Telling, public: bytes, *, now: datetime
    ) -> bool:
        """Report whom a capsule is about, once; what is serious holds them in the same step."""
        report, hold = ReportId(new_hex()), token_hex(HOLD_BYTES)
        end = self._end(now)

        def sealed(what: object, box: str, size: int) -> bytes:
            context = self._context(report, box)
            inner = seal_for(public, msgpack.encode(what), context=context, size=size)
            return self._backing.vault.seal(inner, until=end, context=context, size=len(inner))

        lines = [LineRecord(line.author, line.text) for line in telling.lines]
        record = ReportRecord(telling.category, found.role, found.other, hold)
        words = (
            found.id,
            found.raw,
            self._capsules.used(own, found, report),
            report,
            sealed(record, REPORT, REPORT_SIZE),
            at(end),
            found.other,
            hold if telling.category.is_serious else "",
            sealed(lines, LINES, LINES_SIZE),
        )
        return bool(self._backing.step("report", *words, now=now))

    def became(self, report: ReportId) -> tuple[datetime, ReportState] | None:
        """Say until when a report is kept, and what has become of it; None when it ended."""
        words = ("HMGET", self._keys("report:", report), "until", "state")
        until, state = self._store.command(*words)
        if until is None:
            return None
        became = ReportState(text(state)) if state else ReportState.SENT
        return datetime.fromtimestamp(float(until), UTC), became

    def waiting(self, *, now: datetime) -> tuple[SealedReport, ...]:
        """List what nobody has decided, those that end first before the others; opens none."""
        return self._listed("reports", now)

    def suspended(self, *, now: datetime) -> tuple[SealedReport, ...]:
        """List the reports for which somebody is suspended, and that can still undo it."""
        return self._listed("suspended", now)

    def open(
        self, private: bytes, report: ReportId, *, field: str = REPORT
    ) -> ReportRecord | None:
        """Open a report; None when it ended, was decided, or is for another key."""
        plain = self._opened(private, report, field, REPORT)
        return None if plain is None else msgpack.decode(plain, type=ReportRecord)

    def lines(self, private: bytes, report: ReportId) -> tuple[Line, ...] | None:
        """Open the lines that go along with a report; None as in `open`."""
        plain = self._opened(private, report, LINES, LINES)
        if plain is None:
            return None
        found = msgpack.decode(plain, type=list[LineRecord])
        return tuple(Line(author=line.author, text=line.text) for line in found)

    def note_seen(self, report: ReportId, *, now: datetime) -> None:
        """Let whoever made a report read that somebody has looked at it."""
        self._backing.step("see_report", report, now=now)

    def decide(
        self, report: ReportId, record: ReportRecord, verdict: Verdict, *, now: datetime
    ) -> bool:
        """Decide about a report, once; False when somebody else has; the clock acts on it."""
        end, is_suspended = self._end(now), verdict.held_until == FOR_EVER
        sealed = self._verdicts.sealed(report, verdict.record(record), until=end)
        kept = "suspended" if is_suspended else ""
        words = (report, verdict.state, sealed, at(end), kept)
        return bool(self._backing.step("decide", *words, now=now))

    def release(self, report: ReportId, record: ReportRecord, *, now: datetime) -> bool:
        """Undo a suspension, once; False when there is none; the clock acts on it."""
        end, verdict = self._end(now), VerdictRecord(record.handle, record.hold)
        sealed = self._verdicts.sealed(report, verdict, until=end)
        return bool(self._backing.step("release", report, sealed, at(end), now=now))

    def _end(self, now: datetime) -> datetime:
        return rounded_down(now + self._lives, self._lives / GRAINS_A_LIFE)

    def _listed(self, kind: str, now: datetime) -> tuple[SealedReport, ...]:
        words = ("ZRANGEBYSCORE", self._keys(kind), f"({at(now)}", "+inf")
        names = [ReportId(name) for name in texts(self._store.command(*words))]
        ends = self._store.commands(
            [("HGET", self._keys("report:", n), "until") for n in names]
        )
        return tuple(
            SealedReport(id=name, until=datetime.fromtimestamp(float(end), UTC))
            for name, end in zip(names, ends, strict=True)
            if end is not None
        )

    def _opened(self, private: bytes, report: ReportId, field: str, box: str) -> bytes | None:
        sealed = self._store.command("HGET", self._keys("report:", report), field)
        context = self._context(report, box)
        try:
            inner = self._backing.vault.unseal(sealed or b"", context=context)
            return open_box(private, inner, context=context)
        except VaultGoneError:
            return None

    def _context(self, report: ReportId, box: str) -> bytes:
        return f"{box} {self._keys('report:', report)}".encode()
