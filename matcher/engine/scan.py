"""The scan: for each seeker the peers who leave them most, over the whole pool, exactly."""

from typing import NamedTuple

import numpy as np

from matcher.engine.auction import Lists, Singles
from matcher.engine.bits import Words
from matcher.engine.compiled import compiled
from matcher.engine.fencing import ONE, count, enough, fences, fences_apart, gathered
from matcher.engine.matrices import Ints
from matcher.engine.parts import SAID
from matcher.engine.pool import MOST, WORD, Pool
from matcher.engine.shortlist import least, push, write
from matcher.engine.terms import STEP_AHEAD
from matcher.engine.unsaid import NEITHER
from matcher.engine.worth import LEVEL, NOTHING, ones

ROUNDING = 3e-5
WORDS_A_TILE = 64
NOW, RECENT, PAST = 1, 2, 3  # as `Peers.since` numbers them
DE_BRUIJN = 0x03F79D71B4CB0A89  # a product with it tells the place of a single bit
SPREAD = np.uint64(DE_BRUIJN)
PLACES = np.argsort([((DE_BRUIJN << bit) % 2**64) >> 58 for bit in range(WORD)])


class One(NamedTuple):
    """What counts for one seeker: see `Ours`, and what follows from it.

    Attributes
    ----------
    part, trust, trusting : float
        The said part of whoever shares everything, the lambda, and the most that the unsaid
        part can be.
    listening, besides, floor : float
        What a listener is worth, the most that is not said, and the least said part (-1 where
        none is asked for).
    urgency, bonus : float
        What multiplies a score with a turn, and what is added then.
    now, recent, past : float
        What the peer's stage adds.
    each_help, each_liked : float
        What each thing in common adds.
    near, far : float
        What living near or far adds.
    help, better, region, main : int
        As in `Ours`.
    """

    part: float
    trust: float
    trusting: float
    listening: float
    besides: float
    floor: float
    urgency: float
    bonus: float
    now: float
    recent: float
    past: float
    each_help: float
    each_liked: float
    near: float
    far: float
    help: int
    better: int
    region: int
    main: int


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
    rows. A word of bits settles the fences for 64 peers; an upper bound of what they leave,
    by everything but the guess, settles most of them 64 at a time; the rest is scored in
    full. Scores with a guess are off by `ROUNDING` at most. Some 1 to 3
    nanoseconds a pair of the pool; the fewer, the higher the prices.
    """
    n_words = len(pool[1].is_open)
    n_tiles = (n_words + WORDS_A_TILE - 1) // WORDS_A_TILE
    heaps = np.empty((len(rows), lists.room), dtype=np.uint64)
    bars = np.zeros(len(rows), dtype=np.float32)
    may = np.empty(WORDS_A_TILE, dtype=np.uint64)
    for at in range(len(rows)):
        lists.length[rows[at]] = 0
    for turned in range(n_tiles):
        start = (turned + rows[0]) % n_tiles * WORDS_A_TILE
        words = may[: min(WORDS_A_TILE, n_words - start)]
        for at in range(len(rows)):
            _look(pool, rows[at], start, words, apart)
            heap = heaps[at]
            bars[at] = _fill(pool, (rows[at], start, words), prices, (lists, heap, bars[at]))
    for at in range(len(rows)):
        row = rows[at]
        write(heaps[at], prices, lists, row)
        lists.rest[row] = bars[at] if lists.length[row] == lists.room else 0.0


@compiled
def _look(pool: Pool, row: int, start: int, may: Words, apart: Ints) -> None:
    """Tell whom the seeker may meet, and count what stands between, if wanted."""
    if len(apart) == 0:
        fences(pool, row, start, may)
        return
    stands = np.empty((len(apart) - 1, len(may)), dtype=np.uint64)
    found = np.empty(len(may), dtype=np.uint64)
    fences_apart(pool, row, start, (may, stands))
    enough(pool, row, start, found)
    count(may, found, stands, apart)
    for fence in range(len(stands)):
        for word in range(len(may)):
            may[word] &= ~stands[fence, word]


@compiled
def _one(pool: Pool, row: int) -> One:
    ours = pool[0]
    trust, terms, main, stage = (
        ours.trust[row],
        ours.terms[row],
        ours.main[row],
        ours.stage[row],
    )
    mine, better, here = ours.help[row], ours.better[row], ours.region[row]
    stages = terms[0] if main >= 0 else 0.0
    near = terms[3] if here >= 0 and ours.near[row] else 0.0
    far = terms[3] if here >= 0 and ours.far[row] else 0.0
    small = max(near, far) + (terms[1] if mine else 0.0) + (terms[2] if better else 0.0)
    trusting = trust * min(1.0, NEITHER + ours.reach[row] / 2)
    return One(
        (1 - trust) * SAID,
        trust,
        trusting,
        ours.listening[row],
        ours.listening[row] + small + trusting + ROUNDING,
        ours.floor[row] if ours.listening[row] <= 0 else -1.0,
        ours.urgency[row],
        pool[2].bonus,
        stages * STEP_AHEAD[stage, 1],
        stages * STEP_AHEAD[stage, 2],
        stages * STEP_AHEAD[stage, 3],
        terms[1] / max(1, ones(np.uint64(mine))),
        terms[2] / max(1, ones(np.uint64(better))),
        near,
        far,
        mine,
        better,
        here,
        main,
    )


@compiled
def _fill(  # noqa: C901, PLR0912, PLR0915 - a call for each word or pair would cost more than it
    pool: Pool, where: tuple[int, int, Words], prices: Singles, into: tuple[Lists, Words, float]
) -> float:
    """Put onto one list whoever of one tile leaves more than its least; returns that."""
    ours, theirs, scale = pool
    row, first_word, may = where
    lists, heap, bar = into
    one = _one(pool, row)
    is_open = one.listening > 0
    first, last = ours.first[row], ours.first[row + 1]
    needs = ours.needs[first : first if is_open else last]
    wanted = ours.wanted[first : first + len(needs)]
    if len(needs) == 0 and one.floor > 0:
        return bar
    gains, costs = (wanted / MOST).astype(np.float32), (wanted / 2).astype(np.float32)
    part, besides = np.float32(one.part), np.float32(one.besides)
    floor = np.float32(one.floor - ROUNDING / 10)
    urgency, bonus = np.float32(one.urgency), np.float32(one.bonus)
    now, recent, past = np.float32(one.now), np.float32(one.recent), np.float32(one.past)
    guess = ours.guess[ours.guess_at[row] if one.trust > 0 else 0]
    lived, told, turns = theirs.lived, theirs.told, theirs.turn
    facts, lengths = theirs.facts, theirs.lengths
    glimpses, grain = theirs.glimpses, theirs.grain
    since = theirs.since[max(0, one.main)]
    mean, inverse_spread = scale.mean, scale.inverse_spread
    nothing = np.float32(0) if wanted.sum() > 0 else np.float32(1)  # shares 0 of nothing
    over, under = np.empty(WORD, dtype=np.float32), np.empty(WORD, dtype=np.float32)
    stage = np.zeros(WORD, dtype=np.float32)
    flags = np.empty(WORD, dtype=np.uint8)
    eights = flags.view(np.uint64)
    n_kept = lists.length[row]
    for turned in range(len(may)):
        word = (turned + row) % len(may)  # or of equal peers all seekers would list the same
        if not may[word]:
            continue
        start = (first_word + word) * WORD
        over[:] = np.float32(0)
        under[:] = nothing
        for entry in range(len(needs)):
            gain, cost = gains[entry], costs[entry]
            levels = lived[needs[entry], start : start + WORD]
            knows = told[needs[entry], start : start + WORD]
            for lane in range(WORD):
                over[lane] += gain * np.float32(levels[lane])
                under[lane] += cost * np.float32(knows[lane])
        if one.recent > 0:
            ago = since[start : start + WORD]
            for lane in range(WORD):
                later = (
                    recent if ago[lane] == RECENT else (past if ago[lane] == PAST else now * 0)
                )
                stage[lane] = now if ago[lane] == NOW else later
        price, turn, least_left = prices[start:], turns[start:], bar - bonus
        for lane in range(WORD):
            over[lane] /= under[lane]
            most = turn[lane] * urgency * (part * over[lane] + stage[lane] + besides)
            flags[lane] = (most > price[lane] + least_left) & (over[lane] >= floor)
        rest = may[word] & gathered(eights)
        while rest:
            low = rest & (~rest + ONE)
            rest ^= low
            lane = PLACES[(low * SPREAD) >> np.uint64(58)]
            peer = start + lane
            value = one.listening + stage[lane]
            if one.help:
                value += one.each_help * ones(np.uint64(one.help & facts[peer, 0]))
            if one.better:
                value += one.each_liked * ones(np.uint64(one.better & facts[peer, 1]))
            value += one.part * over[lane]
            there = facts[peer, 2]
            if there >= 0:
                value += one.near if there == one.region else one.far
            factor = one.urgency * turn[lane]
            if one.trust > 0:
                needed = (bar + price[lane] - one.bonus) / factor - value - ROUNDING
                if one.trusting < needed:
                    continue
                length = lengths[peer]
                for entry in range(len(needs)):
                    need = needs[entry]
                    off = (lived[need, peer] * LEVEL - mean[need]) * inverse_spread[need]
                    length -= off * off * (told[need, peer] - 1)
                agrees = 0.0
                if length > NOTHING:
                    glimpse, linear = glimpses[peer], np.float32(0)
                    for view in range(len(guess)):
                        linear += guess[view] * np.float32(glimpse[view])
                    agrees = linear * grain[peer] / np.sqrt(length) / 2
                value += one.trust * min(1.0, max(0.0, NEITHER + agrees))
            left = np.float32(value * factor + one.bonus - price[lane])
            if left > bar:
                n_kept = push(heap, n_kept, float(left), peer)
                if n_kept == len(heap):
                    bar = least(heap)
    lists.length[row] = n_kept
    return bar
