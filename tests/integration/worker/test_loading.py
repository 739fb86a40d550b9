"""A whole pool becomes columns: nobody is lost between the store and the engine."""

import numpy as np
import pytest

from matcher.domain.profile import PeerProfile, SeekerProfile
from matcher.engine.people import NOTHING
from matcher.engine.profiles import people_of
from matcher.store import census
from matcher.store.census import Census
from matcher.store.pool import Pool
from tests.bench.filling import filled
from worker.reading import gather


def test_everybody_who_was_let_in_is_read_the_longest_waiting_first() -> None:
    with filled(1_000, 300, 5) as ground:
        backing = ground.backing
        rules, needs = backing.settings.rules, backing.settings.needs

        crowd = gather(Census(backing), needs, rules, now=backing.clock.now()).crowd

    assert (len(crowd.seekers), len(crowd.peers)) == (1_000, 300)
    assert (crowd.since[1:] >= crowd.since[:-1]).all()
    assert ((crowd.people.seekers.ticks != NOTHING).any(axis=1)).all()
    assert (crowd.free > 0).all()


def test_each_row_holds_the_answers_of_whoever_stands_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(census, "AT_ONCE", 3)  # over a hundred batches, in several blocks
    with filled(400, 200, 6) as ground:
        backing = ground.backing
        rules, needs = backing.settings.rules, backing.settings.needs
        crowd = gather(Census(backing), needs, rules, now=backing.clock.now()).crowd
        again = Pool(backing).reread([*crowd.seekers, *crowd.peers])

    profiles = [profile for profile, _ in again.values()]
    seekers = [one for one in profiles if isinstance(one, SeekerProfile)]
    peers = [one for one in profiles if isinstance(one, PeerProfile)]
    truly = people_of(seekers, peers, needs)
    assert (len(seekers), len(peers)) == (400, 200)
    assert np.array_equal(crowd.people.seekers.ticks, truly.seekers.ticks)
    assert np.array_equal(crowd.people.seekers.blocks, truly.seekers.blocks)
    assert np.array_equal(crowd.people.peers.lived, truly.peers.lived)
