"""Each hard constraint as bit sets, so that a whole pool is checked at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from matcher.domain.barriers import Barrier
from matcher.domain.needs import JUST_TALK, NeedId, Needs
from matcher.domain.profile import (
    BLOCKS_A_DAY,
    GENDERS,
    AgeBand,
    Format,
    Help,
    Identity,
    Lived,
    Manner,
    Nearness,
    PeerProfile,
    Region,
    SeekerProfile,
    Since,
)
from matcher.domain.rules import Musts
from matcher.engine.bits import Words, meet, pack
from matcher.engine.matrices import Bools

SLOW = "slow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The people and the rules that barriers are built from."""

    seekers: Sequence[SeekerProfile]
    peers: Sequence[PeerProfile]
    needs: Needs
    musts: Musts

    def careful(self, seeker: SeekerProfile) -> frozenset[NeedId]:
        """Choose the seeker's needs for which formal help comes first."""
        return self.needs.formal_first & frozenset(seeker.needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """One barrier as bit sets: it stands where two sets meet, or where they do not.

    Attributes
    ----------
    must_meet : bool
        True: the barrier stands between two people whose sets have nothing in common.
        False: it stands between two whose sets have.
    mine, theirs : ndarray of uint64, shape (n_seekers, n_words) and (n_peers, n_words)
        The sets.
    """

    must_meet: bool
    mine: Words
    theirs: Words

    def stands(self, rows: slice) -> Bools:
        """Tell where it stands, for some seekers and all peers."""
        found = meet(self.mine[rows], self.theirs)
        return ~found if self.must_meet else found


def _language(sides: Sides) -> Fence:
    return _fence(
        [seeker.languages for seeker in sides.seekers],
        [peer.languages for peer in sides.peers],
        must_meet=True,
    )


def _age(sides: Sides) -> Fence:
    nobody: frozenset[AgeBand] = frozenset()
    return _fence(
        [sides.musts.ages.get(seeker.age, nobody) for seeker in sides.seekers],
        [{peer.age} for peer in sides.peers],
        must_meet=True,
    )


def _same_age(sides: Sides) -> Fence:
    return _fence(
        [{s.age} if s.wishes.same_age_only else set(AgeBand) for s in sides.seekers],
        [{peer.age} for peer in sides.peers],
        must_meet=True,
    )


def _time(sides: Sides) -> Fence:
    """Two can be slow together, or live in a block that suits both; no blocks means any."""
    people = [*sides.seekers, *sides.peers]
    named = {block for person in people for block in person.day_blocks}
    blocks = frozenset(range(BLOCKS_A_DAY)) | named

    def times(person: SeekerProfile | PeerProfile) -> frozenset[object]:
        live = person.day_blocks or blocks
        match person.format:
            case Format.NOW_AND_THEN:
                return frozenset({SLOW})
            case Format.LIVE:
                return frozenset(live)
            case Format.EITHER:
                return frozenset({SLOW, *live})

    return _fence(map(times, sides.seekers), map(times, sides.peers), must_meet=True)


def _relay(sides: Sides) -> Fence:
    return _fence(
        [{seeker.relay_ok} - {False} for seeker in sides.seekers],
        [{peer.relay_ok} - {False} for peer in sides.peers],
        must_meet=True,
    )


def _never_topic(sides: Sides) -> Fence:
    return _fence(
        [seeker.needs for seeker in sides.seekers],
        [peer.never for peer in sides.peers],
        must_meet=False,
    )


def _training(sides: Sides) -> Fence:
    careful = sides.needs.formal_first
    return _fence(
        map(sides.careful, sides.seekers),
        [careful - (peer.trained & peer.opted_in) for peer in sides.peers],
        must_meet=False,
    )


def _acute(sides: Sides) -> Fence:
    asked = sides.musts.guarded(sides.needs)
    return _fence(
        [asked & frozenset(seeker.needs) for seeker in sides.seekers],
        [asked & _in_it(peer) for peer in sides.peers],
        must_meet=False,
    )


def _in_it(peer: PeerProfile) -> frozenset[NeedId]:
    return frozenset(
        need
        for need, experience in peer.lived.items()
        if experience.since is Since.NOW and experience.lived > Lived.NOT_AT_ALL
    )


def _listening(sides: Sides) -> Fence:
    return _fence(
        [{JUST_TALK}.intersection(seeker.needs) for seeker in sides.seekers],
        [set() if Help.LISTEN in peer.help else {JUST_TALK} for peer in sides.peers],
        must_meet=False,
    )


def _identity(sides: Sides) -> Fence:
    return _fence(
        [seeker.wishes.identity_only for seeker in sides.seekers],
        [frozenset(Identity) - peer.identity for peer in sides.peers],
        must_meet=False,
    )


def _gender(sides: Sides) -> Fence:
    """Treat a peer who tells no gender as if they had any."""
    return _fence(
        [seeker.wishes.gender_not for seeker in sides.seekers],
        [peer.identity & GENDERS or frozenset(Identity) for peer in sides.peers],
        must_meet=False,
    )


def _manner(sides: Sides) -> Fence:
    """Treat a peer who tells no manner as if they had any."""
    return _fence(
        [seeker.wishes.manner_not for seeker in sides.seekers],
        [frozenset(Manner) if peer.manner is None else peer.manner for peer in sides.peers],
        must_meet=False,
    )


def _nearness(sides: Sides) -> Fence:
    """Give every peer None, which a seeker without a must asks for."""
    everywhere: frozenset[Region | None] = frozenset(p.region for p in sides.peers) - {None}

    def may_be(seeker: SeekerProfile) -> frozenset[Region | None]:
        here: frozenset[Region | None] = frozenset({seeker.region} - {None})
        match seeker.wishes.nearness:
            case Nearness.NEAR_ONLY:
                return here
            case Nearness.FAR_ONLY:
                return everywhere - here if here else frozenset()
            case _:
                return frozenset({None})

    theirs = [{None, peer.region} for peer in sides.peers]
    return _fence(map(may_be, sides.seekers), theirs, must_meet=True)


def _fence(
    mine: Iterable[Iterable[object]], theirs: Iterable[Iterable[object]], *, must_meet: bool
) -> Fence:
    """Pack both sides over what peers hold: a member that no peer has can meet nobody."""
    asked, held = list(mine), [frozenset(members) for members in theirs]
    vocabulary = dict.fromkeys(member for members in held for member in members)
    return Fence(
        must_meet=must_meet, mine=pack(asked, vocabulary), theirs=pack(held, vocabulary)
    )


FENCES: Mapping[Barrier, Callable[[Sides], Fence]] = {
    Barrier.LANGUAGE: _language,
    Barrier.AGE: _age,
    Barrier.SAME_AGE: _same_age,
    Barrier.TIME: _time,
    Barrier.RELAY: _relay,
    Barrier.NEVER_TOPIC: _never_topic,
    Barrier.TRAINING: _training,
    Barrier.ACUTE: _acute,
    Barrier.LISTENING: _listening,
    Barrier.IDENTITY: _identity,
    Barrier.GENDER: _gender,
    Barrier.MANNER: _manner,
    Barrier.NEARNESS: _nearness,
}
