"""A whole pool becomes columns: nobody is lost between the store and the engine."""

from matcher.engine.people import NOTHING
from matcher.store.census import Census
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
