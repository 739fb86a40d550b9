"""Commands under test find no `sanad up` that happens to run on this machine."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def apart(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Look for a running network where none is: else tests would change its rules."""
    place = tmp_path_factory.mktemp("runtime")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place))
    return place
