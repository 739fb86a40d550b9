"""Beginning and ending a trial of rules, killed at each line: what is found then is whole."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from matcher.domain.extent import Extent
from matcher.domain.trial import Why
from matcher.domain.versions import Publication
from matcher.settings.load import config_folder, load
from matcher.state.rules_history import RulesHistory
from matcher.state.trials import Trials
from tests.faults.test_rules_kills import Killer

TEXT = (config_folder({}) / "rules.toml").read_text("utf-8")
AT = datetime(2026, 5, 4, 3, 2, tzinfo=UTC)
EVERYWHERE = "from tests.faults.test_trials_kills import kill_everywhere as k; k()"
LEAST_POINTS = 60


def test_trials_survive_a_kill_at_any_line(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", EVERYWHERE],
        env={**os.environ, "SANAD_STATE_DIR": str(tmp_path / "state")},
        capture_output=True,
        text=True,
        check=True,
    )

    told = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    assert len(told) >= LEAST_POINTS
    assert all(after - before in {0, 1} for before, after in told)
    assert {after - before for before, after in told} == {0, 1}


def kill_everywhere() -> None:
    """Begin or end a trial in children, each killed a line later; print the steps done."""
    settings = load(os.environ)
    trials = Trials(settings, RulesHistory(settings))
    finished = 0
    for line in count(1):
        before = steps(trials)
        child = os.fork()
        if not child:
            sys.settrace(Killer(line))
            step(trials, before)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        print(before, steps(trials))  # noqa: T201 - told to the test
        finished += not os.WIFSIGNALED(status)
        if finished > 1:  # both a beginning and an end came through
            return


def steps(trials: Trials) -> int:
    """Count beginnings and ends; at most the last trial is on."""
    found = trials.all(now=AT)
    assert all(one.ended for one in found[:-1])
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    return len(found) + sum(1 for one in found if one.ended)


def step(trials: Trials, done: int) -> None:
    """Begin where none is on, else end."""
    if done % 2:
        trials.end(done // 2 + 1, Why.DROPPED, who="ana", at=AT)
        return
    text = TEXT.replace("a_day = 3", "a_day = 2")
    trials.begin(Publication(text=text, reason="-", who="ana"), Extent(), after=1, at=AT)
