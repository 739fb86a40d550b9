"""A peer who changes their answers learns nothing sooner by it."""

from dataclasses import replace
from datetime import timedelta
from secrets import token_bytes

import pytest

from matcher.domain.codes import Code
from matcher.domain.errors import DraftGoneError, InvitationGoneError, OfferGoneError
from matcher.domain.invitation import Scope
from matcher.domain.offer import Reply
from matcher.domain.place import CheckIn, PlaceState, Visitor
from matcher.domain.profile import Identity, Language, PeerProfile
from matcher.store.vault import vault_size
from matcher.store.wire import PROFILE_SIZE
from tests.world import GRIEF, PEER, WIDER, Person, World, with_capacity

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NARROWER = replace(PEER, never=frozenset({GRIEF}))


def _counting(world: World, who: Person) -> PeerProfile:
    """Read what rounds see of a peer."""
    found = world.pool.reread([who.visitor.handle])[who.visitor.handle][0]
    assert isinstance(found, PeerProfile)
    return found


def _change(world: World, who: Person, profile: PeerProfile) -> Visitor:
    visitor = world.again(who)
    world.services.places.change(visitor, profile)
    return visitor


def test_what_a_peer_adds_counts_a_day_later_and_is_theirs_to_see_at_once(world: World) -> None:
    peer = world.peer(how=CheckIn.FEW_DAYS)

    visitor = _change(world, peer, WIDER)

    place = world.services.places.look(visitor)
    assert _counting(world, peer) == PEER
    assert world.services.places.answers(visitor) == WIDER
    assert place.counts_from is not None
    assert DAY <= place.counts_from - world.now() <= DAY + HOUR
    world.advance(DAY - HOUR)
    assert world.is_reachable(peer)
    assert _counting(world, peer) == PEER
    world.advance(2 * HOUR)
    assert world.is_reachable(peer)  # the next round alone moves them on
    assert _counting(world, peer) == WIDER


def test_a_visit_after_its_time_finds_that_all_counts(world: World) -> None:
    peer = world.peer()
    _change(world, peer, WIDER)
    world.advance(DAY + HOUR)

    place = world.services.places.look(world.again(peer))

    assert place.counts_from is None
    assert _counting(world, peer) == WIDER
    assert not world.redis.exists(world.backing.keys("l:", peer.visitor.handle))


def test_what_a_peer_takes_away_counts_at_once(world: World) -> None:
    peer = world.peer()

    _change(world, peer, NARROWER)

    assert _counting(world, peer).never == {GRIEF}
    assert world.is_reachable(peer)


def test_suggestions_on_more_than_is_left_end_and_the_pair_is_not_shown_again(
    world: World,
) -> None:
    seeker, peer = world.seeker(), world.peer()
    offer, _ = world.propose(seeker, peer)

    _change(world, peer, NARROWER)

    with pytest.raises(OfferGoneError):
        world.answer(peer, offer, Reply.ACCEPTED)
    assert world.waits(seeker)
    assert world.propose(seeker, peer)[1] == "again"
    assert world.propose(world.seeker(), peer)[1] == "offered"


def test_what_is_added_takes_no_suggestion_back(world: World) -> None:
    seeker, peer = world.seeker(), world.peer()
    offer, _ = world.propose(seeker, peer)

    _change(world, peer, WIDER)

    world.answer(peer, offer, Reply.ACCEPTED)
    assert world.answer(seeker, offer, Reply.ACCEPTED)


def test_suggestions_on_the_old_answers_end_when_the_new_ones_count(world: World) -> None:
    seeker, peer = world.seeker(), world.peer(how=CheckIn.FEW_DAYS)
    world.propose(seeker, peer, lasts=timedelta(days=6))
    _change(world, peer, WIDER)
    world.advance(DAY + HOUR)

    visitor = world.again(peer)

    assert world.services.offers.open_for(visitor) == ()
    assert world.waits(seeker)


def test_the_last_day_of_edits_is_asked_nothing_once_a_second_takes_away(world: World) -> None:
    peer = world.peer(with_capacity(3), how=CheckIn.FEW_DAYS)
    _change(world, peer, replace(NARROWER, capacity=3))
    assert world.is_reachable(peer)

    visitor = _change(world, peer, replace(NARROWER, capacity=3, relay_ok=False))

    assert not world.is_reachable(peer)
    assert world.propose(world.seeker(), peer)[1] == "rest"
    assert world.services.places.look(visitor).state is PlaceState.CHANGING
    world.advance(DAY + HOUR)
    assert world.is_reachable(peer)


def test_another_edit_begins_the_day_anew(world: World) -> None:
    peer = world.peer(how=CheckIn.FEW_DAYS)
    _change(world, peer, WIDER)
    world.advance(DAY - 2 * HOUR)

    _change(world, peer, replace(WIDER, identity=frozenset({Identity.FAITH})))

    world.advance(3 * HOUR)
    assert world.is_reachable(peer)
    assert _counting(world, peer) == PEER


