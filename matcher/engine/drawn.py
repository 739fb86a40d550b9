"""People as they were drawn: what rounds read, and what only their profiles hold."""

from dataclasses import dataclass

from matcher.engine.matrices import Bools, Ints
from matcher.engine.people import Peers, Seekers, Smalls


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSeekers:
    """Seekers with what only their profiles hold.

    Attributes
    ----------
    columns : Seekers
        What rounds read.
    look_in : ndarray of int, shape (n,)
        Numbers in `LookIn`.
    shown : ndarray of bool, shape (n, n_most)
        For each tick whether a card may show it.
    statistics : ndarray of bool, shape (n,)
        Who agreed to be counted.
    """

    columns: Seekers
    look_in: Smalls
    shown: Bools
    statistics: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPeers:
    """Peers with what only their profiles hold.

    Attributes
    ----------
    columns : Peers
        What rounds read.
    look_in : ndarray of int, shape (n,)
        Numbers in `LookIn`.
    hidden, trained, opted_in : ndarray of bool, shape (n, n_needs)
        Needs never to be shown; needs they are trained for; needs they opted in to.
    capacity : ndarray of int, shape (n,)
        How many people they take.
    """

    columns: Peers
    look_in: Smalls
    hidden: Bools
    trained: Bools
    opted_in: Bools
    capacity: Ints
