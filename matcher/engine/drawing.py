"""Draws columns of people that look like those of a real pool, many at once."""

from collections.abc import Iterator
from typing import Any, TypeVar

import numpy as np

from matcher.domain.needs import JUST_TALK, MAX_NEEDS, Need, Needs, StageKind
from matcher.domain.profile import (
    BLOCK_HOURS,
    BLOCKS_A_DAY,
    GENDERS,
    AgeBand,
    Help,
    Identity,
    Manner,
    Nearness,
)
from matcher.engine import society
from matcher.engine.dice import Dice
from matcher.engine.drawn import DrawnPeers, DrawnSeekers
from matcher.engine.matrices import Bools, Floats, Ints
from matcher.engine.people import NOTHING, Levels, Peers, Seekers, Smalls
from matcher.engine.profiles import bits, number

T = TypeVar("T")

LEVELS = (0.0, 0.8, 1.8)
"""How strong what was lived through a little, quite and very much is at least."""
VOLUNTEERS_LIVED_MORE = 0.3
SPOKEN = tuple(sorted({code for spoken in society.LANGUAGES.values() for code in spoken}))
REGIONS = tuple(society.REGIONS)
BLOCK = 20_000


def lives(needs: Needs, n_people: int, rng: np.random.Generator) -> Floats:
    """Draw how strongly each need is part of each life.

    Parameters
    ----------
    needs : Needs
        The catalogue; the columns are ``needs.all``.
    n_people : int
        How many people, 0 or more.
    rng : numpy.random.Generator
        The source of chance.

    Returns
    -------
    ndarray of shape (n_people, n_needs)
        Unbounded; above 0 means that a person has lived through it. Needs of one group, and
        of groups that the same things in a life pull up, come together.

    Notes
    -----
    A probit model with six common factors. Takes O(n_people * n_needs).
    """
    columns = [need for need in needs.all if need.id != JUST_TALK]
    habits = [society.HABITS.get(need.group, society.OTHER_HABIT) for need in columns]
    pulls = np.array([habit.pulls for habit in habits]).reshape(-1, 6)
    common = [habit.common - _rareness(n) for habit, n in zip(habits, columns, strict=True)]
    lived = rng.standard_normal((n_people, pulls.shape[1])) @ pulls.T
    found = np.full((n_people, len(needs.all)), -np.inf)
    places = [at for at, need in enumerate(needs.all) if need.id != JUST_TALK]
    found[:, places] = lived + common + rng.logistic(scale=0.5, size=lived.shape)
    return found


def draw_seekers(
    needs: Needs, n_people: int, rng: np.random.Generator, *, minors: float
) -> Iterator[DrawnSeekers]:
    """Draw seekers who tell some of their lives, block by block.

    Parameters
    ----------
    needs : Needs
        The catalogue; ticks are rows of ``needs.all``.
    n_people : int
        How many, 0 or more.
    rng : numpy.random.Generator
        The source of chance.
    minors : float
        The share of minors, in [0, 1].

    Returns
    -------
    iterator of DrawnSeekers
        At most `BLOCK` people, at least one block; languages are `SPOKEN` as bits, regions
        places in `REGIONS`.

    Notes
    -----
    Takes some 8 microseconds a person, 100 MB at most besides what is yielded.
    """
    return (_seekers(needs, Dice(rng, n), minors) for n in _blocks(n_people))


def draw_peers(
    needs: Needs, n_people: int, rng: np.random.Generator, *, minors: float
) -> Iterator[DrawnPeers]:
    """Draw peers who tell most of their lives, block by block.

    Parameters
    ----------
    needs, n_people, rng, minors
        As for `draw_seekers`.

    Returns
    -------
    iterator of DrawnPeers
        At most `BLOCK` people, at least one block.

    Notes
    -----
    Takes some 8 microseconds a person.
    """
    return (_peers(needs, Dice(rng, n), minors) for n in _blocks(n_people))


def _blocks(n_people: int) -> Iterator[int]:
    return (min(BLOCK, n_people - start) for start in range(0, max(1, n_people), BLOCK))


