"""How coordinators handle reports: what they open or decide is written down before."""

from contextlib import suppress

from matcher.domain.acts import Act, ActKind
from matcher.domain.coordinator import CoordinatorId
from matcher.domain.errors import ReportGoneError
from matcher.domain.report import Decision, OpenReport, ReportId, SealedReport
from matcher.service.oversight import Oversight
from matcher.service.report_desk import ReportDesk
from matcher.state.coordinator_key import CoordinatorKey
from matcher.store.backing import Backing


class Handling:
    """One pool's reports; what is decided is carried out by the clock, which reaches people."""

    def __init__(self, backing: Backing, key: CoordinatorKey, oversight: Oversight) -> None:
        self._backing = backing
        self._key = key
        self._oversight = oversight
        oversight.carries_out(ActKind.DECIDE_REPORT, self._decide)
        oversight.carries_out(ActKind.RELEASE, self._release, check=self._check)

    def waiting(self) -> tuple[SealedReport, ...]:
        """List what nobody has decided; opens none."""
        return self._desk().waiting()

    def suspended(self) -> tuple[SealedReport, ...]:
        """List the suspensions that can still be undone, by the reports they came of."""
        return self._desk().suspended()

    def open(self, report: ReportId, who: CoordinatorId) -> OpenReport:
        """Open a report, which is written down before.

        Raises
        ------
        ReportGoneError
            If it ended, was decided, or was sealed for another key.
        """
        return self._desk(who).open(report)

    def decide(self, report: ReportId, decision: Decision, who: CoordinatorId) -> None:
        """Decide about a report, at once and alone: nothing that is decided loosens anything.

        Raises
        ------
        ReportGoneError
            As `open` does.
        """
        self._desk().check(report)
        what = {"decision": decision.value, "report": report}
        self._oversight.do(ActKind.DECIDE_REPORT, who, what=what)

    def ask_to_release(self, report: ReportId, who: CoordinatorId) -> None:
        """Ask that a suspension be undone, which waits for a second yes.

        Raises
        ------
        ReportGoneError
            If nobody is suspended for this report, or it ended.
        """
        self._refuse(report)
        self._oversight.do(ActKind.RELEASE, who, what={"report": report})

    def _refuse(self, report: ReportId) -> None:
        if report not in {one.id for one in self.suspended()}:
            raise ReportGoneError

    def _check(self, act: Act) -> None:
        """Refuse a yes that would undo nothing any more."""
        self._refuse(ReportId(act.what["report"]))

    def _decide(self, act: Act) -> None:
        with suppress(ReportGoneError):  # decided meanwhile, or by this very act
            self._desk().decide(ReportId(act.what["report"]), Decision(act.what["decision"]))

    def _release(self, act: Act) -> None:
        with suppress(ReportGoneError):
            self._desk().release(ReportId(act.what["report"]))

    def _desk(self, who: CoordinatorId | None = None) -> ReportDesk:
        def note(_: ReportId) -> None:
            if who is not None:
                self._oversight.record(ActKind.OPEN_REPORT, who)

        return ReportDesk(self._backing, self._key, note)
