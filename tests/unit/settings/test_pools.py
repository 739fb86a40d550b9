"""Several pools: each reads its own files where it has them, the common ones where not."""

import shutil
from pathlib import Path

import pytest

from matcher.domain.errors import SettingsError
from matcher.settings.load import config_folder, load
from matcher.settings.model import PoolName, Settings

DEFAULTS = config_folder({})
MAIN, BERLIN = PoolName("main"), PoolName("berlin")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Yield settings with a second pool that so far has nothing of its own."""
    copy = shutil.copytree(DEFAULTS, tmp_path / "config")
    (copy / "pools" / BERLIN).mkdir(parents=True)
    return copy


def _own(folder: Path, name: str, old: str = "", new: str = "") -> None:
    """Give the second pool a file of its own: the common one with one change."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / "pools" / BERLIN / name).write_text(text.replace(old, new, 1), "utf-8")


def _load(folder: Path, **variables: str) -> Settings:
    return load({"SANAD_CONFIG_DIR": str(folder), **variables})


def _error(folder: Path, **variables: str) -> str:
    with pytest.raises(SettingsError) as caught:
        _load(folder, **variables)
    return str(caught.value)


def test_there_is_one_pool_where_nobody_made_another() -> None:
    assert list(load({}).pools) == [MAIN]


def test_a_pool_without_files_of_its_own_reads_the_common_ones(folder: Path) -> None:
    settings = _load(folder)

    assert list(settings.pools) == [MAIN, BERLIN]
    assert settings.pools[BERLIN] == settings.pools[MAIN]


def test_the_rules_of_one_pool_are_not_those_of_another(folder: Path) -> None:
    _own(folder, "rules.toml", "a_day = ", "a_day = 1")

    settings = _load(folder)

    assert settings.of(BERLIN).rules.offers.a_day == 10 + settings.rules.offers.a_day
    assert settings.of(MAIN).rules == settings.rules
    assert settings.of(BERLIN).needs == settings.needs


def test_the_needs_of_one_pool_are_not_those_of_another(folder: Path) -> None:
    _own(folder, "needs.toml", '"people/lonely"', '"people/far-away"')

    settings = _load(folder)

    assert "people/far-away" in settings.of(BERLIN).needs.by_id
    assert "people/far-away" not in settings.needs.by_id


def test_a_process_serves_the_pool_of_the_common_files_unless_told_otherwise(
    folder: Path,
) -> None:
    _own(folder, "services.toml", "[[service]]", "[[service]]")

    assert _load(folder).pool == MAIN
    served = _load(folder, SANAD_POOL=BERLIN)

    assert served.pool == BERLIN
    assert served.services == served.pools[BERLIN].services
    assert list(served.pools) == [MAIN, BERLIN]


def test_a_pool_that_does_not_exist_is_refused_with_those_that_do(folder: Path) -> None:
    message = _error(folder, SANAD_POOL="munich")

    assert "SANAD_POOL" in message
    assert "main, berlin" in message


def test_a_mistake_in_a_pool_s_own_file_is_told_with_the_pool_and_the_line(
    folder: Path,
) -> None:
    _own(folder, "rules.toml", "a_day = ", "a_dya = ")
    text = (folder / "rules.toml").read_text("utf-8")
    line = text[: text.index("a_day = ")].count("\n") + 1

    assert f"pools/berlin/rules.toml, line {line}, offers.a_dya" in _error(folder)


def test_a_common_file_that_does_not_fit_a_pool_s_own_needs_is_told_for_that_pool(
    folder: Path,
) -> None:
    one_group = (folder / "needs.toml").read_text("utf-8").split("[[group]]")[1]
    (folder / "pools" / BERLIN / "needs.toml").write_text(f"[[group]]{one_group}", "utf-8")

    assert "for the pool 'berlin': services.toml, line " in _error(folder)


def test_a_misspelt_file_of_a_pool_is_refused_and_not_passed_over(folder: Path) -> None:
    (folder / "pools" / BERLIN / "rule.toml").write_text("", "utf-8")

    message = _error(folder)

    assert "pools/berlin/rule.toml" in message
    assert "rules.toml" in message


@pytest.mark.parametrize("name", ["Berlin", "1st", "a_b", "x" * 33])
def test_a_folder_that_can_be_no_pool_is_refused_by_name(folder: Path, name: str) -> None:
    (folder / "pools" / name).mkdir()

    assert f"pools/{name}: no name of a pool" in _error(folder)


def test_a_note_beside_the_pools_is_no_pool(folder: Path) -> None:
    (folder / "pools" / "README.md").write_text("what is here", "utf-8")

    assert list(_load(folder).pools) == [MAIN, BERLIN]
