"""`sanad rules`, as somebody types it."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matcher.cli import main
from matcher.domain.barriers import Barrier
from matcher.settings.load import config_folder

DEFAULTS = (config_folder({}) / "rules.toml").read_text("utf-8")


def sanad(*words: str, **variables: str) -> Result:
    return CliRunner().invoke(main, ["rules", *words], env=variables)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Copy the settings; two pools have rules of their own, one of them also needs."""
    copy = shutil.copytree(config_folder({}), tmp_path / "config")
    for pool, a_day in (("main", 7), ("berlin", 9)):
        own = copy / "pools" / pool
        own.mkdir(parents=True)
        text = DEFAULTS.replace("a_day = 3", f"a_day = {a_day}")
        (own / "rules.toml").write_text(text, "utf-8")
    needs = (copy / "needs.toml").read_text("utf-8").replace('"work/money"', '"work/no-money"')
    (copy / "pools" / "berlin" / "needs.toml").write_text(needs, "utf-8")
    return copy


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """Write rules that are allowed, and hardly meant."""
    file = tmp_path / "odd.toml"
    file.write_text(DEFAULTS.replace("a_day = 3", "a_day = 0"), "utf-8")
    return file


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """Write rules with a misspelt key."""
    file = tmp_path / "wrong.toml"
    file.write_text(DEFAULTS.replace("a_day = 3", "a_dya = 3"), "utf-8")
    return file


def line_of(words: str) -> int:
    return DEFAULTS[: DEFAULTS.index(words)].count("\n") + 1


def test_the_rules_in_use_are_right() -> None:
    done = sanad("check")

    assert done.exit_code == 0
    assert done.output == "rules.toml: these rules can be used; nothing to look at.\n"


def test_a_mistake_is_told_with_file_line_key_and_the_nearest_known_one(wrong: Path) -> None:
    done = sanad("check", str(wrong))

    assert done.exit_code == 1
    assert done.output == (
        f"wrong.toml, line {line_of('a_day')}, offers.a_dya: this key is not known; "
        "did you mean 'a_day'?\n"
    )


def test_what_may_not_be_meant_is_told_and_can_be_used(odd: Path) -> None:
    done = sanad("check", str(odd))

    assert done.exit_code == 0
    assert done.output.splitlines() == [
        f"odd.toml, line {line_of('a_day')}, offers.a_day: Nobody will get a suggestion.",
        "odd.toml: these rules can be used; 1 to look at.",
    ]


def test_json_says_the_same(odd: Path, wrong: Path) -> None:
    fine, bad = sanad("check", str(odd), "--json"), sanad("check", str(wrong), "--json")

    assert json.loads(fine.output)["ok"] is True
    assert json.loads(fine.output)["doubts"][0]["key"] == "offers.a_day"
    assert (bad.exit_code, json.loads(bad.output)["ok"]) == (1, False)
    assert "did you mean" in json.loads(bad.output)["error"]


@pytest.mark.parametrize("name", ["nothing.toml", "."])
def test_a_file_that_cannot_be_read_is_told_without_a_trace(name: str) -> None:
    done = sanad("check", name)

    assert done.exit_code == 1
    assert "Traceback" not in done.output


def test_every_rule_and_every_barrier_is_explained() -> None:
    done = sanad("explain", "--json")

    told = json.loads(done.output)
    assert {"key": "offers.a_day", "text": "A peer gets at most 3 suggestions a day."} in told[
        "rules"
    ]
    assert {barrier["key"] for barrier in told["barriers"]} == set(Barrier)


def test_people_read_the_same_in_sections() -> None:
    done = sanad("explain", "spare-our-peers")

    assert done.exit_code == 0
    assert "What protects peers" in done.output
    assert "A peer gets at most 1 suggestion a day." in done.output


def test_wrong_rules_are_not_explained(wrong: Path) -> None:
    done = sanad("explain", str(wrong))

    assert done.exit_code == 2
    assert "did you mean 'a_day'?" in done.output


