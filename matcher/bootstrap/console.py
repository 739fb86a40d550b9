"""The composition root of the console: what coordinators' pages can ask for, and no more."""

from dataclasses import dataclass

from matcher.bootstrap import Common, coordinator_key, wired_invitations
from matcher.service.account import Account
from matcher.service.batches import Batches
from matcher.service.coordinators import Coordinators, Doors
from matcher.service.handling import Handling
from matcher.service.notes import NoteDesk
from matcher.service.notice_board import NoticeBoard
from matcher.service.oversight import Oversight
from matcher.service.passkeys import Passkeys
from matcher.service.staff import Staff
from matcher.settings.model import Settings
from matcher.state import console as kept
from matcher.store.backing import back
from matcher.store.counts import Counts
from matcher.store.desks import Desks


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleServices(Common):
    """Everything the console's pages can ask for; nothing in it leads to a person."""

    coordinators: Coordinators
    oversight: Oversight
    account: Account
    staff: Staff
    batches: Batches
    notes: NoteDesk
    reports: Handling
    notices: NoticeBoard


def build(settings: Settings) -> ConsoleServices:
    """Wire the services; no connection is opened before the first use, so forking is safe."""
    backing = back(settings)
    counts = Counts(backing)
    folder, pool = settings.folders.state, settings.pool
    roster = kept.roster(folder, pool)
    oversight = Oversight(kept.ledger(folder, pool), roster, backing.clock)
    passkeys = Passkeys(backing.secrets, counts, backing.clock)
    doors = Doors(
        roster=roster,
        desks=Desks(backing),
        counts=counts,
        clock=backing.clock,
        passkeys=passkeys,
    )
    coordinators = Coordinators(doors, oversight)
    return ConsoleServices(
        settings=settings,
        clock=backing.clock,
        secrets=backing.secrets,
        counts=counts,
        coordinators=coordinators,
        oversight=oversight,
        account=Account(roster, passkeys, oversight),
        batches=Batches(
            kept.batches(folder, pool), wired_invitations(backing), oversight, backing.clock
        ),
        notes=NoteDesk(backing, coordinator_key(settings)),
        reports=Handling(backing, coordinator_key(settings), oversight),
        notices=NoticeBoard(backing, oversight),
        staff=Staff(coordinators, oversight, backing.clock),
    )
