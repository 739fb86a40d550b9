"""The composition root of the console: what coordinators' pages can ask for, and no more."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from matcher.bootstrap import Common, coordinator_key, wired_invitations
from matcher.bootstrap.desks import previews
from matcher.domain.errors import StoreDownError
from matcher.service.account import Account
from matcher.service.batches import Batches
from matcher.service.card_desk import CardDesk
from matcher.service.coordinators import Coordinators, Doors
from matcher.service.demand import Demand
from matcher.service.doorkeeping import Doorkeeping
from matcher.service.factors import Factors
from matcher.service.fairness import Fairness
from matcher.service.handling import Handling
from matcher.service.lessons import Lessons
from matcher.service.notes import NoteDesk
from matcher.service.notice_board import NoticeBoard
from matcher.service.outcomes import ToldSums
from matcher.service.oversight import Oversight
from matcher.service.overview import Overview
from matcher.service.passkeys import Passkeys
from matcher.service.pausing import Pausing
from matcher.service.publishing import Publishing
from matcher.service.service_desk import ServiceDesk
from matcher.service.staff import Staff
from matcher.service.suggestions import Suggestions
from matcher.service.taps import Taps
from matcher.service.trials import Trials, kept_of
from matcher.service.tuning import Tuning
from matcher.settings.model import Settings
from matcher.state import console as kept
from matcher.state.cards import Cards
from matcher.state.directory import Directory
from matcher.state.entrance import Entrance
from matcher.state.pause import Pause
from matcher.store.backing import back
from matcher.store.counts import Counts
from matcher.store.desks import Desks

if TYPE_CHECKING:
    from matcher.service.previews import Previews


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleServices(Common):
    """Everything the console's pages can ask for; nothing in it leads to a person.

    `previews` reaches the queue, and loads what that takes, where somebody asks for one.
    """

    coordinators: Coordinators
    oversight: Oversight
    account: Account
    factors: Factors
    staff: Staff
    batches: Batches
    notes: NoteDesk
    overview: Overview
    fairness: Fairness
    demand: Demand
    told: ToldSums
    suggestions: Suggestions
    tuning: Tuning
    publishing: Publishing
    pausing: Pausing
    trials: Trials
    previews: "Callable[[], Previews]"
    reports: Handling
    notices: NoticeBoard
    doorkeeping: Doorkeeping
    services: ServiceDesk
    cards: CardDesk
    taps: Taps


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
    tuning = Tuning(settings, backing.clock.now)
    directory, cards = Directory(settings), Cards(settings)
    asked = kept.asked_rules(folder, pool)
    publishing = Publishing(tuning, kept_of(backing), asked, oversight, backing.clock)
    return ConsoleServices(
        settings=settings,
        clock=backing.clock,
        secrets=backing.secrets,
        counts=counts,
        coordinators=coordinators,
        oversight=oversight,
        factors=Factors(doors, oversight),
        account=Account(roster, passkeys, oversight),
        batches=Batches(
            kept.batches(folder, pool), wired_invitations(backing), oversight, backing.clock
        ),
        notes=NoteDesk(backing, coordinator_key(settings)),
        reports=Handling(backing, coordinator_key(settings), oversight),
        notices=NoticeBoard(backing, oversight),
        doorkeeping=Doorkeeping(Entrance(settings), oversight),
        cards=CardDesk(cards, oversight, backing.clock),
        services=ServiceDesk(
            directory,
            kept.asked_services(folder, pool),
            oversight,
            backing.clock,
            settings.site,
        ),
        taps=Taps(backing, counts, directory.ever, cards.ever),
        staff=Staff(coordinators, oversight, backing.clock),
        overview=Overview(backing),
        fairness=Fairness(backing),
        demand=Demand(backing),
        told=ToldSums(backing),
        suggestions=Suggestions(Lessons(backing), tuning),
        tuning=tuning,
        publishing=publishing,
        pausing=Pausing(Pause(settings), tuning, publishing, oversight),
        trials=Trials(backing, oversight),
        previews=cache(lambda: _previews(settings)),
    )


def _previews(settings: Settings) -> "Previews":
    if not settings.queue_url:
        raise StoreDownError
    return previews(settings)
