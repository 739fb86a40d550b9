"""What uv.lock says: every file of every package by its hash, from the one index there is."""

import re
import tomllib
from typing import Any

import pytest

from tests.architecture.source import ROOT

LOCK: dict[str, Any] = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
INDEX = {"registry": "https://pypi.org/simple"}
OWN = {"editable": "."}
OTHERS = [package for package in LOCK["package"] if package["source"] != OWN]


def test_nothing_but_sanad_itself_comes_from_elsewhere_than_the_index() -> None:
    assert len(OTHERS) > 50
    assert [package["name"] for package in OTHERS if package["source"] != INDEX] == []
    assert [p["name"] for p in LOCK["package"] if p["source"] == OWN] == ["sanad"]


@pytest.mark.parametrize("package", OTHERS, ids=lambda package: package["name"])
def test_every_file_of_a_locked_package_has_its_hash(package: dict[str, Any]) -> None:
    files = [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else ())]

    assert files
    assert all(re.fullmatch("sha256:[0-9a-f]{64}", file.get("hash", "")) for file in files)
