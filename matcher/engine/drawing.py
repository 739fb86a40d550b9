"""Draws one person after another: profiles that look like those of a real pool."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from matcher.domain.needs import JUST_TALK, Need, NeedId, Needs, StageKind
from matcher.domain.profile import (
    BLOCK_HOURS,
    BLOCKS_A_DAY,
    GENDERS,
    Consent,
    Experience,
    Format,
    Language,
    Lived,
    LookIn,
    Manner,
    Nearness,
    PeerProfile,
    Region,
    SeekerProfile,
    Since,
    Wishes,
)
from matcher.engine import society
from matcher.engine.matrices import Floats

T = TypeVar("T")

LEVELS = {Lived.A_LITTLE: 0.0, Lived.QUITE: 0.8, Lived.VERY: 1.8}
VOLUNTEERS_LIVED_MORE = 0.3


@dataclass(frozen=True, slots=True)
class Dice:
    """Chance, always from the one generator of a drawing."""

    rng: np.random.Generator

    def happens(self, chance: float) -> bool:
        """Toss a coin that falls on "yes" with probability `chance`."""
        return self.rng.random() < chance

    def pick(self, weights: Mapping[T, float]) -> T:
        """Choose one; weights need not add up to anything."""
        rest = self.rng.random() * sum(weights.values())
        for one, weight in weights.items():
            rest -= weight
            if rest < 0:
                return one
        return next(reversed(list(weights)))

    def some(self, chances: Mapping[T, float]) -> frozenset[T]:
        """Choose any number, each by its own chance."""
        return frozenset(one for one, chance in chances.items() if self.happens(chance))


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a person lives in: where, with which languages, at what times."""

    region: Region
    languages: frozenset[Language]
    format: Format
    day_blocks: frozenset[int]
    look_in: LookIn


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


def draw_seeker(life: Floats, needs: Needs, dice: Dice) -> SeekerProfile:
    """Draw a seeker who tells some of `life`, shape (n_needs,)."""
    around = _setting(dice)
    ticked = _ticks(life, needs, dice)
    main = ticked[0] if ticked[0] != JUST_TALK and dice.happens(0.7) else None
    asks_stage = main is not None and needs.by_id[main].stage is not StageKind.NONE
    has_region = dice.happens(0.65)
    return SeekerProfile(
        age=dice.pick(society.AGES),
        languages=around.languages,
        help=dice.some(society.ASKED_HELP),
        format=around.format,
        day_blocks=around.day_blocks,
        look_in=around.look_in,
        relay_ok=dice.happens(0.93),
        region=around.region if has_region else None,
        needs=ticked,
        shown=frozenset(need for need in ticked if dice.happens(0.85)),
        main=main,
        stage=dice.pick(society.STAGES) if asks_stage else None,
        wishes=_wishes(dice, has_region=has_region),
        consent=Consent(matching=True, unsaid=dice.happens(0.55), statistics=dice.happens(0.6)),
    )


def draw_peer(life: Floats, needs: Needs, dice: Dice) -> PeerProfile:
    """Draw a peer who has lived `life`, shape (n_needs,), and tells most of it."""
    around = _setting(dice)
    lived = _lived(life + VOLUNTEERS_LIVED_MORE, needs, dice)
    careful = sorted(needs.formal_first) if dice.happens(0.4) else []
    trained = dice.some(dict.fromkeys(careful, 0.7))
    free_of = [need for need, told in lived.items() if told.lived is Lived.NOT_AT_ALL]
    return PeerProfile(
        age=dice.pick(society.AGES),
        languages=around.languages,
        help=dice.some(society.GIVEN_HELP),
        format=around.format,
        day_blocks=around.day_blocks,
        look_in=around.look_in,
        relay_ok=dice.happens(0.95),
        region=around.region if dice.happens(0.8) else None,
        lived=lived,
        hidden=frozenset(need for need in lived if dice.happens(0.08)),
        never=dice.some(dict.fromkeys(free_of, 0.02)),
        opted_in=dice.some(dict.fromkeys(sorted(trained), 0.85)),
        trained=trained,
        identity=dice.some(society.OWN_IDENTITIES),
        manner=None if dice.happens(0.4) else dice.some(society.MANNERS),
        capacity=dice.pick(society.CAPACITIES),
    )


def _rareness(need: Need) -> float:
    """Make each need of a group a little more or less common, the same in every drawing."""
    own = float(np.random.default_rng(need.number).uniform(-0.5, 0.5))
    return own + (society.FORMAL_FIRST_IS_RARER if need.formal_first else 0.0)


def _setting(dice: Dice) -> Setting:
    region = dice.pick(society.REGIONS)
    spoken = dice.some(society.LANGUAGES[region]) or frozenset({str(society.FALLBACK)})
    hours = dice.pick(society.PARTS_OF_DAY) - society.HOURS_AHEAD[region]
    first = hours // BLOCK_HOURS
    any_time = dice.happens(0.4)
    return Setting(
        region=region,
        languages=frozenset(Language(code) for code in spoken),
        format=dice.pick(society.FORMATS),
        day_blocks=frozenset()
        if any_time
        else frozenset(block % BLOCKS_A_DAY for block in (first, first + 1)),
        look_in=dice.pick(society.LOOK_INS),
    )


def _ticks(life: Floats, needs: Needs, dice: Dice) -> tuple[NeedId, ...]:
    """Tick what weighs most just now; who finds nothing, or likes no boxes, just talks."""
    urgent = life + dice.rng.gumbel(scale=0.7, size=life.shape)
    order = np.argsort(-urgent)[: dice.pick(society.TICKS)]
    ticked = tuple(needs.all[at].id for at in order if np.isfinite(life[at]))
    if not ticked or dice.happens(0.05):
        return (JUST_TALK,)
    return ticked


def _wishes(dice: Dice, *, has_region: bool) -> Wishes:
    wished = frozenset({dice.pick(society.WISHED_IDENTITIES)})
    gender = frozenset({dice.pick(dict.fromkeys(sorted(GENDERS), 1.0))})
    manner = frozenset({dice.pick(dict.fromkeys(Manner, 1.0))})
    return Wishes(
        identity_only=wished if dice.happens(0.02) else frozenset(),
        identity_better=wished if dice.happens(0.1) else frozenset(),
        gender_not=gender if dice.happens(0.05) else frozenset(),
        manner_not=manner if dice.happens(0.06) else frozenset(),
        nearness=dice.pick(society.NEARNESS) if has_region else Nearness.ANY,
        same_age_only=dice.happens(0.03),
    )


def _lived(life: Floats, needs: Needs, dice: Dice) -> dict[NeedId, Experience]:
    """Answer group by group; some groups a peer would rather not speak about."""
    told: dict[NeedId, Experience] = {}
    silent = {group.id for group in needs.groups if dice.happens(0.1)}
    for strength, need in zip(life.tolist(), needs.all, strict=True):
        if need.group not in silent and need.id != JUST_TALK:
            level = max(
                (level for level, least in LEVELS.items() if strength > least),
                default=Lived.NOT_AT_ALL,
            )
            told[need.id] = Experience(lived=level, since=_since(level, dice))
    return told


def _since(level: Lived, dice: Dice) -> Since | None:
    return dice.pick(society.SINCES) if level > Lived.NOT_AT_ALL else None
