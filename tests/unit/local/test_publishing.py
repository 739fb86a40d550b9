"""Publishing rules by command, and looking back."""

import json
from pathlib import Path

import pytest

from tests.unit.local.rules_commands import DEFAULTS, sanad


def test_what_is_published_is_in_use_and_listed(state: Path, mine: Path) -> None:
    done = sanad(state, "publish", mine, "--reason", "peers are tired")

    assert (done.exit_code, done.output) == (
        0,
        "version 2 is in force with the next round\n",
    )
    assert sanad(state, "check").output.startswith("version 2: these rules can be used")
    assert sanad(state, "export").output == mine.read_text("utf-8")
    assert sanad(state, "export", 1).output == DEFAULTS
    first, second = sanad(state, "history").output.splitlines()
    assert first.startswith("   2  20")
    assert first.endswith("operator  peers are tired")
    assert second == "   1  the file in config/"


def test_going_back_makes_a_new_version(state: Path, mine: Path) -> None:
    sanad(state, "publish", mine, "--reason", "x")

    refused = sanad(state, "rollback", 1, "--reason", "y", "--json")
    done = sanad(state, "rollback", 1, "--reason", "y", "--loosen", "--json")

    assert (refused.exit_code, json.loads(refused.output)["ok"]) == (1, False)
    assert "(fishing)" in json.loads(refused.output)["error"]
    assert (done.exit_code, json.loads(done.output)) == (0, {"ok": True, "version": 3})
    told = json.loads(sanad(state, "history", "--json").output)["versions"]
    assert [one["version"] for one in told] == [3, 2, 1]
    assert sanad(state, "diff", "balanced").output == "both say the same\n"


def test_a_preset_is_published_by_its_name(state: Path) -> None:
    done = sanad(state, "publish", "spare-our-peers", "--reason", "holidays", "--loosen")

    told = json.loads(sanad(state, "history", "--json").output)["versions"]
    assert done.exit_code == 0
    assert told[0]["preset"] == "spare-our-peers"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("a_day = 3", "a_dya = 3", "did you mean 'a_day'?"),
        ("a_day = 3", "a_day = 4", "add --loosen"),
        ("[offers]", "[offers", "line"),
    ],
)
def test_what_may_not_be_published_is_refused_with_its_line(
    state: Path, mine: Path, old: str, new: str, said: str
) -> None:
    mine.write_text(DEFAULTS.replace(old, new), "utf-8")

    done = sanad(state, "publish", mine, "--reason", "x")

    assert done.exit_code == 1
    assert said in done.output
    assert sanad(state, "history").output == "   1  the file in config/\n"


def test_a_reason_has_to_be_given(state: Path, mine: Path) -> None:
    assert sanad(state, "publish", mine).exit_code == 2
    assert sanad(state, "publish", mine, "--reason", " ").exit_code == 1


def test_a_version_that_never_was_is_told(state: Path) -> None:
    assert "no version 7" in sanad(state, "rollback", 7, "--reason", "x").output
    assert sanad(state, "export", 7).exit_code == 2


def test_a_damaged_history_is_told_without_a_trace(state: Path, mine: Path) -> None:
    sanad(state, "publish", mine, "--reason", "x")
    (state / "rules-main.json").write_text("[{")

    for words in (["check"], ["history"], ["publish", mine, "--reason", "y"]):
        done = sanad(state, *words)
        assert done.exit_code in {1, 2}
        assert "damaged" in done.output
