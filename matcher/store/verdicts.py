"""What coordinators decided about somebody: sealed by the console, carried out by the clock.

The console may touch no key of a person. So it leaves what it decided under a name of its own,
and the clock, which reaches people, carries it out at its next beat. A verdict is sealed under
the vault; it holds the handle that the report held, and is gone as soon as it is carried out.
"""

from datetime import datetime, timedelta

from msgspec import Struct, msgpack

from matcher.domain.errors import VaultGoneError
from matcher.domain.profile import Handle
from matcher.domain.report import ReportId
from matcher.store.backing import Backing, at
from matcher.store.client import text
from matcher.store.people import People
from matcher.store.tickets import Tickets

VERDICT_SIZE = 160
_A_MOMENT = timedelta(seconds=1)


class VerdictRecord(Struct, frozen=True, array_like=True):
    """Whom it is about, the hold that goes, and what comes; moments as Lua steps read them."""

    handle: str
    hold: str
    held_until: str = ""
    warned_until: str = ""
    is_revoked: bool = False


class Verdicts:
    """The verdicts of one pool that wait to be carried out."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._tickets = Tickets(backing, People(backing))

    def sealed(self, report: ReportId, record: VerdictRecord, *, until: datetime) -> bytes:
        """Seal a verdict, which waits until then at the most."""
        return self._backing.vault.seal(
            msgpack.encode(record),
            until=until - _A_MOMENT,
            context=self._context(report),
            size=VERDICT_SIZE,
        )

    def carry_out(self, *, now: datetime) -> None:
        """Carry out what waits; what was begun by a clock that was killed is done again."""
        found = self._backing.store.command("HGETALL", self._backing.keys("decided"))
        for name, sealed in found.items():
            self._carry_out(ReportId(text(name)), sealed, now)

    def _carry_out(self, report: ReportId, sealed: bytes, now: datetime) -> None:
        try:
            plain = self._backing.vault.unseal(sealed, context=self._context(report))
        except VaultGoneError:
            return  # another machine's, whose clock knows it; or it ends by itself
        record = msgpack.decode(plain, type=VerdictRecord)
        if record.is_revoked:
            self._tickets.revoke(Handle(record.handle), now=now)
        words = (record.handle, record.hold, record.held_until, record.warned_until)
        self._backing.step("enact", report, sealed, *words, now=now)

    def _context(self, report: ReportId) -> bytes:
        return f"verdict {self._backing.keys('report:', report)}".encode()


def moment(when: datetime | None) -> str:
    """Write a moment down, or that there is none."""
    return at(when) if when else ""
