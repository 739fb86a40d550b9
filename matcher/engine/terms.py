"""The small terms of a score: stage, kind of help, identity and nearness, as wished for."""

import numpy as np

from matcher.domain.rules import Weights
from matcher.engine.features import PeerFeatures, SeekerFeatures
from matcher.engine.matrices import Bools, Floats, ratio
from matcher.engine.people import NOTHING

STEP_AHEAD = np.array(
    # how well it fits: a peer who did not say, is in it now, not long ago, long ago
    [
        [0.0, 0.0, 0.0, 0.0],  # the seeker did not say
        [0.0, 0.2, 1.0, 0.7],  # just starting: somebody who still knows the first steps
        [0.0, 0.3, 0.8, 1.0],  # in the middle: somebody who has come through
        [0.0, 0.5, 0.8, 1.0],  # further along
    ]
)


TERMS = ("stage", "help", "identity", "nearness")


def small_terms(
    seekers: SeekerFeatures, peers: PeerFeatures, weights: Floats
) -> dict[str, Floats]:
    """Weigh what may tip the balance between peers who fit about as well.

    Parameters
    ----------
    seekers, peers : SeekerFeatures, PeerFeatures
        n_seekers and n_peers people.
    weights : ndarray of shape (n_seekers, 4)
        What each term of `TERMS` adds at most for each seeker, 0 or more.

    Returns
    -------
    dict of str to ndarray of shape (n_seekers, n_peers)
        Under the names of `TERMS`, each from 0 to its weight: no term ever lowers a score,
        and where either side did not say it is 0.

    Notes
    -----
    Takes O(n_seekers * n_peers) for each term.
    """
    wants_help, likes = (side.sum(axis=1)[:, None] for side in (seekers.help, seekers.better))
    fits = (
        _stage(seekers, peers),
        ratio(seekers.help @ peers.help.T, wants_help),
        ratio(seekers.better @ peers.identity.T, likes),
        _nearness(seekers, peers),
    )
    return {
        name: weights[:, place, None] * fit
        for place, (name, fit) in enumerate(zip(TERMS, fits, strict=True))
    }


def weights_of(weights: Weights) -> Floats:
    """Put the rules' weights of the small terms in the order of `TERMS`.

    Parameters
    ----------
    weights : Weights
        Of the rules.

    Returns
    -------
    ndarray of shape (4,)

    Notes
    -----
    Takes O(1).
    """
    return np.array([weights.stage, weights.help, weights.identity, weights.nearness])


def _stage(seekers: SeekerFeatures, peers: PeerFeatures) -> Floats:
    if not peers.since.shape[1]:
        return np.zeros((len(seekers.main), len(peers.region)))
    since = peers.since[:, seekers.main].T
    fits: Floats = STEP_AHEAD[seekers.stage[:, None], since]
    fits[seekers.main == NOTHING] = 0.0
    return fits


def _nearness(seekers: SeekerFeatures, peers: PeerFeatures) -> Floats:
    here, there = seekers.region[:, None], peers.region[None, :]
    both_told = (here != NOTHING) & (there != NOTHING)
    is_near = both_told & (here == there)
    likes_near, likes_far = seekers.likes_near[:, None], seekers.likes_far[:, None]
    fits: Bools = (likes_near & is_near) | (likes_far & both_told & ~is_near)
    return np.where(fits, 1.0, 0.0)
