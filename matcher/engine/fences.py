"""Each hard constraint as bit sets, so that a whole pool is checked at once.

Each person's set is one of few, so these few are packed and then looked up, whoever many
people there are.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from matcher.domain.barriers import Barrier
from matcher.domain.needs import NeedId
from matcher.domain.profile import (
    BLOCKS_A_DAY,
    GENDERS,
    AgeBand,
    Format,
    Help,
    Identity,
    Manner,
    Nearness,
    Since,
)
from matcher.domain.rules import Musts
from matcher.engine.bits import Words, marked, meet, packed
from matcher.engine.matrices import Bools, Ints
from matcher.engine.people import NOTHING, People, Smalls
from matcher.engine.profiles import bits, number

BANDS = tuple(AgeBand)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The people and the switches that barriers are built from.

    Attributes
    ----------
    people : People
        Both sides.
    musts : Musts
        The switches.
    """

    people: People
    musts: Musts

    def ticked(self) -> Bools:
        """Mark what each seeker ticked.

        Returns
        -------
        ndarray of bool, shape (n_seekers, n_ids)

        Notes
        -----
        Takes O(n_seekers * n_ids).
        """
        ticks = self.people.seekers.ticks
        found = np.zeros((len(ticks), len(self.people.ids)), dtype=np.bool_)
        rows, slots = np.nonzero(ticks != NOTHING)
        found[rows, ticks[rows, slots]] = True
        return found

    def among(self, needs: frozenset[NeedId]) -> Bools:
        """Mark which needs are among some.

        Parameters
        ----------
        needs : frozenset of NeedId
            Any needs.

        Returns
        -------
        ndarray of bool, shape (n_ids,)

        Notes
        -----
        Takes O(n_ids).
        """
        return np.array([need in needs for need in self.people.ids], dtype=np.bool_)


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
        """Tell where it stands, for some seekers and all peers.

        Parameters
        ----------
        rows : slice
            Which seekers.

        Returns
        -------
        ndarray of bool, shape (n_rows, n_peers)

        Notes
        -----
        Takes O(n_rows * n_peers * n_words).
        """
        found = meet(self.mine[rows], self.theirs)
        return ~found if self.must_meet else found


def _language(sides: Sides) -> Fence:
    people = sides.people
    spoken = people.languages
    held = sorted({one for row in np.unique(people.peers.languages) for one in spoken[row]})
    sets = packed(marked(spoken, held))
    return Fence(
        must_meet=True,
        mine=sets[people.seekers.languages],
        theirs=sets[people.peers.languages],
    )


def _age(sides: Sides) -> Fence:
    ages = sides.musts.ages
    may_meet = _of_bands(ages.get(band, frozenset()) for band in BANDS)
    return Fence(
        must_meet=True,
        mine=may_meet[sides.people.seekers.age],
        theirs=_of_bands({band} for band in BANDS)[sides.people.peers.age],
    )


def _same_age(sides: Sides) -> Fence:
    seekers, single = sides.people.seekers, _of_bands({band} for band in BANDS)
    same, any_age = single[seekers.age], _of_bands([BANDS])
    return Fence(
        must_meet=True,
        mine=np.where(seekers.same_age_only[:, None], same, any_age),
        theirs=single[sides.people.peers.age],
    )


def _time(sides: Sides) -> Fence:
    """Two can be slow together, or live in a block that suits both; no blocks means any."""
    both = (sides.people.seekers, sides.people.peers)
    named = max((int(side.blocks.max()).bit_length() for side in both if len(side)), default=0)
    slow = 1 << max(named, BLOCKS_A_DAY)

    def times(format_: Smalls, blocks: Smalls) -> Words:
        live = np.where(blocks == 0, slow - 1, blocks)
        by_format = {Format.NOW_AND_THEN: slow + 0 * live, Format.LIVE: live}
        found = np.full(live.shape, slow) | live
        for how, set_ in by_format.items():
            found = np.where(format_ == number(how), set_, found)
        return _one_word(found)

    mine, theirs = (times(side.format, side.blocks) for side in both)
    return Fence(must_meet=True, mine=mine, theirs=theirs)


