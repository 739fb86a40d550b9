"""The auction that pairs people: seekers bid for places, and prices say when it is over.

Each peer has as many places as their capacity, all alike; the price of a peer is the lowest
bid that holds one of them, or a first price while one is free. A seeker without a place bids
for the peer who leaves them most after the price, up to where the second best would leave as
much, and a bit (a step) more. When nobody bids any more, nobody would gain more than one step
by any other peer: that is what makes the total provably good.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.engine.compiled import compiled
from matcher.engine.matrices import Floats, Ints

NOBODY = -1
LEAST_SHARE = 2.0**-20  # what prices, of 24 bits, can still tell apart
Columns = NDArray[np.int32]
Singles = NDArray[np.float32]


class Lists(NamedTuple):
    """What each seeker may bid for.

    Attributes
    ----------
    first, length : ndarray of int, shape (n_lists,)
        Where the candidates of each stand in `columns` and `worth`, and how many there are.
    columns : ndarray of int32, shape (n_entries,)
        The peers.
    worth : ndarray of float32, shape (n_entries,)
        What the pair is worth, above 0.
    rest : ndarray of float, shape (n_lists,)
        No peer beyond the list leaves the seeker more than this, at prices now or later;
        0 for a list that leaves nobody out.
    room : int
        How many a list holds at most.
    copies : int
        How many seekers in a row, beginning with the first, share each list.
    """

    first: Ints
    length: Ints
    columns: Columns
    worth: Singles
    rest: Floats
    room: int
    copies: int


class Steps(NamedTuple):
    """How far bids may be off; the smaller, the better the pairing, and the longer it takes.

    Attributes
    ----------
    least : float
        The least raise, above 0.
    look : float
        How much better than everybody listed somebody beyond a list has to be, 0 or more, to
        be looked for.
    share : float
        What share of a pair's worth a raise is at least, `LEAST_SHARE` or more, and half of it
        what is looked for: or else those to whom pairs are worth very much would outbid each
        other in steps made for others, without end where prices cannot tell these at all.
    """

    least: float
    look: float
    share: float


class Market(NamedTuple):
    """Where bids stand; changed by `bid`.

    Attributes
    ----------
    start : ndarray of int, shape (n_peers + 1,)
        Where each peer's places stand in `bids` and `holders`.
    bids, holders : ndarrays of shape (n_places,)
        What is bid for each place, and by which seeker: per peer a binary heap, the lowest
        bid first.
    taken : ndarray of int, shape (n_peers,)
        How many places of each peer are held.
    prices : ndarray of float32, shape (n_peers,)
        The lowest bid of each full peer, the first price of others, infinite without any
        place.
    chosen : ndarray of int, shape (n_seekers,)
        The peer each seeker holds a place of, or -1.
    """

    start: Ints
    bids: Singles
    holders: Ints
    taken: Ints
    prices: Singles
    chosen: Ints


def opened(places: Ints, n_seekers: int, first_prices: Singles) -> Market:
    """Open a market where all places are free.

    Parameters
    ----------
    places : ndarray of int, shape (n_peers,)
        How many places each peer has, 0 or more.
    n_seekers : int
        How many may bid; more places than that count as that many.
    first_prices : ndarray of float32, shape (n_peers,)
        What each peer costs before anybody has bid, 0 or more: 0 is always safe; a peer who
        is not full in the end should have cost nothing.

    Returns
    -------
    Market

    Notes
    -----
    Takes 12 bytes a place, 20 a peer, 8 a seeker.
    """
    start = np.concatenate([[0], np.minimum(places, n_seekers).cumsum()]).astype(np.int64)
    return Market(
        start=start,
        bids=np.zeros(start[-1], dtype=np.float32),
        holders=np.full(start[-1], NOBODY, dtype=np.int64),
        taken=np.zeros(len(places), dtype=np.int64),
        prices=np.where(places > 0, first_prices, np.inf).astype(np.float32),
        chosen=np.full(n_seekers, NOBODY, dtype=np.int64),
    )


@compiled
def bid(market: Market, lists: Lists, waiting: Ints, steps: Steps) -> Ints:
    """Let seekers bid until each has a place, gains by none, or has to look further.

    Parameters
    ----------
    market : Market
        Where bids stand; changed in place. Prices only ever rise.
    lists : Lists
        What each seeker may bid for.
    waiting : ndarray of int
        Rows of the seekers who are to bid; whoever loses a place meanwhile bids again.
    steps : Steps
        How far bids may be off.

    Returns
    -------
    ndarray of int
        Rows of the seekers for whom somebody beyond their list may be better by now.

    Notes
    -----
    The auction algorithm of Bertsekas [1]_ in its form for similar objects [2]_: one price
    for all places of a peer, and the runner-up of a bid is sought among other peers. An
    unlisted peer leaves at most `rest`, so a bid that stops there is never too high. Each bid
    costs the length of one list and the logarithm of a capacity; there are at most
    1 / share a place beyond the least steps, in practice some tens a seeker.

    References
    ----------
    .. [1] D. P. Bertsekas, "The auction algorithm: a distributed relaxation method for the
       assignment problem", Annals of Operations Research 14, 1988.
    .. [2] D. P. Bertsekas and D. A. Castanon, "The auction algorithm for the transportation
       problem", Annals of Operations Research 20, 1989.
    """
    line = np.empty(len(market.chosen) + 1, dtype=np.int64)
    line[: len(waiting)] = waiting
    head, length = 0, len(waiting)
    hungry = np.empty(len(market.chosen), dtype=np.int64)
    n_hungry = 0
    while length > 0:
        seeker = line[head]
        head = (head + 1) % len(line)
        length -= 1
        at, best, second = _look(market, lists, seeker)
        worth = lists.worth[at] if at >= 0 else np.float32(0)
        if best + max(steps.look, worth * steps.share / 2) < lists.rest[seeker // lists.copies]:
            hungry[n_hungry] = seeker
            n_hungry += 1
        elif at >= 0:
            peer = lists.columns[at]
            offer = worth - min(best, second) + max(steps.least, worth * steps.share)
            loser = _take(market, peer, float(offer), seeker)
            if loser >= 0:
                line[(head + length) % len(line)] = loser
                length += 1
    return hungry[:n_hungry].copy()


@compiled
def _look(market: Market, lists: Lists, seeker: int) -> tuple[int, float, float]:
    """Find where the best candidate stands, what it leaves, and what the next would leave."""
    columns, worth, prices = lists.columns, lists.worth, market.prices
    listed = seeker // lists.copies
    at, best, second = -1, np.float32(0.0), np.float32(max(0.0, lists.rest[listed]))
    first = lists.first[listed]
    for entry in range(first, first + lists.length[listed]):
        left = worth[entry] - prices[columns[entry]]
        if left > best:
            second = max(second, best)
            at, best = entry, left
        elif left > second:
            second = left
    return at, float(best), float(second)


@compiled
def _take(market: Market, peer: int, asked: float, seeker: int) -> int:
    """Give the seeker a place for this bid; tell who loses theirs (-1: nobody)."""
    start, size = market.start[peer], market.start[peer + 1] - market.start[peer]
    loser, offer = -1, np.float32(asked)
    if market.taken[peer] < size:
        place = market.taken[peer]
        market.taken[peer] += 1
        while place > 0 and market.bids[start + (place - 1) // 2] > offer:
            parent = (place - 1) // 2
            market.bids[start + place] = market.bids[start + parent]
            market.holders[start + place] = market.holders[start + parent]
            place = parent
    else:
        loser = market.holders[start]
        market.chosen[loser] = -1
        place = 0
        while 2 * place + 1 < size:
            child = 2 * place + 1
            if child + 1 < size and market.bids[start + child + 1] < market.bids[start + child]:
                child += 1
            if market.bids[start + child] >= offer:
                break
            market.bids[start + place] = market.bids[start + child]
            market.holders[start + place] = market.holders[start + child]
            place = child
    market.bids[start + place] = offer
    market.holders[start + place] = seeker
    market.chosen[seeker] = peer
    if market.taken[peer] == size:
        market.prices[peer] = market.bids[start]
    return loser


@compiled
def bound(market: Market, lists: Lists) -> float:
    """Say what no pairing at all can be worth more than.

    Parameters
    ----------
    market : Market
        Prices as they stand.
    lists : Lists
        What each seeker may bid for, with what the rest could leave them at most.

    Returns
    -------
    float
        The value of the dual of the assignment's linear programme at these prices: all
        places at their price, and what each seeker is left with at best.

    Notes
    -----
    Takes O(n_entries). By weak duality it holds at any prices of 0 or more.
    """
    total = 0.0
    for peer in range(len(market.taken)):
        if market.prices[peer] < np.inf:
            total += (market.start[peer + 1] - market.start[peer]) * market.prices[peer]
    for seeker in range(len(market.chosen)):
        _, best, _ = _look(market, lists, seeker)
        total += max(best, lists.rest[seeker // lists.copies])
    return total
