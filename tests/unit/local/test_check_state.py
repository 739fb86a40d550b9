"""What the doctor says of a state folder in which something cannot be read."""

from pathlib import Path

import pytest

from matcher.local import check_state, doctor
from matcher.local.findings import Level
from matcher.settings.load import load

EVERY = sorted(check_state._ADVICE)  # noqa: SLF001 - each of them


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Yield an environment with a state folder of its own."""
    return {"SANAD_STATE_DIR": str(tmp_path)}


def test_a_folder_in_which_all_can_be_read_is_fine(environ: dict[str, str]) -> None:
    (found,) = check_state.examine(load(environ))

    assert found.level is Level.FINE


@pytest.mark.parametrize("name", EVERY)
def test_a_damaged_file_is_named_with_what_follows_and_what_to_do(
    environ: dict[str, str], tmp_path: Path, name: str
) -> None:
    (tmp_path / f"{name}-main.json").write_bytes(b'{"a\xff')

    (found,) = check_state.examine(load(environ))

    assert found.level is Level.WRONG
    assert f"{name}-main.json cannot be read, so " in found.text
    assert "put a copy in its place" in found.text
    assert found in doctor.examine(environ)


def test_one_damaged_file_hides_no_other(environ: dict[str, str], tmp_path: Path) -> None:
    for name in EVERY:
        (tmp_path / f"{name}-main.json").write_bytes(b"{")

    found = check_state.examine(load(environ))

    for name in EVERY:
        assert any(one.text.startswith(f"{name}-main.json ") for one in found)


def test_looking_makes_no_file(environ: dict[str, str], tmp_path: Path) -> None:
    check_state.examine(load(environ))

    assert list(tmp_path.iterdir()) == []
