"""What coordinators decide about reports, once each, and what becomes of people by it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.bootstrap import coordinator_key
from matcher.domain.errors import MatcherError, ReportGoneError
from matcher.domain.place import CheckIn, PlaceState
from matcher.domain.profile import Role
from matcher.domain.report import (
    Category,
    Decision,
    ReportId,
    ReportState,
)
from matcher.service.report_desk import ReportDesk
from matcher.state.coordinator_key import CoordinatorKey
from matcher.store.reports import Reports, Verdict
from tests.telling import carry_out, decide, desk_of, stands, states, tell
from tests.world import World, with_capacity

DAY = timedelta(days=1)


def test_checking_in_counts_for_nothing_while_the_team_looks_and_checking_out_does(
    world: World,
) -> None:
    seeker, peer = world.seeker(), world.peer()
    report = tell(world, seeker, world.room(seeker, peer))

    world.services.places.check_out(peer.visitor)
    world.services.places.check_in(peer.visitor, CheckIn.TODAY)
    decide(world, report, Decision.DISMISS)

    assert stands(world, peer) is PlaceState.AWAY


def test_the_queue_is_sealed_until_somebody_opens_it_and_that_is_written_down(
    world: World,
) -> None:
    seeker, peer, opened = world.seeker(), world.peer(), list[ReportId]()
    report = tell(world, seeker, world.room(seeker, peer), Category.MONEY)
    desk = desk_of(world, opened)
    listed = [one.id for one in desk.waiting()]
    before = (list(opened), states(world, seeker))

    found = desk.open(report)

    assert (listed, *before) == ([report], [], [ReportState.SENT])
    assert (found.category, found.about) == (Category.MONEY, Role.PEER)
    assert opened == [report]
    assert states(world, seeker) == [ReportState.SEEN]


def test_no_other_key_opens_a_report(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    report = tell(world, seeker, world.room(seeker, peer))
    other = CoordinatorKey(world.settings.folders.state / "other", "main")
    desk = ReportDesk(world.backing, other, lambda _: None)

    with pytest.raises(ReportGoneError):
        desk.open(report)
    with pytest.raises(ReportGoneError):
        desk.decide(report, Decision.REVOKE)

    assert states(world, seeker) == [ReportState.SENT]
    assert world.backing.head(peer.visitor.handle) is not None


def test_dismissing_releases_the_hold_in_one_step_and_leaves_no_mark(world: World) -> None:
    seeker, peer = world.seeker(), world.peer(with_capacity(2))
    before = set(world.redis.hkeys(world.backing.keys("h:", peer.visitor.handle)))
    report = tell(world, seeker, world.room(seeker, peer))

    decide(world, report, Decision.DISMISS)

    assert world.is_reachable(peer)
    assert world.propose(world.seeker(), peer)[1] == "offered"
    assert states(world, seeker) == [ReportState.SEEN]
    after = set(world.redis.hkeys(world.backing.keys("h:", peer.visitor.handle)))
    assert after == before
    assert not world.redis.hexists(world.backing.keys("report:", report), "report")


def test_dismissing_one_of_two_releases_only_what_it_held(world: World) -> None:
    peer = world.peer(with_capacity(3))
    first, second = world.seeker(), world.seeker()
    rooms = [world.room(who, peer) for who in (first, second)]
    reports = [tell(world, who, room) for who, room in zip((first, second), rooms, strict=True)]

    decide(world, reports[0], Decision.DISMISS)
    between = world.propose(world.seeker(), peer)[1]
    decide(world, reports[1], Decision.DISMISS)

    assert between == "held"
    assert stands(world, peer) is PlaceState.HERE


def test_a_warning_is_read_and_holds_nobody(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    report = tell(world, seeker, world.room(seeker, peer), Category.PREACHING)

    decide(world, report, Decision.WARN)

    place = world.services.places.look(peer.visitor)
    assert (place.is_warned, place.state is PlaceState.HELD) == (True, False)
    assert not world.services.places.look(seeker.visitor).is_warned
    assert states(world, seeker) == [ReportState.ACTED]
    world.advance(16 * DAY)
    assert not world.services.places.look(world.again(peer)).is_warned


@pytest.mark.parametrize("category", [Category.UNSAFE, Category.UNKIND])
def test_a_rest_that_is_decided_lasts_a_week(world: World, category: Category) -> None:
    seeker, peer = world.seeker(), world.peer()
    report = tell(world, seeker, world.room(seeker, peer), category)

    decide(world, report, Decision.REST)
    world.advance(6 * DAY)
    before = stands(world, peer)
    world.advance(2 * DAY)

    assert (before, stands(world, peer)) == (PlaceState.HELD, PlaceState.AWAY)


def test_who_is_suspended_stays_so_for_as_long_as_their_place_lasts(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    report = tell(world, seeker, world.room(seeker, peer))

    decide(world, report, Decision.SUSPEND)
    world.advance(80 * DAY)

    assert stands(world, peer) is PlaceState.HELD


def test_who_is_revoked_is_gone_with_all_that_was_open(world: World) -> None:
    seeker, peer, asked = world.seeker(), world.peer(with_capacity(3)), world.seeker()
    report = tell(world, seeker, world.room(seeker, peer), Category.UNKIND)
    world.propose(asked, peer)
    talking = world.seeker()
    world.room(talking, peer)

    decide(world, report, Decision.REVOKE)

    assert not [key for key in world.key_names() if peer.visitor.handle in key]
    assert world.waits(asked)
    assert world.waits(talking)
    assert states(world, seeker) == [ReportState.ACTED]
    with pytest.raises(MatcherError):
        world.again(peer)


def test_two_coordinators_decide_once(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    report = tell(world, seeker, world.room(seeker, peer))
    decide(world, report, Decision.DISMISS)

    with pytest.raises(ReportGoneError):
        decide(world, report, Decision.SUSPEND)
    with pytest.raises(ReportGoneError):
        desk_of(world).open(report)

    assert stands(world, peer) is not PlaceState.HELD


def test_who_decides_at_the_same_moment_as_another_changes_nothing_more(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    report, now = tell(world, seeker, world.room(seeker, peer)), world.now()
    store, private = Reports(world.backing), coordinator_key(world.settings).private()
    record = store.open(private, report)
    assert record is not None
    dismissed = Verdict(state=ReportState.SEEN)

    decided = [
        store.decide(report, record, verdict, now=now)
        for verdict in (dismissed, replace(dismissed, held_until=now + 9 * DAY))
    ]

    carry_out(world)
    assert decided == [True, False]
    assert stands(world, peer) is PlaceState.HERE