def _relay(sides: Sides) -> Fence:
    return Fence(
        must_meet=True,
        mine=_one_word(sides.people.seekers.relay_ok),
        theirs=_one_word(sides.people.peers.relay_ok),
    )


def _never_topic(sides: Sides) -> Fence:
    return _topics(sides.ticked(), sides.people.peers.never)


def _training(sides: Sides) -> Fence:
    careful = sides.among(sides.people.needs.formal_first)
    return _topics(sides.ticked(), careful & ~sides.people.peers.ready)


def _acute(sides: Sides) -> Fence:
    peers, guarded = sides.people.peers, sides.among(sides.musts.guarded(sides.people.needs))
    is_in_it = (peers.since == 1 + number(Since.NOW)) & (peers.lived > 0)
    return _topics(sides.ticked(), guarded & is_in_it)


def _listening(sides: Sides) -> Fence:
    people, listens = sides.people, bits({Help.LISTEN}, Help)
    is_talk = (people.seekers.ticks == people.just_talk) & (people.seekers.ticks != NOTHING)
    return Fence(
        must_meet=False,
        mine=_one_word(is_talk.any(axis=1)),
        theirs=_one_word(people.peers.help & listens == 0),
    )


def _identity(sides: Sides) -> Fence:
    everything = bits(Identity, Identity)
    return Fence(
        must_meet=False,
        mine=_one_word(sides.people.seekers.identity_only),
        theirs=_one_word(everything & ~sides.people.peers.identity),
    )


def _gender(sides: Sides) -> Fence:
    """Treat a peer who tells no gender as if they had any."""
    told = sides.people.peers.identity & bits(GENDERS, Identity)
    return Fence(
        must_meet=False,
        mine=_one_word(sides.people.seekers.gender_not),
        theirs=_one_word(np.where(told == 0, bits(Identity, Identity), told)),
    )


def _manner(sides: Sides) -> Fence:
    """Treat a peer who tells no manner as if they had any."""
    told = sides.people.peers.manner
    return Fence(
        must_meet=False,
        mine=_one_word(sides.people.seekers.manner_not),
        theirs=_one_word(np.where(told == NOTHING, bits(Manner, Manner), told)),
    )


def _nearness(sides: Sides) -> Fence:
    """Give every peer one member more, which a seeker without a must asks for."""
    seekers, peers = sides.people.seekers, sides.people.peers
    n_regions = len(sides.people.regions)
    here = np.zeros((n_regions + 1, n_regions + 1), dtype=np.bool_)  # the last row: not told
    here[:n_regions, :n_regions] = np.eye(n_regions, dtype=np.bool_)
    anywhere, elsewhere = np.zeros_like(here), np.zeros_like(here)
    anywhere[:, n_regions] = True
    elsewhere[:n_regions, :n_regions] = ~here[:n_regions, :n_regions]
    by_wish = {Nearness.NEAR_ONLY: here, Nearness.FAR_ONLY: elsewhere}
    sets = np.stack([packed(by_wish.get(wish, anywhere)) for wish in Nearness])
    return Fence(
        must_meet=True,
        mine=sets[seekers.nearness, seekers.region],
        theirs=packed(here | anywhere)[peers.region],
    )


def _of_bands(sets: Iterable[Iterable[AgeBand]]) -> Words:
    return packed(marked(list(sets), BANDS))


def _one_word(sets: Smalls | Ints | Bools) -> Words:
    return sets.astype(np.uint64)[:, None]


def _topics(mine: Bools, theirs: Bools) -> Fence:
    """Pack over what peers hold: what no peer holds can meet nobody."""
    held = theirs.any(axis=0)
    return Fence(must_meet=False, mine=packed(mine[:, held]), theirs=packed(theirs[:, held]))


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
