"""Where sockets, keys and codes of a run are, and who may look."""

from pathlib import Path

import pytest

from matcher.local import run_folder
from matcher.local.run_folder import RunFolderError
from tests import servers


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"XDG_RUNTIME_DIR": str(tmp_path)}


def test_everything_in_a_run_is_for_its_owner_alone(environ: dict[str, str]) -> None:
    folder = run_folder.create(environ)
    with run_folder.published(folder, {"SANAD_STORE_URL": "unix://x"}, environ):
        private = [folder.path, folder.path.parent, folder.vault, folder.state, folder.env_file]
        pointer = folder.path.parent / "up.json"

        assert [path.stat().st_mode & 0o077 for path in [*private, pointer]] == [0] * 6


def test_a_folder_that_others_can_look_into_is_refused(
    environ: dict[str, str], tmp_path: Path
) -> None:
    run_folder.home(environ).chmod(0o755)

    with pytest.raises(RunFolderError):
        run_folder.create(environ)

    assert list(tmp_path.glob("sanad-*/*")) == []


def test_a_link_to_somewhere_else_is_refused(environ: dict[str, str], tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    home = run_folder.home(environ)
    home.rmdir()
    home.symlink_to(elsewhere)

    with pytest.raises(RunFolderError):
        run_folder.create(environ)


def test_another_terminal_finds_the_latest_run_until_it_ends(environ: dict[str, str]) -> None:
    first, second = run_folder.create(environ), run_folder.create(environ)

    with run_folder.published(second, {"SANAD_POOL": "it's two"}, environ):
        with run_folder.published(first, {"SANAD_POOL": "one"}, environ):
            assert run_folder.running(environ) == {"SANAD_POOL": "one"}
        assert run_folder.running(environ) == {}
    assert second.env_file.exists()


def test_what_is_found_is_what_was_written(environ: dict[str, str]) -> None:
    values = {"A": "it's", "B": "a b", "C": "x=y", "D": ""}

    with run_folder.published(run_folder.create(environ), values, environ):
        assert run_folder.running(environ) == values


def test_sockets_fit_into_the_kernels_limit() -> None:
    with servers.private_folder() as folder:
        path = run_folder.create({"XDG_RUNTIME_DIR": str(folder)}).path / "store.sock"

        assert len(str(path)) < 100
