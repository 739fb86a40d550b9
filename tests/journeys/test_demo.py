"""`sanad demo`: simulated people go the whole way, and every promise it looks at holds."""

import json
import os
import subprocess

import pytest

from matcher.local import python


@pytest.mark.xdist_group("demo")
@pytest.mark.timeout(240)
def test_a_small_demo_brings_people_together_and_leaves_nothing() -> None:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("SANAD_")}

    done = subprocess.run(  # noqa: S603 - our own command
        python.module(
            "matcher.cli", "demo", "--seekers", "10", "--peers", "8", "--seed", "3", "--json"
        ),
        env=python.environ(clean),
        capture_output=True,
        check=False,
        text=True,
    )

    assert done.returncode == 0, done.stderr[-2_000:]
    found = json.loads(done.stdout)
    assert found["broken"] == []
    assert found["conversations"] == found["greeted_both_ways"] > 0
    assert found["store_keys_left"] == found["queue_keys_left"] == 0
