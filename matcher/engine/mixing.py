"""Drawn people of whom some come more often than usual."""

from math import prod

import numpy as np

from matcher.domain.errors import InvalidPopulationError
from matcher.domain.needs import Needs
from matcher.domain.preview import Crowd as Wanted
from matcher.domain.profile import AgeBand
from matcher.engine.counting import groups_of
from matcher.engine.crowd import Crowd, draw_crowd
from matcher.engine.matrices import Floats
from matcher.engine.people import NOTHING
from matcher.engine.profiles import number

MORE = 4


def draw_mixed(wanted: Wanted, seed: int, needs: Needs) -> Crowd:
    """Draw people as asked for.

    Parameters
    ----------
    wanted : matcher.domain.preview.Crowd
        How many of them, the share of minors, and how many times as often as usual (0 or
        more) a seeker comes: by the group of needs that matters most, for each language that
        they speak, if they are from 18 to 25, if formal help comes first for something they
        ticked. Who is meant by several is drawn by their product.
    seed : int
        The same wish and seed give the same people.
    needs : Needs
        The catalogue that they answer about.

    Returns
    -------
    Crowd
        As of `matcher.engine.crowd.draw_crowd`; where there is a mix, chosen among `MORE`
        times as many seekers, so that no group can be more than about that many times as
        large as it is usually. There are fewer seekers than wanted where most come 0 times.

    Raises
    ------
    InvalidPopulationError
        If a number or factor is negative, a share is none, or a group is not known.

    Notes
    -----
    Chosen one after the other without putting back, each in proportion to its factor: the
    largest of u**(1 / factor), u uniform in (0, 1) [1]_. Takes O(n log n) for n people.

    References
    ----------
    .. [1] P. Efraimidis, P. Spirakis, "Weighted random sampling with a reservoir",
       Information Processing Letters 97, 2006.
    """
    groups = {str(group.id) for group in needs.groups}
    if not wanted.mix.keys() <= groups or min(wanted.factors) < 0:
        raise InvalidPopulationError("a group of needs is not known, or a factor is negative")
    if wanted.is_usual:
        return _drawn(wanted, 1, seed, needs)
    many = _drawn(wanted, MORE, seed, needs)
    weight = _weights(many, wanted)
    chance = np.random.default_rng(seed).random(len(weight))
    turns = np.full(len(weight), -np.inf)
    np.divide(np.log(chance), weight, out=turns, where=weight > 0)
    first = np.argsort(-turns, kind="stable")[: wanted.seekers]
    chosen = np.sort(first[weight[first] > 0])
    return many.chosen(chosen, np.arange(wanted.peers))


def _drawn(wanted: Wanted, times: int, seed: int, needs: Needs) -> Crowd:
    n_seekers, minors = times * wanted.seekers, wanted.minors
    return draw_crowd(n_seekers, wanted.peers, seed, needs=needs, minors=minors)


def _weights(crowd: Crowd, wanted: Wanted) -> Floats:
    """Multiply for each seeker all by which they are drawn."""
    people, needs = crowd.people, crowd.people.needs
    asking, group_at = people.seekers, groups_of(crowd)
    of_group = [wanted.mix.get(str(group.id), 1.0) for group in needs.groups]
    by_group = np.array([*of_group, 1.0])  # the last: who ticked no need
    by_languages = np.array(
        [prod(wanted.languages.get(one, 1.0) for one in spoken) for spoken in people.languages]
    )
    careful = np.array([*(need.formal_first for need in needs.all), False], dtype=np.bool_)
    is_young = asking.age == number(AgeBand.FROM_18)
    is_burdened = careful[asking.ticks].any(axis=1)
    weight: Floats = (
        by_group[np.where(group_at == NOTHING, len(of_group), group_at)]
        * by_languages[asking.languages]
        * np.where(is_young, wanted.young, 1.0)
        * np.where(is_burdened, wanted.burdened, 1.0)
    )
    return weight
