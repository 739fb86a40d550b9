"""Where things stand, and how large they may grow."""

from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, ROOT, modules

TOP_LEVEL = {
    "LICENSE",
    "README.md",
    "config",
    "matcher",
    "pyproject.toml",
    "tests",
    "uv.lock",
    "worker",
}
MOST_LINES = 300


def test_the_top_level_holds_only_what_the_architecture_lists() -> None:
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines()]

    found = {
        path.name
        for path in ROOT.iterdir()
        if not path.name.startswith(".") and not any(fnmatch(path.name, i) for i in ignored)
    }

    assert found <= TOP_LEVEL


@pytest.mark.parametrize("module", modules(*PACKAGES), ids=str)
def test_no_module_grows_past_its_budget(module: Path) -> None:
    assert len((ROOT / module).read_text("utf-8").splitlines()) <= MOST_LINES


def test_no_lua_step_or_template_grows_past_its_budget() -> None:
    files = [*(ROOT / "matcher").rglob("*.lua"), *(ROOT / "matcher").rglob("*.html")]

    long = [file for file in files if len(file.read_text("utf-8").splitlines()) > MOST_LINES]

    assert files
    assert long == []
