"""Settings: every default loads, the environment is laid over it, mistakes are explained."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.domain.errors import SettingsError
from matcher.settings.load import config_folder, load

DEFAULTS = config_folder({})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Yield a copy of the default settings that a test may spoil."""
    return shutil.copytree(DEFAULTS, tmp_path / "config")


def _spoil(folder: Path, name: str, old: str, new: str) -> int:
    """Replace the first `old` in a file; returns the line it stands on."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def _error(folder: Path, **variables: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load({"SANAD_CONFIG_DIR": str(folder), **variables})
    return str(caught.value)


def test_every_default_file_loads() -> None:
    settings = load({})

    assert settings.lifetimes.place == timedelta(days=14)
    assert settings.lifetimes.place_most == timedelta(days=56)
    assert settings.lifetimes.peer == timedelta(days=90)
    assert settings.lifetimes.room_silent == timedelta(hours=48)
    assert len(settings.services) == 4
    assert all(service.is_example for service in settings.services)


def test_production_waits_for_a_crowd_and_shows_no_examples() -> None:
    settings = load({"SANAD_ENV": "production"})

    assert settings.rounds.gather == timedelta(seconds=120)
    assert not settings.site.shows_examples


def test_a_variable_is_laid_over_the_file() -> None:
    settings = load({"SANAD_ROUNDS_GATHER": "5 s", "SANAD_PUBLIC_PORT": "9000"})

    assert settings.rounds.gather == timedelta(seconds=5)
    assert settings.public.port == 9000


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_known_one(folder: Path) -> None:
    line = _spoil(folder, "default.toml", "threads = 400", "treads = 400")

    message = _error(folder)

    assert f"default.toml, line {line}, public.treads" in message
    assert "did you mean 'threads'?" in message


def test_a_wrong_time_is_told_with_the_units(folder: Path) -> None:
    line = _spoil(folder, "default.toml", 'draft = "2 h"', 'draft = "two hours"')

    message = _error(folder)

    assert f"default.toml, line {line}, lifetimes.draft" in message
    assert "units: s, min, h, d, weeks" in message


def test_a_number_out_of_range_is_told_with_the_range(folder: Path) -> None:
    line = _spoil(folder, "rules.toml", "unsaid_weight = 0.5", "unsaid_weight = 3.5")

    message = _error(folder)

    assert f"rules.toml, line {line}, similarity.unsaid_weight" in message
    assert "allowed: 0 to 1" in message


def test_a_word_that_is_not_on_the_list_is_told_with_the_list(folder: Path) -> None:
    line = _spoil(folder, "needs.toml", 'card = "need"', 'card = "all"')

    message = _error(folder)

    assert f"needs.toml, line {line}, group.need.card" in message
    assert "allowed: need, group, no" in message


def test_a_missing_key_is_told_with_the_table_it_belongs_to(folder: Path) -> None:
    _spoil(folder, "rules.toml", "full_from_peers = 30", "")

    message = _error(folder)

    assert "rules.toml" in message
    assert "similarity" in message
    assert "the key 'full_from_peers' is missing" in message


def test_a_number_of_a_need_is_never_used_twice(folder: Path) -> None:
    _spoil(folder, "needs.toml", "number = 2\n", "number = 1\n")

    assert "number 1 is used 2 times" in _error(folder)


def test_a_need_belongs_to_the_group_it_is_written_under(folder: Path) -> None:
    line = _spoil(folder, "needs.toml", '"identity/outed"', '"family/outed"')

    message = _error(folder)

    assert f"needs.toml, line {line}" in message
    assert "has to begin with 'identity/'" in message


def test_a_rule_about_an_unknown_need_is_refused(folder: Path) -> None:
    _spoil(folder, "rules.toml", "[similarity]", '"no/such-need" = 2.0\n\n[similarity]')

    message = _error(folder)

    assert "rules.toml" in message
    assert "no need of needs.toml has the id 'no/such-need'" in message


def test_a_service_for_an_unknown_group_is_refused(folder: Path) -> None:
    _spoil(folder, "services.toml", '"mind"', '"moon"')

    message = _error(folder)

    assert "services.toml" in message
    assert "'moon' is not known here" in message


def test_what_is_not_toml_is_told_with_its_line(folder: Path) -> None:
    line = _spoil(folder, "default.toml", "port = 8460", "port = = 8460")

    assert f"default.toml, line {line}" in _error(folder)


def test_a_missing_file_is_told_by_name(folder: Path) -> None:
    (folder / "services.toml").unlink()

    assert "services.toml: this file is missing" in _error(folder)


@pytest.mark.parametrize("chosen", ['["en", "xx"]', '["ar", "ar"]'])
def test_a_language_without_words_is_told_with_those_there_are(
    folder: Path, chosen: str
) -> None:
    line = _spoil(folder, "default.toml", 'languages = ["en", "ar"]', f"languages = {chosen}")

    message = _error(folder)

    assert f"default.toml, line {line}, site.languages" in message
    assert "allowed: en, ar" in message


def test_a_wrong_variable_is_refused_like_a_wrong_file(folder: Path) -> None:
    assert "public.port" in _error(folder, SANAD_PUBLIC_PORT="many")


@pytest.mark.parametrize(
    ("languages", "fits"), [(24, True), (25, False), (30, False)], ids=["most", "more", "30"]
)
def test_more_languages_than_a_sealed_record_holds_are_refused(
    folder: Path, languages: int, *, fits: bool
) -> None:
    more = [f"x{chr(97 + at)}" for at in range(languages - 13)]
    line = _spoil(folder, "default.toml", '"uk", "pt"]', f'"uk", "pt", {str(more)[1:]}')

    if fits:
        assert len(load({"SANAD_CONFIG_DIR": str(folder)}).languages) == languages
        return
    message = _error(folder)
    assert f"default.toml, line {line}, languages" in message
    assert f"{3 * languages + 14} bytes of the 88" in message
    assert "write fewer, or a shorter region" in message


def test_a_region_that_a_sealed_record_does_not_hold_is_refused(folder: Path) -> None:
    _spoil(folder, "default.toml", "levant = {", f"{'l' * 48} = {{")

    assert "89 bytes of the 88" in _error(folder)


def test_a_need_whose_name_no_card_holds_is_refused(folder: Path) -> None:
    text = (folder / "needs.toml").read_text("utf-8")
    old = 'id = "other/just-talk"'
    assert old in text
    _spoil(folder, "needs.toml", old, f'id = "other/{"n" * 60}"')

    assert "needs.toml" in _error(folder)
    assert "64" in _error(folder)
