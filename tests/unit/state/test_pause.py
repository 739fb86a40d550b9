"""A pause beside the rules ends once they say so, and not before."""

from dataclasses import replace
from pathlib import Path

from matcher.settings.load import load
from matcher.state.pause import Halt, Pause

HALT = Halt(who="ana", reason="to look at it")


def test_a_pause_stays_where_the_rules_say_something_else_by_now(tmp_path: Path) -> None:
    settings = load({})
    folders = replace(settings.folders, state=tmp_path)
    pause = Pause(replace(settings, folders=folders))
    pause.begin(HALT)

    pause.end(once=lambda: False)
    assert pause.kept() == HALT

    pause.end(once=lambda: True)
    assert pause.kept() is None
    assert not pause.is_on()
