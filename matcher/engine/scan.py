"""The scan: for each seeker the peers who leave them most, over the whole pool, exactly."""

import numpy as np

from matcher.engine.auction import Lists, Singles
from matcher.engine.bits import Words
from matcher.engine.compiled import compiled, inlined
from matcher.engine.fencing import ONE, count, enough, fences, fences_apart
from matcher.engine.matrices import Ints
from matcher.engine.pool import LEVELS, UNTOLD, WORD, Bytes, Numbers, Pool, Scale, Shorts
from matcher.engine.seeking import ROUNDING, One, limits_of, one_of
from matcher.engine.shortlist import least, push, write
from matcher.engine.sieve import NOW, RECENT, Mesh, Steps, ask, mesh, sift, strides
from matcher.engine.unsaid import NEITHER
from matcher.engine.worth import NOTHING, ones

WORDS_A_TILE, WORDS_A_SIEVE = 256, 32
DE_BRUIJN = 0x03F79D71B4CB0A89  # a product with it tells the place of a single bit
SPREAD = np.uint64(DE_BRUIJN)
PLACES = np.argsort([((DE_BRUIJN << bit) % 2**64) >> 58 for bit in range(WORD)])


@compiled
def scan(pool: Pool, rows: Ints, prices: Singles, lists: Lists, apart: Ints) -> None:
    """Fill the lists of some seekers with the peers who leave them most at these prices.

    Parameters
    ----------
    pool : Pool
        The people and the rules.
    rows : ndarray of int
        Which seekers.
    prices : ndarray of float32, shape (n_slots,)
        What each peer costs now.
    lists : Lists
        With room for the same number of entries for each seeker; those of `rows` are
        overwritten. Nobody unlisted leaves more than `rest`, up to `ROUNDING`.
    apart : ndarray of int, shape (n_fences + 1,) or (0,)
        To this is added how many pairs each fence alone keeps apart, and nothing but the
        floor; empty: not counted.

    Notes
    -----
    Goes over the peers tile by tile, so that they stay in the processor's cache for all
    rows. A word of bits settles the fences for 64 peers; a sieve of whole numbers settles
    most of the others 256 at a time, by an upper bound of everything but the guess; the rest
    is scored in full. Scores with a guess are off by `ROUNDING` at most. Some half to one
    nanosecond a pair of the pool; the fewer, the higher the prices.
    """
    theirs = pool[1]
    n_words = len(theirs.is_open)
    n_tiles = (n_words + WORDS_A_TILE - 1) // WORDS_A_TILE
    heaps = np.empty((len(rows), lists.room), dtype=np.uint64)
    bars = np.zeros(len(rows), dtype=np.float32)
    may = np.empty((len(rows), WORDS_A_TILE), dtype=np.uint64)
    asks = np.empty(WORDS_A_TILE * WORD, dtype=np.uint16)
    everyone = [one_of(pool, row) for row in rows]
    fine = mesh(_most(everyone), pool[2].bonus, theirs.turn)
    for at in range(len(rows)):
        lists.length[rows[at]] = 0
    for turned in range(n_tiles):
        start = (turned + rows[0]) % n_tiles * WORDS_A_TILE
        words = may[:, : min(WORDS_A_TILE, n_words - start)]
        some = asks[: words.shape[1] * WORD]
        ask(prices[start * WORD :], theirs.turn[start * WORD :], fine.unit, some)
        _look(pool, rows, start, words, apart)
        _fill(pool, (rows, everyone, start, words), (prices, some, fine), (lists, heaps, bars))
    for at in range(len(rows)):
        row = rows[at]
        write(heaps[at], prices, lists, row)
        lists.rest[row] = bars[at] if lists.length[row] == lists.room else 0.0


@inlined
def _most(everyone: list[One]) -> float:
    """Say what no pair of these seekers is worth more than, turn and bonus aside."""
    most = 0.0
    for one in everyone:
        most = max(most, one.urgency * (one.part + one.ahead + one.besides))
    return most


@compiled
def _look(pool: Pool, rows: Ints, start: int, may: Words, apart: Ints) -> None:
    """Tell whom each seeker may meet, and count what stands between, if wanted."""
    if len(apart) == 0:
        fences(pool, rows, start, may)
        return
    n_words = may.shape[1]
    stands = np.empty((len(apart) - 1, n_words), dtype=np.uint64)
    found = np.empty(n_words, dtype=np.uint64)
    for at in range(len(rows)):
        fences_apart(pool, rows[at], start, (may[at], stands))
        enough(pool, rows[at], start, found)
        count(may[at], found, stands, apart)
        for fence in range(len(stands)):
            for word in range(n_words):
                may[at, word] &= ~stands[fence, word]


