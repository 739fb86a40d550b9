"""What a worker is told of threads, and where it keeps what is compiled for it."""

from pathlib import Path

import pytest

from matcher.local import numerics


@pytest.fixture
def base(tmp_path: Path) -> dict[str, str]:
    """Yield the environment of somebody with a home and a place for what is running."""
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    home = tmp_path / "home"
    home.mkdir()
    return {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime)}


def test_every_library_has_one_thread_unless_told_otherwise(base: dict[str, str]) -> None:
    told = numerics.environ({**base, "OMP_NUM_THREADS": "4"})

    assert told["OMP_NUM_THREADS"] == "4"
    assert {told[name] for name in numerics.THREADS} == {"1", "4"}


def test_compiled_code_is_kept_in_a_folder_of_ones_own(base: dict[str, str]) -> None:
    folder = Path(numerics.environ(base)[numerics.COMPILED])

    assert folder == Path(base["HOME"], ".cache/sanad/compiled")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert numerics.folder_of_compiled(base) == folder  # and found again


def test_a_folder_that_was_chosen_is_taken(base: dict[str, str]) -> None:
    told = numerics.environ({**base, numerics.COMPILED: "/chosen"})

    assert told[numerics.COMPILED] == "/chosen"


@pytest.mark.parametrize("which", [".cache/sanad", ".cache/sanad/compiled"])
def test_a_folder_that_others_can_write_to_is_not_used(
    base: dict[str, str], which: str
) -> None:
    open_to_all = Path(base["HOME"], which)
    open_to_all.mkdir(parents=True)
    open_to_all.chmod(0o777)

    folder = numerics.folder_of_compiled(base)

    assert folder.is_relative_to(base["XDG_RUNTIME_DIR"])
    assert folder.stat().st_mode & 0o077 == 0


def test_a_link_to_somewhere_else_is_not_followed(base: dict[str, str], tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    Path(base["HOME"], ".cache").mkdir()
    Path(base["HOME"], ".cache/sanad").symlink_to(elsewhere)

    folder = numerics.folder_of_compiled(base)

    assert folder.is_relative_to(base["XDG_RUNTIME_DIR"])
    assert list(elsewhere.iterdir()) == []


def test_without_a_home_it_is_kept_with_what_is_running(base: dict[str, str]) -> None:
    del base["HOME"]

    assert numerics.folder_of_compiled(base).is_relative_to(base["XDG_RUNTIME_DIR"])
