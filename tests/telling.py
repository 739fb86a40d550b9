"""Somebody who tells the team about somebody else, for tests that need a report."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from matcher.bootstrap.desks import report_desk
from matcher.domain.notice import LONGEST_NOTICE_DAYS, Audience, Notice
from matcher.domain.place import PlaceState
from matcher.domain.report import Category, Decision, ReportId, ReportState
from matcher.domain.room import RoomId
from matcher.service.report_desk import ReportDesk
from matcher.store.verdicts import Verdicts
from tests.world import Person, World


def desk_of(world: World, opened: list[ReportId] | None = None) -> ReportDesk:
    """Let a coordinator sit down; what they open is written down."""
    written = [] if opened is None else opened
    return report_desk(world.settings, written.append)


def decide(world: World, report: ReportId, decision: Decision) -> None:
    """Let a coordinator decide, and the clock carry it out."""
    desk_of(world).decide(report, decision)
    carry_out(world)


def carry_out(world: World) -> None:
    """Let the clock do what coordinators have decided."""
    Verdicts(world.backing).carry_out(now=world.now())


def converse(world: World, seeker: Person, peer: Person, said: Sequence[str]) -> RoomId:
    """Let two people talk in turns, the peer first; returns their room."""
    room = world.room(seeker, peer)
    for nth, words in enumerate(said):
        who = seeker if nth % 2 else peer
        world.services.rooms.say(who.visitor, room, words, once=str(nth))
    return room


def tell(
    world: World,
    who: Person,
    room: RoomId,
    what: Category = Category.THREAT,
    *,
    places: Collection[int] = (),
) -> ReportId:
    """Let somebody tell the team about whom they talk with; returns the report."""
    before = {one.id for one in desk_of(world).waiting()}
    world.services.reports.tell_of_room(who.visitor, room, what, places=places)
    (report,) = {one.id for one in desk_of(world).waiting()} - before
    return report


def states(world: World, who: Person) -> list[ReportState | None]:
    """Say what somebody reads of what they told."""
    return [one.state for one in world.services.reports.of(who.visitor.own)]


def stands(world: World, who: Person) -> PlaceState:
    """Say where somebody stands."""
    return world.services.places.look(world.again(who)).state


def tell_the_team(world: World) -> Person:
    """Let two people tell about each other, and one be seen; returns the peer."""
    seeker, peer = world.seeker(), world.peer()
    room = world.room(seeker, peer)
    tell(world, peer, room, Category.UNKIND)
    desk_of(world).open(tell(world, seeker, room))
    return peer


def suspend_somebody(world: World) -> Person:
    """Suspend a peer, which no clock has carried out yet; returns them."""
    seeker, peer = world.seeker(), world.peer()
    report = tell(world, seeker, world.room(seeker, peer))
    desk_of(world).decide(report, Decision.SUSPEND)
    return peer


def tell_everybody(world: World) -> None:
    """Let a notice stand for as long as any may."""
    until = world.now() + timedelta(days=LONGEST_NOTICE_DAYS)
    notice = Notice(audience=Audience.EVERYBODY, words={"en": "Hello"}, until=until)
    world.services.notices.put_up(notice, now=world.now())
