"""What a pair is worth by the rules: similarity and the small terms, for whole blocks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from matcher.domain.errors import InvalidMatrixError
from matcher.domain.needs import Needs
from matcher.domain.profile import PeerProfile, SeekerProfile
from matcher.domain.rules import Rules
from matcher.engine.features import (
    Columns,
    PeerFeatures,
    SeekerFeatures,
    peer_features,
    seeker_features,
)
from matcher.engine.matrices import Bools, Floats
from matcher.engine.parts import Parts
from matcher.engine.people import NOTHING, People, Rows
from matcher.engine.profiles import people_of
from matcher.engine.similarity import PeerSimilarity
from matcher.engine.terms import small_terms, weights_of

LISTENING = 1 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What the pairs of a block are worth, and of what it consists.

    Attributes
    ----------
    parts : Parts
        The similarity; a seeker who just wants to talk has none.
    listening : ndarray of shape (n_rows, 1)
        `LISTENING` for a seeker who just wants to talk, else 0: with any listener they are as
        well off as others with a typical peer who shares two thirds of what was asked for.
    terms : dict of str to ndarray of shape (n_rows, n_peers)
        The small terms.
    """

    parts: Parts
    listening: Floats
    terms: dict[str, Floats]

    @property
    def score(self) -> Floats:
        """Add everything up, shape (n_rows, n_peers)."""
        return sum(self.terms.values(), start=self.parts.score + self.listening)

    @property
    def said(self) -> Floats:
        """Give the absolute said part that the floor reads, in [0, 1]."""
        return np.where(self.listening > 0, 1.0, self.parts.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """Everything that scoring needs of one population.

    Attributes
    ----------
    columns : Columns
        Which need has which column.
    people : People
        Both sides.
    peers : PeerFeatures
        What the peers among them told.
    main_weight : float
        How many times more the need that matters most counts.
    model : PeerSimilarity
        Fitted on these peers.
    terms : ndarray of shape (n_seekers, 4)
        What each small term (`matcher.engine.terms.TERMS`) adds at most for each seeker.
    """

    columns: Columns
    people: People
    peers: PeerFeatures
    main_weight: float
    model: PeerSimilarity
    terms: Floats

    @classmethod
    def of(
        cls,
        seekers: Sequence[SeekerProfile],
        peers: Sequence[PeerProfile],
        *,
        needs: Needs,
        rules: Rules,
    ) -> Self:
        """Score profiles: `on` with their columns.

        Parameters
        ----------
        seekers, peers : sequences of SeekerProfile and PeerProfile
            The people; none is allowed.
        needs : Needs
            The catalogue.
        rules : Rules
            Weights and the unsaid part's share.

        Returns
        -------
        Scorer

        Raises
        ------
        InvalidMatrixError
            If a weight of the rules is out of its range.

        Notes
        -----
        Takes some 20 microseconds a person, and what `on` takes.
        """
        return cls.on(people_of(seekers, peers, needs), rules)

    @classmethod
    def on(cls, people: People, rules: Rules, *, terms: Floats | None = None) -> Self:
        """Turn people into arrays and learn from the peers.

        Parameters
        ----------
        people : People
            The needs of their catalogue are the columns; the model learns from all of these
            peers, in whatever order.
        rules : Rules
            Weights and the unsaid part's share.
        terms : ndarray of shape (n_seekers, 4), optional
            What each small term adds at most for each seeker; None means the rules' weights.

        Returns
        -------
        Scorer

        Raises
        ------
        InvalidMatrixError
            If a weight of the rules is out of its range.

        Notes
        -----
        Takes O((n_seekers + n_peers) * n_needs + n_peers * n_needs**2).
        """
        if not 0 <= rules.weights.main < math.inf:
            raise InvalidMatrixError("the weight of the main need is negative or not finite")
        columns = Columns.of(people.needs)
        told = peer_features(people, columns)
        model = PeerSimilarity(
            rules.similarity.unsaid_weight,
            columns.numbers(rules.never_inferred(people.needs)),
            weights=[rules.weights.needs.get(need, 1.0) for need in columns.ids],
            full_from_peers=rules.similarity.full_from_peers,
        )
        return cls(
            columns=columns,
            people=people,
            peers=told,
            main_weight=rules.weights.main,
            model=model.fit(told.told.lived, told.told.known),
            terms=_terms(rules, len(people.seekers)) if terms is None else terms,
        )

    def seekers(self, rows: Rows) -> SeekerFeatures:
        """Read some seekers.

        Parameters
        ----------
        rows : slice or ndarray of int
            Which.

        Returns
        -------
        SeekerFeatures

        Notes
        -----
        Takes O(n_rows * n_needs), made anew each time: a dense table of everybody would be
        the largest thing in a round.
        """
        some = replace(self.people, seekers=self.people.seekers.rows(rows))
        return seeker_features(some, self.columns, main_weight=self.main_weight)

    def ticked(self) -> Bools:
        """Tell what everybody asked for.

        Returns
        -------
        ndarray of bool, shape (n_seekers, n_needs)

        Notes
        -----
        Takes O(n_seekers * n_needs).
        """
        ticks, width = self.people.seekers.ticks, len(self.columns.ids)
        places = self.columns.places(self.people)[ticks]
        found = np.zeros((len(ticks), width + 1), dtype=np.bool_)
        np.put_along_axis(found, np.where(places == NOTHING, width, places), True, axis=1)  # noqa: FBT003 - the value put
        return found[:, :width]

    def worth(self, rows: slice) -> Worth:
        """Score some seekers with all peers.

        Parameters
        ----------
        rows : slice
            Which seekers.

        Returns
        -------
        Worth
            Matrices of shape (n_rows, n_peers).

        Notes
        -----
        Takes O(n_rows * n_peers * n_needs) time, some 100 bytes a pair.
        """
        seekers = self.seekers(rows)
        return Worth(
            parts=self.model.parts(seekers.asked, self.peers.told),
            listening=np.where(seekers.just_talks[:, None], LISTENING, 0.0),
            terms=small_terms(seekers, self.peers, self.terms[rows]),
        )


def _terms(rules: Rules, n_seekers: int) -> Floats:
    return np.tile(weights_of(rules.weights), (n_seekers, 1))
