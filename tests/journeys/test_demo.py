"""`sanad demo`: simulated people go the whole way, and every promise it looks at holds."""

import json

from tests import compiled
from tests.machine import sanad
from tests.servers import private_folder


def test_a_small_demo_brings_people_together_and_leaves_nothing() -> None:
    compiled.ready()
    with private_folder() as home:
        done = sanad(
            *["demo", "--seekers", "10", "--peers", "8", "--seed", "3", "--json"], home=home
        )

    assert done.returncode == 0, done.stderr[-2_000:]
    found = json.loads(done.stdout)
    assert found["broken"] == []
    assert found["conversations"] == found["greeted_both_ways"] > 0
    assert found["store_keys_left"] == found["queue_keys_left"] == 0
