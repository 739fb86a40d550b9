"""Beginning and ending a trial of rules, killed at each line: what is found then is whole."""

import os
from datetime import UTC, datetime
from pathlib import Path

from matcher.domain.extent import Extent
from matcher.domain.trial import Why
from matcher.domain.versions import Publication
from matcher.settings.load import config_folder, load
from matcher.state.rules_history import RulesHistory
from matcher.state.trials import Trials
from tests.faults.killing import LEAST_POINTS, at_every_line, told_by

TEXT = (config_folder({}) / "rules.toml").read_text("utf-8")
AT = datetime(2026, 5, 4, 3, 2, tzinfo=UTC)
BOTH = 2  # a beginning and an end


def test_trials_survive_a_kill_at_any_line(tmp_path: Path) -> None:
    told = told_by(__name__, tmp_path)

    assert len(told) >= BOTH * LEAST_POINTS
    assert all(after - before in {0, 1} for before, after in told)
    assert {after - before for before, after in told} == {0, 1}


def kill_everywhere() -> None:
    """Begin and end a trial in children, each killed a line later; print the steps done."""
    settings = load(os.environ)
    trials = Trials(settings, RulesHistory(settings))
    at_every_line(lambda: steps(trials), lambda before: step(trials, before), times=BOTH)


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
