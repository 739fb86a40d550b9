"""The hall of the auction: who looks around when, who bids when, and by how much."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from matcher.engine.auction import LEAST_SHARE, NOBODY, Lists, Market, Steps, bid
from matcher.engine.matrices import Ints
from matcher.engine.scanning import Scans

FEWEST_AT_ONCE, MOST_AT_ONCE, BATCHES = 256, 8192, 100
LEAST_STEP = 1e-5
PATIENCE, DOUBLES_EVERY, LARGEST = 8, 2, 0.1
NOBODY_NOW: Ints = np.zeros(0, dtype=np.int64)


class Course(NamedTuple):
    """How an auction went.

    Attributes
    ----------
    typical : float
        What a pair is worth, the bonus aside: what the first seekers could reach at best.
    growth : float
        How many times larger the last raises were than those it began with.
    """

    typical: float
    growth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """How careful an auction is.

    Attributes
    ----------
    loss : float
        What share of the best total raises may cost, about half of which they do in drawn
        pools; at worst three times as much.
    bonus : float
        What each pair is worth besides its score.
    growth : float
        How many times larger raises are in the beginning.
    """

    loss: float
    bonus: float
    growth: float = 1.0

    def steps(self, course: Course) -> Steps:
        """Say how far bids may be off by now; less would be lost in rounding.

        Parameters
        ----------
        course : Course
            How it went so far.

        Returns
        -------
        Steps

        Notes
        -----
        Takes O(1).
        """
        worth = course.typical + self.bonus
        least = LEAST_STEP * worth
        aim = self.loss * course.growth * course.typical
        share = aim / worth / 2 if worth > 0 else 0.0
        return Steps(max(aim * 1.5, least), max(aim * 0.75, least), max(share, LEAST_SHARE))

    def grown(self, scans_a_list: float) -> float:
        """Say how many times larger raises are by now.

        Parameters
        ----------
        scans_a_list : float
            How often everybody has looked around, on average.

        Returns
        -------
        float
            1 or more, and never so large that a tenth of a pair's worth would be lost.

        Notes
        -----
        Takes O(1).
        """
        doubled = max(0, int((scans_a_list - PATIENCE) // DOUBLES_EVERY))
        return min(self.growth * 2.0 ** min(doubled, 60), max(self.growth, LARGEST / self.loss))


def hold(
    market: Market, lists: Lists, scans: Scans, care: Care, waiting: Ints | None = None
) -> Course:
    """Hold an auction: some bid while the next ones look around.

    Parameters
    ----------
    market : Market
        Where bids stand; changed.
    lists : Lists
        Room for everybody's list; overwritten.
    scans : Scans
        Makes the lists.
    care : Care
        How careful to be.
    waiting : ndarray of int, optional
        Lists of those who take part; None means all.

    Returns
    -------
    Course
        How it went. Raises grow where many peers are worth the same to many seekers, more
        than a list holds: there prices would else rise by one step for each time that
        everybody looks around.

    Notes
    -----
    Some one to four scans a list, a hundred at the very most.
    """
    n_lists, done = len(lists.first), 0
    at_once = min(max(n_lists // BATCHES, FEWEST_AT_ONCE), MOST_AT_ONCE)
    line, now = np.arange(n_lists) if waiting is None else waiting, NOBODY_NOW
    course = Course(0.0, care.growth)
    while len(line) or len(now):
        if not len(now):
            now, line = line[:at_once], line[at_once:]
            scans.begin(now, market.prices)()
        typical = course.typical or _typical(lists, now, care.bonus)
        course = Course(typical, care.grown(done / n_lists))
        ahead, line = _next(line, at_once, lists.copies)
        wait = scans.begin(ahead, market.prices)
        hungry = bid(market, lists, _bidders(market, now, lists.copies), care.steps(course))
        wait()
        done += len(now)
        line, now = _queue(line, hungry // lists.copies), ahead
    return course


def _typical(lists: Lists, rows: Ints, bonus: float) -> float:
    """Say what the first seekers could reach at best; 0 where that is nothing.

    The pairs that are made are worth less than that, by a quarter or so.
    """
    entries = [
        slice(lists.first[row], lists.first[row] + lists.length[row]) for row in rows.tolist()
    ]
    best = [float(lists.worth[some].max()) for some in entries if some.stop > some.start]
    return max(0.0, float(np.mean(best)) - bonus) if best else 0.0


def _next(line: Ints, at_once: int, copies: int) -> tuple[Ints, Ints]:
    """Choose who looks around meanwhile: nobody where others might bid from the same list."""
    return (line[:at_once], line[at_once:]) if copies == 1 else (NOBODY_NOW, line)


def _bidders(market: Market, lists: Ints, copies: int) -> Ints:
    """List the seekers behind some lists who have no place."""
    everybody: Ints = (lists[:, None] * copies + np.arange(copies)).ravel()
    found: Ints = everybody[market.chosen[everybody] == NOBODY]
    return found


def _queue(line: Ints, more: Ints) -> Ints:
    """Append lists that are not in the line yet, each once."""
    fresh: Ints = np.setdiff1d(more, line)
    return np.concatenate([line, fresh])
