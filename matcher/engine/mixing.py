"""Drawn people of whom some ask about certain things more often than usual."""

import numpy as np

from matcher.domain.errors import InvalidPopulationError
from matcher.domain.needs import Needs
from matcher.domain.preview import Crowd as Wanted
from matcher.engine.counting import groups_of
from matcher.engine.crowd import Crowd, draw_crowd
from matcher.engine.people import NOTHING

MORE = 4


def draw_mixed(wanted: Wanted, seed: int, needs: Needs) -> Crowd:
    """Draw people as asked for.

    Parameters
    ----------
    wanted : matcher.domain.preview.Crowd
        How many, and how many times more often than usual (0 or more) a group of needs is
        what matters most to a seeker.
    seed : int
        The same wish and seed give the same people.
    needs : Needs
        The catalogue that they answer about.

    Returns
    -------
    Crowd
        As of `matcher.engine.crowd.draw_crowd`; where there is a mix, chosen among `MORE`
        times as many seekers, so that no group can be more than about that many times as
        large as it is usually.

    Raises
    ------
    InvalidPopulationError
        If a number or factor is negative, or a group is not known.

    Notes
    -----
    Chosen one after the other without putting back, each in proportion to its factor: the
    largest of u**(1 / factor), u uniform in (0, 1) [1]_. Takes O(n log n) for n people.

    References
    ----------
    .. [1] P. Efraimidis, P. Spirakis, "Weighted random sampling with a reservoir",
       Information Processing Letters 97, 2006.
    """
    places = {str(group.id): place for place, group in enumerate(needs.groups)}
    if not wanted.mix.keys() <= places.keys() or min(wanted.mix.values(), default=1.0) < 0:
        raise InvalidPopulationError("a group of needs is not known, or a factor is negative")
    if not wanted.mix:
        return draw_crowd(wanted.seekers, wanted.peers, seed, needs=needs)
    many = draw_crowd(MORE * wanted.seekers, wanted.peers, seed, needs=needs)
    factors = np.ones(len(places) + 1)  # the last: who ticked no need
    for name, factor in wanted.mix.items():
        factors[places[name]] = factor
    group_at = groups_of(many)
    weight = factors[np.where(group_at == NOTHING, len(places), group_at)]
    chance = np.random.default_rng(seed).random(len(weight))
    turns = np.full(len(weight), -np.inf)
    np.divide(np.log(chance), weight, out=turns, where=weight > 0)
    chosen = np.sort(np.argsort(-turns, kind="stable")[: wanted.seekers])
    return many.chosen(chosen, np.arange(wanted.peers))
