"""Commands under test find no `sanad up` that happens to run on this machine."""

from pathlib import Path

import pytest

from tests.unit.local.rules_commands import DEFAULTS


@pytest.fixture(autouse=True)
def apart(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Look for a running network where none is: else tests would change its rules."""
    place = tmp_path_factory.mktemp("runtime")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place))
    return place


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Write rules that differ from those in force by one suggestion a day."""
    file = tmp_path / "mine.toml"
    file.write_text(DEFAULTS.replace("a_day = 3", "a_day = 2"), "utf-8")
    return file