def test_two_files_are_compared_rule_by_rule() -> None:
    same, changed = (
        sanad("diff", "balanced"),
        sanad("diff", "balanced", "more-people", "--json"),
    )

    assert same.output == "both say the same\n"
    assert {
        "key": "offers.a_day",
        "before": "A peer gets at most 3 suggestions a day.",
        "after": "A peer gets at most 5 suggestions a day.",
        "loosens": "fishing",
    } in json.loads(changed.output)["changes"]


def test_rules_are_about_the_needs_beside_them(tmp_path: Path) -> None:
    own = (config_folder({}) / "needs.toml").read_text("utf-8")
    renamed = own.replace('"work/money"', '"work/no-money"')
    (tmp_path / "needs.toml").write_text(renamed, "utf-8")
    more = DEFAULTS.replace("[weights.needs]\n", '[weights.needs]\n"work/money" = 2\n')
    (tmp_path / "rules.toml").write_text(more, "utf-8")

    done = sanad("check", str(tmp_path / "rules.toml"))

    assert "no need of needs.toml has the id 'work/money'; did you mean" in done.output


@pytest.mark.parametrize(("pool", "a_day"), [("main", 7), ("berlin", 9)])
def test_the_rules_in_use_are_those_of_the_pool_that_is_served(
    pool: str, a_day: int, config: Path
) -> None:
    variables = {"SANAD_CONFIG_DIR": str(config)} | ({"SANAD_POOL": pool} if a_day == 9 else {})

    checked, told, changed = (
        sanad(*words, **variables) for words in (["check"], ["explain"], ["diff", "balanced"])
    )

    assert checked.output.startswith(f"pools/{pool}/rules.toml: these rules can be used; ")
    assert f"A peer gets at most {a_day} suggestions a day." in told.output
    assert f"+ A peer gets at most {a_day} suggestions a day." in changed.output


def test_the_rules_in_use_are_about_the_needs_of_their_pool(config: Path) -> None:
    rules = config / "pools" / "berlin" / "rules.toml"
    more = DEFAULTS.replace("[weights.needs]\n", '[weights.needs]\n"work/money" = 0.5\n')
    rules.write_text(more, "utf-8")
    (config / "pools" / "main" / "rules.toml").write_text(more, "utf-8")
    variables = {"SANAD_CONFIG_DIR": str(config)}

    berlin, main_pool = (
        sanad("check", SANAD_POOL="berlin", **variables),
        sanad("check", **variables),
    )
    by_path = sanad("check", str(rules), **variables)

    assert berlin.output.startswith("pools/berlin/rules.toml, line ")
    assert "no need of needs.toml has the id 'work/money'" in berlin.output
    assert "no need of needs.toml has the id 'work/money'" in by_path.output
    assert main_pool.exit_code == 0


def test_a_preset_is_about_the_needs_of_the_pool_that_is_served(config: Path) -> None:
    text = DEFAULTS.replace("never_infer = []", 'never_infer = ["work/no-money"]')
    (config / "presets" / "ours.toml").write_text(text, "utf-8")
    variables = {"SANAD_CONFIG_DIR": str(config)}

    done = sanad("check", "ours", SANAD_POOL="berlin", **variables)

    assert done.exit_code == 0
    assert sanad("check", "ours", **variables).exit_code == 1


def test_an_unknown_pool_is_told(config: Path) -> None:
    done = sanad("check", SANAD_CONFIG_DIR=str(config), SANAD_POOL="hamburg")

    assert done.exit_code == 1
    assert done.output == (
        "SANAD_POOL: no pool is called 'hamburg'; each is a folder in config/pools\n"
    )


def test_a_misspelt_preset_is_told_with_the_nearest(tmp_path: Path) -> None:
    done, strange = sanad("check", "ballanced"), sanad("check", str(tmp_path / "\x1b[31m.toml"))

    assert done.exit_code == 1
    assert done.output == (
        "ballanced: no file has this name, and no preset; did you mean 'balanced'?\n"
    )
    assert "\x1b" not in strange.output


@pytest.mark.parametrize("command", [[], ["check"], ["explain"], ["diff"]])
def test_help_shows_examples(command: list[str]) -> None:
    done = sanad(*command, "--help")

    assert done.exit_code == 0
    assert "sanad rules " in done.output
