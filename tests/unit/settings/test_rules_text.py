"""Values written into the text of a rules file: it says them, and stays as it was otherwise."""

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, strategies as st

from matcher.domain.errors import SettingsError
from matcher.settings.load import config_folder, load
from matcher.settings.rules_schema import Key, Kind, keys
from matcher.settings.rules_text import with_values

CONFIG = config_folder({})
TEXT = (CONFIG / "rules.toml").read_text("utf-8")
SAID = tomllib.loads(TEXT)
MODEL = (CONFIG / "presets/balanced.toml").read_text("utf-8")
NEEDS = [str(need.id) for need in load({"HOME": "/nowhere"}).needs.all]
ODD = """
musts = { acute_guard = "off", ages = { 18-plus = ["18-plus"] } }
weights.main = 2.0
weights.stage = 0.0
weights.help = 0.0
weights.identity = 0.0
weights.nearness = 0.0
similarity = {unsaid_weight = 0.5, full_from_peers = 30, never_infer = [
  "family/caring",  # ours
]}
floor.said = 0.2
relax = [{after = "3 d", floor = 0.1}]
priority = {waiting_bonus = 0.1, rare_needs = 0.2}
objective = {aim = "best"}
[offers]
answer_within = "14 d"
a_day = 3
repeat_after = "7 d"
repeats = 2
draw_among = 3
[peers]
capacity_ceiling = 5
hours_a_week = 168
rest_after_room = "0 s"
missed_before_pause = 2
"""


def changed(path: str, value: object, said: Mapping[str, Any] = SAID) -> dict[str, Any]:
    """Copy what was said with one value changed."""
    found = deepcopy(dict(said))
    *tables, key = path.split(".")
    at = found
    for table in tables:
        at = at.setdefault(table, {})
    at[key] = value
    return found


def lines_apart(before: str, after: str) -> tuple[list[str], list[str]]:
    """Tell which lines went and which came."""
    old, new = before.split("\n"), after.split("\n")
    return [one for one in old if one not in new], [one for one in new if one not in old]


def written(wanted: Mapping[str, Any], text: str = TEXT) -> str:
    return with_values(text, wanted, model=MODEL)


@pytest.mark.parametrize("name", ["rules", *(p.stem for p in (CONFIG / "presets").iterdir())])
def test_a_text_that_says_so_already_stays_as_it_is(name: str) -> None:
    path = CONFIG / ("rules.toml" if name == "rules" else f"presets/{name}.toml")
    text = path.read_text("utf-8")

    assert written(tomllib.loads(text), text) == text


def test_one_value_changes_one_line_and_its_comment_stays() -> None:
    text = written(changed("weights.stage", 0.25))

    went, came = lines_apart(TEXT, text)
    assert went == ["stage = 0.05      # the peer is a step further along"]
    assert came == ["stage = 0.25      # the peer is a step further along"]


def test_a_list_over_several_lines_is_replaced_whole() -> None:
    old = TEXT.replace("never_infer = []", 'never_infer = [\n  "family/caring", # "x"\n]')
    text = written(changed("similarity.never_infer", ["work/money"]), old)

    assert text == TEXT.replace("never_infer = []", 'never_infer = ["work/money"]')


def test_single_needs_come_and_go() -> None:
    once = written(changed("weights.needs", {"home/leaving": 2.0, "work/money": 0.5}))
    again = written(changed("weights.needs", {"work/money": 3.0}), once)

    assert lines_apart(TEXT, once)[1] == ['"home/leaving" = 2.0', '"work/money" = 0.5']
    assert lines_apart(TEXT, again) == ([], ['"work/money" = 3.0'])
    assert written(SAID, again) == TEXT


def test_a_table_that_was_left_out_is_begun() -> None:
    said = {**SAID, "weights": {k: v for k, v in SAID["weights"].items() if k != "needs"}}
    bare = TEXT.replace("[weights.needs]\n", "")
    text = written(changed("weights.needs", {"work/money": 3.0}, said), bare)

    assert lines_apart(bare, text)[1] == ["[weights.needs]", '"work/money" = 3.0']
    assert written(said, bare) == bare


def test_steps_are_written_where_they_stood_and_what_follows_keeps_its_comment() -> None:
    steps = [{"after": "2 d", "drops": ["stage"]}]
    text = written({**SAID, "relax": steps})
    none = written({**SAID, "relax": []}, text)
    back = written({**SAID, "relax": steps}, none)

    assert "said = 0.2\n" in text
    assert '\n[[relax]]\nafter = "2 d"\ndrops = ["stage"]\n\n# Whose match counts' in text
    assert "[[relax]]\n" not in none
    assert '\nsaid = 0.2\n\n[[relax]]\nafter = "2 d"' in back


def test_a_text_in_another_manner_becomes_one_in_ours() -> None:
    said = tomllib.loads(ODD)
    wanted = changed("floor.said", 0.3, said)
    text = written(wanted, ODD)

    assert tomllib.loads(text)["floor"] == {"said": 0.3}
    assert tomllib.loads(text)["similarity"]["never_infer"] == ["family/caring"]
    assert "# Which peers' age bands" in text


def test_what_neither_text_can_say_is_refused() -> None:
    with pytest.raises(SettingsError):
        with_values(ODD, {**tomllib.loads(ODD), "offers": {"a_day": 1}}, model=ODD)


def values(key: Key) -> st.SearchStrategy[object]:
    """Draw what may stand at a key; whether it is wise is not asked here."""
    some = st.lists(st.sampled_from(key.choices or ("x",)), unique=True)
    drawn: Mapping[Kind, st.SearchStrategy[object]] = {
        Kind.NUMBER: st.floats(key.least, max(key.least, key.most)),
        Kind.COUNT: st.integers(int(key.least), int(max(key.least, key.most))),
        Kind.CHOICE: st.sampled_from(key.choices or ("x",)),
        Kind.SOME: some,
        Kind.LENGTH: st.integers(1, 99).map("{} h".format),
        Kind.BANDS: st.dictionaries(st.sampled_from(key.choices or ("x",)), some),
        Kind.FACTORS: st.dictionaries(st.sampled_from(NEEDS), st.floats(0, 10)),
        Kind.NEEDS: st.lists(st.sampled_from(NEEDS), unique=True),
    }
    return drawn[key.kind]


TABLES = {key.path for key in keys()}
STEP = {key.path[1]: values(key) for key in keys() if key.path[0] == "relax"}


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    """Draw all that a file may say."""
    found: dict[str, Any] = {}
    for key in keys():
        table, name = key.path
        if table != "relax":
            found.setdefault(table, {})[name] = draw(values(key))
    return {**found, "relax": draw(st.lists(st.fixed_dictionaries(STEP), max_size=4))}


@given(files(), files())
def test_whatever_is_written_is_said_and_written_twice_stays(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    text = TEXT
    for wanted in (first, second, SAID):
        text = written(wanted, text)
        assert written(wanted, text) == text

    assert tomllib.loads(text) == SAID
    comments = [line for line in TEXT.split("\n") if line.startswith("#")]
    assert [line for line in comments if line not in text] == []