def _seekers(needs: Needs, dice: Dice, minors: float) -> DrawnSeekers:
    around = _setting(dice, minors)
    has_region = dice.happens(0.65)
    ticks = _ticks(needs, dice)
    main = _where(dice.happens(0.7) & ~_is_talk(needs)[ticks[:, 0]], ticks[:, 0])
    has_stage = np.array([need.stage is not StageKind.NONE for need in needs.all] + [False])
    return DrawnSeekers(
        columns=Seekers(
            **around | {"region": _where(has_region, around["region"])},
            help=dice.some(society.ASKED_HELP),
            relay_ok=dice.happens(0.93),
            ticks=ticks,
            main=main,
            stage=dice.pick(society.STAGES) * has_stage[main],
            **_wishes(dice, has_region, around["age"]),
            unsaid=dice.happens(0.55),
        ),
        look_in=dice.pick(society.LOOK_INS),
        shown=dice.marks([0.85] * MAX_NEEDS),
        statistics=dice.happens(0.6),
    )


def _peers(needs: Needs, dice: Dice, minors: float) -> DrawnPeers:
    around = _setting(dice, minors)
    lived = _lived(needs, dice)
    is_careful = np.array([need.formal_first for need in needs.all], dtype=np.bool_)
    trained = dice.marks(0.7 * is_careful) & dice.happens(0.4)[:, None]
    opted_in = trained & dice.marks([0.85] * len(needs.all))
    since = Dice(dice.rng, lived.size).pick(society.SINCES).reshape(lived.shape)
    return DrawnPeers(
        columns=Peers(
            **around | {"region": _where(dice.happens(0.8), around["region"])},
            help=_help_given(dice),
            relay_ok=dice.happens(0.95),
            lived=lived,
            since=np.where(lived > 0, since, 0).astype(np.int8),
            never=dice.marks([0.02] * len(needs.all)) & (lived == 0) & ~opted_in,
            ready=opted_in,
            identity=dice.some(society.OWN_IDENTITIES),
            manner=_where(dice.happens(0.6), dice.some(society.MANNERS)),
        ),
        look_in=dice.pick(society.LOOK_INS),
        hidden=dice.marks([0.08] * len(needs.all)) & (lived != NOTHING),
        trained=trained,
        opted_in=opted_in,
        capacity=np.array(list(society.CAPACITIES))[dice.pick(society.CAPACITIES)],
    )


def _help_given(dice: Dice) -> Smalls:
    """Draw sets of help as bits; who would give none listens, as the form asks for some."""
    given = dice.some(society.GIVEN_HELP)
    listen = 1 << list(society.GIVEN_HELP).index(Help.LISTEN)
    return np.where(given == 0, listen, given).astype(np.int32)


def _rareness(need: Need) -> float:
    """Make each need of a group a little more or less common, the same in every drawing."""
    own = float(np.random.default_rng(need.number).uniform(-0.5, 0.5))
    return own + (society.FORMAL_FIRST_IS_RARER if need.formal_first else 0.0)


def _setting(dice: Dice, minors: float) -> dict[str, Any]:
    """Draw what people live in: how old, where, with which languages, at what times."""
    region = dice.pick(society.REGIONS)
    ages = _ages(minors)
    hours_ahead = np.array([society.HOURS_AHEAD[place] for place in REGIONS])
    hours = np.array(list(society.PARTS_OF_DAY))[dice.pick(society.PARTS_OF_DAY)]
    first = (hours - hours_ahead[region]) // BLOCK_HOURS
    blocks = (1 << first % BLOCKS_A_DAY) | (1 << (first + 1) % BLOCKS_A_DAY)
    formats = np.array([number(one) for one in society.FORMATS], dtype=np.int32)
    return {
        "age": np.array([number(band) for band in ages], dtype=np.int32)[dice.pick(ages)],
        "languages": _languages(region, dice),
        "format": formats[dice.pick(society.FORMATS)],
        "blocks": np.where(dice.happens(0.4), 0, blocks).astype(np.int32),
        "region": region,
    }


