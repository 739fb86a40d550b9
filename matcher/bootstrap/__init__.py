"""The composition root of the web side: one pool's services, wired once a process."""

from dataclasses import dataclass

from matcher.domain.noise import Chance
from matcher.service.drafts import Drafts
from matcher.service.intake import Intake
from matcher.service.invitations import Invitations
from matcher.service.kept import Kept, kept
from matcher.service.notes import Notes
from matcher.service.offers import Offers
from matcher.service.outcomes import Outcomes
from matcher.service.places import Parts, Places
from matcher.service.pressure import Pressure
from matcher.service.reports import Reports
from matcher.service.rooms import Rooms
from matcher.service.taps import Taps
from matcher.settings.model import Settings
from matcher.state.cards import Cards
from matcher.state.coordinator_key import CoordinatorKey
from matcher.state.directory import Directory
from matcher.state.invitations import InvitationFile
from matcher.store import invitations, offers, rooms
from matcher.store.backing import SYSTEM, Backing, back
from matcher.store.clock import StoreClock
from matcher.store.counts import Counts
from matcher.store.notices import Notices
from matcher.store.people import People
from matcher.store.secrets import Secrets
from matcher.store.sessions import Sessions
from matcher.store.tickets import Tickets


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What every app of ours asks for, whoever its pages are for."""

    settings: Settings
    clock: StoreClock
    secrets: Secrets
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Services(Common):
    """Everything the public pages can ask for."""

    drafts: Drafts
    intake: Intake
    places: Places
    offers: Offers
    rooms: Rooms
    invitations: Invitations
    notes: Notes
    reports: Reports
    outcomes: Outcomes
    kept: tuple[Kept, ...]
    pressure: Pressure
    taps: Taps
    notices: Notices
    directory: Directory
    cards: Cards


def build(settings: Settings, chance: Chance = SYSTEM) -> Services:
    """Wire the services; no connection is opened before the first use, so forking is safe."""
    backing = back(settings, chance)
    people, sessions = People(backing), Sessions(backing)
    tickets = Tickets(backing, people)
    invited = wired_invitations(backing)
    stored_offers, stored_rooms = offers.Offers(backing), rooms.Rooms(backing)
    talk = Rooms(stored_rooms, people, backing)
    notes = Notes(backing, coordinator_key(settings))
    parts = Parts(
        backing=backing,
        people=people,
        sessions=sessions,
        offers=stored_offers,
        rooms=talk,
        tickets=tickets,
        notes=notes,
    )
    counts = Counts(backing)
    directory, cards = Directory(settings), Cards(settings)
    return Services(
        settings=settings,
        clock=backing.clock,
        secrets=backing.secrets,
        drafts=Drafts(backing.secrets, backing.clock, settings.lifetimes),
        intake=Intake(people, sessions, invited, tickets, backing),
        places=Places(parts),
        offers=Offers(stored_offers, stored_rooms, people, tickets, backing),
        rooms=talk,
        invitations=invited,
        notes=notes,
        reports=Reports(backing, talk, tickets, coordinator_key(settings)),
        outcomes=Outcomes(backing, talk),
        kept=kept(settings),
        counts=counts,
        pressure=Pressure(counts, backing.memory, backing.clock, settings.pressure),
        taps=Taps(backing, counts, directory.ever, cards.ever),
        notices=Notices(backing),
        directory=directory,
        cards=cards,
    )


def wired_invitations(backing: Backing) -> Invitations:
    """Wire invitations, which both sides make."""
    settings = backing.settings
    return Invitations(
        invitations.Invitations(backing),
        InvitationFile(settings.folders.state, settings.pool),
        backing.clock,
        settings.lifetimes.invitation,
    )


def coordinator_key(settings: Settings) -> CoordinatorKey:
    """Find the coordinators' pair of keys; no store is needed for that."""
    given = settings.coordinators.public_key
    return CoordinatorKey(settings.folders.state, settings.pool, given=given)
