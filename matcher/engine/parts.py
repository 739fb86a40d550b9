"""What goes into the scores of pairs, and what they consist of."""

from dataclasses import dataclass

from matcher.engine.matrices import Bools, Floats

SAID = 0.5
"""What somebody who shares everything scores by what was said: it leaves the unsaid part, on
the same scale, as much room above what is typical as below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What seekers told, row by row.

    Attributes
    ----------
    ticks, matters : ndarray of shape (n_seekers, n_needs)
        The answers in [0, 1], and how much each ticked need matters to the seeker (0 or more;
        only ratios within a row count).
    known : ndarray of bool, shape (n_seekers, n_needs)
        Where there is an answer; all else is unknown, not "no".
    consent : ndarray of bool, shape (n_seekers,)
        Who agreed to the unsaid part.
    """

    ticks: Floats
    matters: Floats
    known: Bools
    consent: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What peers told, row by row.

    Attributes
    ----------
    lived : ndarray of shape (n_peers, n_needs)
        How much each has lived through, in [0, 1].
    known : ndarray of bool, same shape
        Where there is an answer; all else is unknown, not "no".
    """

    lived: Floats
    known: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the scores of a block of pairs consist of.

    Attributes
    ----------
    share : ndarray of shape (n_seekers, n_peers)
        How much of what the seeker asked for the peer has lived through, in [0, 1]: what the
        rules' floor reads. Said part = `SAID` of it.
    unsaid : ndarray of shape (n_seekers, n_peers)
        The unsaid part in [0, 1]; 0 without consent and where nothing can be guessed.
    unsaid_share : ndarray of shape (n_seekers, 1)
        The lambda of each seeker.
    """

    share: Floats
    unsaid: Floats
    unsaid_share: Floats

    @property
    def score(self) -> Floats:
        """Add the parts up, shape (n_seekers, n_peers), in [0, 1]."""
        said = (1 - self.unsaid_share) * SAID * self.share
        return said + self.unsaid_share * self.unsaid