@compiled
def _fill(  # noqa: C901, PLR0915 - a call for each pair would cost more than it
    pool: Pool,
    where: tuple[Ints, list[One], int, Words],
    costs: tuple[Singles, Steps, Mesh],
    into: tuple[Lists, Words, Singles],
) -> None:
    """Put onto each list whoever of one tile leaves more than its least."""
    ours, theirs, scale = pool
    rows, everyone, first_word, may = where
    prices, asks, fine = costs
    lists, heaps, bars = into
    levels, turn, since, facts = theirs.levels, theirs.turn, theirs.since, theirs.facts
    lengths, glimpses, grain = theirs.lengths, theirs.glimpses, theirs.grain
    n_sieves = (may.shape[1] + WORDS_A_SIEVE - 1) // WORDS_A_SIEVE
    for at in range(len(rows)):
        row, one, bar, heap = rows[at], everyone[at], bars[at], heaps[at]
        first, last = ours.first[row], ours.first[row + 1]
        needs = ours.needs[first : first if one.listening > 0 else last]
        wanted = ours.wanted[first : first + len(needs)].astype(np.float32)
        if len(needs) == 0 and one.floor > 0:
            continue
        nothing = np.float32(0) if wanted.sum() > 0 else np.float32(1)  # shares 0 of nothing
        guess = ours.guess[ours.guess_at[row] if one.trust > 0 else 0]
        steps = strides(wanted, one.urgency * one.part, fine.unit)
        ago, n_kept = since[max(0, one.main)], lists.length[row]
        for sieve in range(n_sieves):
            # each begins elsewhere, or of equal peers all would list the same
            begin = (sieve + row) % n_sieves * WORDS_A_SIEVE
            some, first_peer = may[at, begin : begin + WORDS_A_SIEVE], begin * WORD
            tile = (levels, ago, asks[first_peer:], first_word * WORD + first_peer)
            sift(tile, needs, steps, limits_of(one, bar - one.bonus, fine), some)
            for turned in range(len(some)):
                word = (turned + row) % len(some)
                rest = some[word]
                while rest:
                    low = rest & (~rest + ONE)
                    rest ^= low
                    place = PLACES[(low * SPREAD) >> np.uint64(58)]
                    peer = (first_word + begin + word) * WORD + place
                    share = _share(wanted, needs, levels, peer, nothing)
                    value = one.listening + one.part * share
                    if one.ahead > 0:
                        value += _stage(one, ago[peer])
                    factor = one.urgency * turn[peer]
                    needed = (bar - one.bonus + prices[peer]) / factor - ROUNDING
                    if share < one.floor or value + one.besides <= needed:
                        continue
                    value += _small(one, facts[peer])
                    if one.trust > 0:
                        if value + one.trusting <= needed:
                            continue
                        length = lengths[peer] - _ticked(needs, levels, peer, scale)
                        linear = _product(guess, glimpses[peer]) * grain[peer]
                        off = linear / np.sqrt(length) / 2 if length > NOTHING else 0.0
                        value += one.trust * min(1.0, max(0.0, NEITHER + off))
                    left = np.float32(value * factor + one.bonus - prices[peer])
                    if left > bar:
                        n_kept = push(heap, n_kept, float(left), peer)
                        if n_kept == len(heap):
                            bar = least(heap)
        lists.length[row], bars[at] = n_kept, bar


@inlined
def _share(
    wanted: Singles, needs: Ints, levels: Bytes, peer: int, nothing: np.float32
) -> float:
    """Say how much of what is wanted a peer has lived through."""
    over, under = np.float32(0), nothing
    for entry in range(len(needs)):
        level = levels[needs[entry], peer]
        if level == UNTOLD:
            under += wanted[entry] / np.float32(2)
        else:
            under += wanted[entry]
            over += wanted[entry] * np.float32(level)
    return float(over / under / np.float32(LEVELS))


@inlined
def _stage(one: One, since: int) -> float:
    later = one.recent if since == RECENT else one.past
    return one.now if since == NOW else (0.0 if since == 0 else later)


@inlined
def _small(one: One, facts: Numbers) -> float:
    """Add up what kind of help, identity and nearness add."""
    found = 0.0
    if one.help:
        found += one.each_help * ones(np.uint64(one.help & facts[0]))
    if one.better:
        found += one.each_liked * ones(np.uint64(one.better & facts[1]))
    if facts[2] >= 0:
        found += one.near if facts[2] == one.region else one.far
    return found


@inlined
def _ticked(needs: Ints, levels: Bytes, peer: int, scale: Scale) -> float:
    """Say how much of a peer's squared length lies in what the seeker ticked."""
    found = 0.0
    for need in needs:
        level = levels[need, peer]
        if level != UNTOLD:
            off = (level / LEVELS - scale.mean[need]) * scale.inverse_spread[need]
            found += off * off
    return found


@inlined
def _product(guess: Singles, glimpse: Shorts) -> float:
    linear = np.float32(0)
    for view in range(len(guess)):
        linear += guess[view] * np.float32(glimpse[view])
    return float(linear)
