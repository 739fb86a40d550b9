"""Publishing rules, killed at each line of it: what is found then is whole, old or new."""

import os
from datetime import UTC, datetime
from pathlib import Path

from matcher.domain.versions import Publication
from matcher.settings.load import config_folder, load
from matcher.state.rules_history import RulesHistory
from tests.faults.killing import at_every_line, check_one_change, told_by

TEXT = (config_folder({}) / "rules.toml").read_text("utf-8")
AT = datetime(2026, 5, 4, 3, 2, tzinfo=UTC)


def test_rules_survive_a_kill_at_any_line_of_publishing(tmp_path: Path) -> None:
    check_one_change(told_by(__name__, tmp_path), at_first=1)


def kill_everywhere() -> None:
    """Publish in children, each killed a line later; print the newest version each time."""
    history = RulesHistory(load(os.environ))
    at_every_line(lambda: _newest(history), lambda before: _publish(history, before))


def _newest(history: RulesHistory) -> int:
    """Read everything back; the newest can be used, and is what is in force."""
    versions = history.all()
    assert [version.number for version in versions] == list(range(1, len(versions) + 1))
    number = versions[-1].number
    assert history.live().offers.a_day == _a_day(number)
    return number


def _a_day(number: int) -> int:
    return 3 if number == 1 else 4 + number % 40


def _publish(history: RulesHistory, after: int) -> None:
    text = TEXT.replace("a_day = 3", f"a_day = {_a_day(after + 1)}")
    history.publish(Publication(text=text, reason="to see", who="ana"), after=after, at=AT)