def _ages(minors: float) -> dict[AgeBand, float]:
    adults, young = sum(society.AGES.values()), sum(society.MINORS.values())
    of_age = {band: share / adults * (1 - minors) for band, share in society.AGES.items()}
    return of_age | {band: share / young * minors for band, share in society.MINORS.items()}


def _languages(region: Smalls, dice: Dice) -> Smalls:
    """Draw sets of `SPOKEN` as bits; who would speak none speaks the fall-back."""
    chances = np.array(
        [[society.LANGUAGES[place].get(code, 0.0) for code in SPOKEN] for place in REGIONS]
    )
    chosen = dice.rng.random((dice.n, len(SPOKEN))) < chances[region]
    spoken = (chosen << np.arange(len(SPOKEN))).sum(axis=1, dtype=np.int32)
    return np.where(spoken == 0, 1 << SPOKEN.index(society.FALLBACK), spoken).astype(np.int32)


def _ticks(needs: Needs, dice: Dice) -> Smalls:
    """Tick what weighs most just now; who finds nothing, or likes no boxes, just talks."""
    life = lives(needs, dice.n, dice.rng)
    urgent = life + dice.rng.gumbel(scale=0.7, size=life.shape)
    order = np.argsort(-urgent, axis=1)[:, :MAX_NEEDS]
    how_many = 1 + dice.pick(society.TICKS)
    is_ticked = np.arange(order.shape[1]) < how_many[:, None]
    is_ticked &= np.isfinite(np.take_along_axis(life, order, axis=1))
    found = np.full((dice.n, MAX_NEEDS), NOTHING, dtype=np.int32)
    found[:, : order.shape[1]] = _where(is_ticked, order)
    talks = np.flatnonzero(_is_talk(needs))
    if talks.size:
        only_talks = dice.happens(0.05) | ~is_ticked.any(axis=1)
        found[only_talks] = [talks[0], *[NOTHING] * (MAX_NEEDS - 1)]
    return found


def _wishes(dice: Dice, has_region: Bools, age: Smalls) -> dict[str, Any]:
    """Draw wishes; none that needs an answer which is not there, or excludes another."""
    wished = 1 << dice.pick(society.WISHED_IDENTITIES)
    genders = np.array([bits({gender}, Identity) for gender in sorted(GENDERS)])
    nearness = np.array([number(wish) for wish in society.NEARNESS], dtype=np.int32)
    near = nearness[dice.pick(society.NEARNESS)]
    gender = genders[dice.pick(dict.fromkeys(sorted(GENDERS), 1.0))].astype(np.int32)
    only, better = wished * dice.happens(0.02), wished * dice.happens(0.1)
    return {
        "identity_only": only,
        "identity_better": better,
        "gender_not": gender * dice.happens(0.05) & ~(only | better),
        "manner_not": (1 << dice.pick(dict.fromkeys(Manner, 1.0))) * dice.happens(0.06),
        "nearness": np.where(has_region, near, number(Nearness.ANY)).astype(np.int32),
        "same_age_only": dice.happens(0.03) & (age != number(AgeBand.ADULT)),
    }


def _lived(needs: Needs, dice: Dice) -> Levels:
    """Answer group by group; some groups a peer would rather not speak about."""
    life = lives(needs, dice.n, dice.rng) + VOLUNTEERS_LIVED_MORE
    levels = np.searchsorted(LEVELS, life.ravel()).reshape(life.shape)
    silent = dice.marks([0.1] * len(needs.groups))
    group_at = {group.id: place for place, group in enumerate(needs.groups)}
    groups = np.array([group_at[need.group] for need in needs.all], dtype=np.int64)
    is_silent = silent[:, groups] | _is_talk(needs)[:-1]
    return np.where(is_silent, NOTHING, levels).astype(np.int8)


def _is_talk(needs: Needs) -> Bools:
    """Mark "I just want to talk", shape (n_needs + 1,); the last is for `NOTHING`."""
    return np.array([*(need.id == JUST_TALK for need in needs.all), False], dtype=np.bool_)


def _where(kept: Bools, values: Smalls | Ints) -> Smalls:
    return np.where(kept, values, NOTHING).astype(np.int32)
