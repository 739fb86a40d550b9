"""Versions of rules: checked before they are written and when they are read, none ever lost."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matcher.domain.errors import SettingsError, StaleRulesError
from matcher.domain.versions import Publication, Version
from matcher.settings.load import config_folder, load
from matcher.settings.model import PoolName, Settings
from matcher.state.rules_history import MOST_REASON, MOST_TEXT, RulesHistory

TEXT = (config_folder({}) / "rules.toml").read_text("utf-8")
AT = datetime(2026, 5, 4, 3, 2, 1, 999, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    config = shutil.copytree(config_folder({}), tmp_path / "config")
    (config / "pools" / "berlin").mkdir(parents=True)
    told = {"SANAD_CONFIG_DIR": str(config), "SANAD_STATE_DIR": str(tmp_path / "state")}
    return load(told)


@pytest.fixture
def history(settings: Settings) -> RulesHistory:
    return RulesHistory(settings)


def with_floor(floor: float) -> Publication:
    text = TEXT.replace("said = 0.2", f"said = {floor}")
    return Publication(text=text, reason="to see", who="ana", preset="balanced")


def test_the_file_in_config_is_the_first_version(
    history: RulesHistory, settings: Settings
) -> None:
    assert history.all() == (Version(number=1, text=TEXT),)
    assert history.live() == settings.rules


def test_what_is_published_is_in_force_with_who_when_and_why(history: RulesHistory) -> None:
    made = history.publish(with_floor(0.3), after=1, at=AT)

    assert history.live().floor == 0.3
    assert history.all() == (Version(number=1, text=TEXT), made)
    assert (made.number, made.who, made.reason, made.preset) == (2, "ana", "to see", "balanced")
    assert made.at == datetime(2026, 5, 4, 3, 2, tzinfo=UTC)


def test_the_first_version_stays_what_it_was_when_the_file_is_changed(
    history: RulesHistory, settings: Settings
) -> None:
    history.publish(with_floor(0.3), after=1, at=AT)
    file = settings.folders.config / "rules.toml"
    file.write_text(TEXT.replace("said = 0.2", "said = 0.9"), "utf-8")

    assert history.all()[0].text == TEXT
    assert history.live().floor == 0.3


@pytest.mark.parametrize(
    "wrong",
    [
        TEXT.replace("a_day = 3", "a_dya = 3"),
        TEXT.replace("a_day = 3", "a_day = 51"),
        TEXT.replace('after = "3 d"', 'after = "9 d"'),
        TEXT.replace("\n[weights.needs]", '\n[weights.needs]\n"no/need" = 0.9'),
        TEXT.replace('26-39 = ["18-plus",', '26-39 = ["13-17", "18-plus",'),
        TEXT[:900],
        "",
        TEXT + "#" * MOST_TEXT,
    ],
)
def test_rules_that_are_wrong_are_never_written(history: RulesHistory, wrong: str) -> None:
    wanted = replace(with_floor(0.3), text=wrong)

    with pytest.raises(SettingsError):
        history.publish(wanted, after=1, at=AT)

    assert len(history.all()) == 1


@pytest.mark.parametrize("reason", ["", " \n ", "x" * (MOST_REASON + 1)])
def test_nothing_is_published_without_a_reason(history: RulesHistory, reason: str) -> None:
    with pytest.raises(SettingsError, match="reason"):
        history.publish(replace(with_floor(0.3), reason=reason), after=1, at=AT)


def test_a_reason_is_one_line_that_does_nothing_to_a_terminal(history: RulesHistory) -> None:
    wanted = replace(with_floor(0.3), reason=" peers\n are \x1b[2Jtired")

    made = history.publish(wanted, after=1, at=AT)

    assert made.reason.startswith("peers are ")
    assert made.reason.isprintable()


def test_rules_that_went_wrong_later_are_refused_and_nothing_older_takes_their_place(
    history: RulesHistory, settings: Settings
) -> None:
    weighed = TEXT.replace("\n[weights.needs]", '\n[weights.needs]\n"work/money" = 0.9')
    history.publish(replace(with_floor(0.2), text=weighed), after=1, at=AT)
    file = settings.folders.config / "needs.toml"
    file.write_text(file.read_text("utf-8").replace("work/money", "work/pay"), "utf-8")
    told = {
        "SANAD_CONFIG_DIR": str(settings.folders.config),
        "SANAD_STATE_DIR": str(settings.folders.state),
    }

    with pytest.raises(SettingsError, match=r"rules version 2, line .*work/money"):
        RulesHistory(load(told)).live()


@pytest.mark.parametrize("damage", [b"", b"[{", b"\xff\xfe", b'[{"number": 1}]', b'{"a": 1}'])
def test_a_damaged_history_is_said_to_be_so(
    history: RulesHistory, settings: Settings, damage: bytes
) -> None:
    history.publish(with_floor(0.3), after=1, at=AT)
    (settings.folders.state / "rules-main.json").write_bytes(damage)

    with pytest.raises(SettingsError, match="damaged"):
        history.live()
    with pytest.raises(SettingsError, match="damaged"):
        history.publish(with_floor(0.4), after=2, at=AT)


def test_of_many_who_publish_after_the_same_version_one_wins(history: RulesHistory) -> None:
    def publish(number: int) -> bool:
        try:
            history.publish(with_floor(0.3 + number / 100), after=1, at=AT)
        except StaleRulesError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(publish, range(16)))

    assert won.count(True) == 1
    assert [version.number for version in history.all()] == [1, 2]


def test_each_pool_has_a_history_of_its_own_that_nobody_else_can_read(
    history: RulesHistory, settings: Settings
) -> None:
    history.publish(with_floor(0.3), after=1, at=AT)

    assert RulesHistory(settings.of(PoolName("berlin"))).live().floor == 0.2
    made = list(settings.folders.state.iterdir())
    assert {path.stat().st_mode & 0o077 for path in made} == {0}