def test_how_much_a_peer_carries_begins_no_day_and_holds_for_both_answers(
    world: World,
) -> None:
    peer = world.peer(how=CheckIn.FEW_DAYS)
    visitor = _change(world, peer, WIDER)
    counts_from = world.services.places.look(visitor).counts_from
    world.advance(2 * HOUR)

    world.services.places.set_capacity(world.again(peer), 3)
    visitor = _change(world, peer, replace(WIDER, capacity=3))

    assert world.services.places.look(visitor).counts_from == counts_from
    world.advance(DAY)
    assert world.is_reachable(peer)
    assert _counting(world, peer) == replace(WIDER, capacity=3)


def test_answers_may_be_corrected_freely_before_anybody_could_be_suggested(
    world: World,
) -> None:
    peer = world.peer(how=None)

    _change(world, peer, WIDER)

    assert _counting(world, peer) == WIDER


def test_sending_the_last_page_again_is_an_edit_like_any_other(world: World) -> None:
    invitation = _invitation(world)
    seed = token_bytes(32)
    admission = world.services.intake.admit_peer(PEER, seed=seed, invitation=invitation)
    visitor = world.services.places.visitor(admission.cookie)
    world.services.places.check_in(visitor, CheckIn.TODAY)

    world.services.intake.admit_peer(WIDER, seed=seed, invitation=invitation)

    found = world.pool.reread([visitor.handle])[visitor.handle][0]
    assert found == PEER


def test_new_answers_live_as_long_as_the_old_and_are_as_long(world: World) -> None:
    peer = world.peer()
    visitor = _change(world, peer, WIDER)
    counting, later = (world.backing.keys(kind, visitor.handle) for kind in ("p:", "l:"))

    world.advance(3 * HOUR)
    before = world.redis.execute_command("PEXPIRETIME", later)
    world.services.places.extend(world.again(peer))

    ends = [world.redis.execute_command("PEXPIRETIME", key) for key in (counting, later)]
    assert ends[0] == ends[1]
    lengths = {world.redis.strlen(key) for key in (counting, later)}
    assert lengths == {vault_size(PROFILE_SIZE)}
    assert ends[0] > before
    world.advance(DAY + HOUR)
    assert world.services.places.answers(world.again(peer)) == WIDER


def test_new_answers_outlive_a_long_conversation_with_the_old(world: World) -> None:
    peer = world.peer(how=CheckIn.FEW_DAYS)
    ends = world.services.places.look(peer.visitor).until
    world.advance(ends - world.now() - 2 * DAY)
    visitor = world.again(peer)
    world.services.places.check_in(visitor, CheckIn.FEW_DAYS)
    world.services.places.change(visitor, WIDER)
    offer, _ = world.propose(world.seeker(), peer)

    world.answer(peer, offer, Reply.ACCEPTED)

    world.advance(3 * DAY)
    assert world.services.places.answers(world.again(peer)) == WIDER


def test_erasing_takes_what_does_not_count_yet_too(world: World) -> None:
    peer = world.peer()
    visitor = _change(world, peer, WIDER)

    world.services.places.erase(visitor)

    assert not [key for key in world.key_names() if visitor.handle in key]


def test_neither_a_second_session_nor_an_edit_renews_the_ration(world: World) -> None:
    peer = world.peer(with_capacity(5), how=CheckIn.FEW_DAYS)
    for _ in range(world.rules.offers.a_day):
        assert world.propose(world.seeker(), peer)[1] == "offered"

    _change(world, peer, replace(NARROWER, capacity=5))
    visitor = world.again(peer)
    world.services.places.pause(visitor)
    world.services.places.resume(visitor)
    world.services.places.check_in(visitor, CheckIn.FEW_DAYS)

    assert world.propose(world.seeker(), peer)[1] == "ration"


def test_who_erases_comes_back_only_on_another_invitation(world: World) -> None:
    invitation, seed = _invitation(world), token_bytes(32)
    admission = world.services.intake.admit_peer(PEER, seed=seed, invitation=invitation)
    world.services.places.erase(world.services.places.visitor(admission.cookie))

    with pytest.raises(DraftGoneError):
        world.services.intake.admit_peer(PEER, seed=seed, invitation=invitation)
    with pytest.raises(InvitationGoneError):
        world.services.intake.admit_peer(PEER, seed=token_bytes(32), invitation=invitation)


def test_a_peer_who_only_adds_is_not_asked_less(world: World) -> None:
    peer = world.peer(how=CheckIn.FEW_DAYS)

    for language in ("ar", "fr"):
        _change(world, peer, replace(PEER, languages=PEER.languages | {Language(language)}))

    assert world.is_reachable(peer)


def _invitation(world: World) -> Code:
    return world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )[0]
