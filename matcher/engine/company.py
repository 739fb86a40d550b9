"""Who else a card could mean: whether enough of those who wait fit what a peer would see.

A hostile peer knows a person, and makes answers of their own that hardly anybody else is
suggested for. A card that fits few would tell them that this person is here.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

import numpy as np

from matcher.domain.card import COMPANY, Card, may_see
from matcher.domain.needs import CardShows, NeedId
from matcher.domain.profile import Format, Handle, PeerProfile, SeekerProfile
from matcher.domain.room import RoomKind, room_kind
from matcher.domain.rules import Musts
from matcher.engine.bits import meet
from matcher.engine.constraints import Constraints
from matcher.engine.crowd import Crowd
from matcher.engine.fences import Sides
from matcher.engine.matrices import Bools, Ints
from matcher.engine.people import NOTHING, Smalls
from matcher.engine.profiles import padded

FIRST_LOOK = 512
"""So many are looked at first, then twice as many each time: most cards fit some of these."""


BARE = Card(languages=frozenset(), kind=None)
MOST_LANGUAGES = 3
"""Hardly ever do many share each of the sets of more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tellable:
    """What a peer's cards may tell: what only few leave out would be told by that."""

    kind: bool
    languages: bool


class Company:
    """Those who wait in one round, asked about one card after the other.

    Parameters
    ----------
    crowd : Crowd
        Everybody a round looks at.
    shown : ndarray of int, shape (n_seekers, n_most)
        Rows of `crowd.people.ids` a seeker: the needs that their card may show; `NOTHING`
        fills up. See `shown_of`.
    musts : Musts
        Who may meet whom.
    """

    def __init__(self, crowd: Crowd, shown: Smalls, musts: Musts) -> None:
        self._people = crowd.people
        self._shown = shown
        self._fences = Constraints.of(Sides(people=crowd.people, musts=musts)).fences
        self._rows = {handle: row for row, handle in enumerate(crowd.peers)}
        self._barred: Ints = crowd.barred[np.argsort(crowd.barred[:, 1], kind="stable")]

    def of(self, handle: Handle, peer: PeerProfile) -> Callable[[Card], bool]:
        """Tell for each card of a peer's whether `COMPANY` people fit it whom they may meet.

        Parameters
        ----------
        handle : Handle
            A peer of the crowd.
        peer : PeerProfile
            Their answers.

        Returns
        -------
        callable
            Takes a card of theirs; True where so many who wait would show the same.

        Notes
        -----
        Each call takes O(n_seekers * n_lines), and less where many fit: it ends as soon as
        there are enough.
        """
        row = self._rows[handle]
        kind = self._may_tell_kind(row, peer)
        may_tell = _Tellable(
            kind=kind, languages=self._may_tell_languages(row, peer, kind=kind)
        )
        return partial(self._fits_many, row, peer, may_tell)

    def _fits_many(
        self, row: int, peer: PeerProfile, may_tell: "_Tellable", card: Card
    ) -> bool:
        """Count those behind a group's line who would not be shown by the need's own name.

        Whose need many share is shown by its name: a card with the group in its place would
        tell that it is one of the other needs, which may be a single person's.
        """
        if (card.kind and not may_tell.kind) or (card.languages and not may_tell.languages):
            return False
        nameable = [*self._nameable(card, peer)]
        if not self._fit(row, peer, card, nameable):
            return False
        named = {
            need
            for need in nameable
            if self._fit(row, peer, replace(card, needs=(need,), groups=()), ())
        }
        return not named or self._fit(row, peer, card, {*nameable} - named)

    def _may_tell_kind(self, row: int, peer: PeerProfile) -> bool:
        """Tell whether many would talk in each way: else what is left out is told too."""
        return peer.format is not Format.EITHER or all(
            self._fit(row, peer, replace(BARE, kind=kind), ()) for kind in RoomKind
        )

    def _may_tell_languages(self, row: int, peer: PeerProfile, *, kind: bool) -> bool:
        """Tell whether many share each set of a peer's languages, in each way that is told."""
        spoken = sorted(peer.languages)
        if not 1 < len(spoken) <= MOST_LANGUAGES:
            return len(spoken) == 1  # then the card says what the peer knows anyway
        is_kind_open = kind and peer.format is Format.EITHER
        return all(
            self._fit(row, peer, replace(BARE, languages=frozenset(shared), kind=how), ())
            for count in range(1, len(spoken) + 1)
            for shared in combinations(spoken, count)
            for how in (RoomKind if is_kind_open else (None,))
        )

    def _nameable(self, card: Card, peer: PeerProfile) -> Iterator[NeedId]:
        for need in self._people.needs.all:
            is_named = need.card is CardShows.NEED and need.group in card.groups
            if is_named and may_see(need.id, peer):
                yield need.id

    def _fit(
        self, row: int, peer: PeerProfile, card: Card, unnamed: Collection[NeedId]
    ) -> bool:
        found, barred = 0, self._barred_for(row)
        lines = [*self._lines(card, peer, unnamed)]
        speaks, talks = self._speaks(card, peer), self._talks(card, peer)
        seekers = self._people.seekers
        for rows in _looks(len(seekers)):
            fits = speaks[seekers.languages[rows]] & talks[seekers.format[rows]]
            for line in lines:
                fits &= line[self._shown[rows]].any(axis=1)
            left = rows.start + np.flatnonzero(fits)
            found += len(self._met(left[~np.isin(left, barred)], row))
            if found >= COMPANY:
                return True
        return False

    def _lines(
        self, card: Card, peer: PeerProfile, unnamed: Collection[NeedId]
    ) -> Iterator[Bools]:
        """For each line mark the needs that would show it, and nothing for "no need"."""
        known, ids = self._people.needs.by_id, self._people.ids
        for name in card.needs:
            yield np.array([*(need == name for need in ids), False])
        for group in card.groups:
            yield np.array(
                [
                    *(
                        known[need].group == group
                        and (known[need].card is CardShows.GROUP or need in unnamed)
                        and may_see(need, peer)
                        for need in ids
                    ),
                    False,
                ]
            )

    def _speaks(self, card: Card, peer: PeerProfile) -> Bools:
        """Mark the sets of languages that would show the same; a card may show none."""
        return np.array(
            [
                not card.languages or spoken & peer.languages == card.languages
                for spoken in map(frozenset, self._people.languages)
            ],
            dtype=np.bool_,
        )

    def _talks(self, card: Card, peer: PeerProfile) -> Bools:
        kinds = {*RoomKind} if card.kind is None else {card.kind}
        return np.array([room_kind(how, peer.format) in kinds for how in Format])

    def _met(self, rows: Ints, peer: int) -> Ints:
        """Keep those whom no barrier keeps from a peer."""
        for fence in self._fences.values():
            meets = meet(fence.mine[rows], fence.theirs[peer : peer + 1])[:, 0]
            rows = rows[meets == fence.must_meet]
        return rows

    def _barred_for(self, row: int) -> Ints:
        first, last = np.searchsorted(self._barred[:, 1], [row, row + 1])
        return self._barred[first:last, 0]


def shown_of(seekers: Iterable[SeekerProfile], ids: Sequence[NeedId]) -> Smalls:
    """Tell which needs a card of each seeker may show.

    Parameters
    ----------
    seekers : iterable of SeekerProfile
        In the order of their rows.
    ids : sequence of NeedId
        The needs by their rows.

    Returns
    -------
    ndarray of int, shape (n_seekers, n_most)
        As `Company` takes it.

    Notes
    -----
    Takes O(n_seekers * n_most).
    """
    place = {need: at for at, need in enumerate(ids)}
    rows = [
        [place[need] for need in one.needs if need in one.shown and need in place]
        for one in seekers
    ]
    return padded(rows) if rows else np.full((0, 1), NOTHING, dtype=np.int32)


def _looks(count: int) -> Iterator[slice]:
    start, size = 0, FIRST_LOOK
    while start < count:
        yield slice(start, min(count, start + size))
        start, size = start + size, 2 * size
