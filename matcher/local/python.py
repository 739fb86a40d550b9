"""How processes of ours start Python modules of ours, from a checkout or from a wheel."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Each thread would get a heap of its own and keep what it once needed; hundreds share two.
_FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}

_GIVEN_BACK = str(64 * 1024)
SPARING = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": _GIVEN_BACK,
    "MALLOC_TRIM_THRESHOLD_": _GIVEN_BACK,
}
"""For processes that hold little and compute little: what was large for a moment goes back."""


def module(name: str, *arguments: str) -> list[str]:
    """Write the command that runs a module with this very interpreter."""
    return [sys.executable, "-m", name, *arguments]


def environ(base: Mapping[str, str]) -> dict[str, str]:
    """Let a child find a checkout wherever it is started; a wheel is found anyway."""
    found = _FEW_ARENAS | dict(base) | {"PYTHONUNBUFFERED": "1"}
    if (ROOT / "pyproject.toml").exists():
        before = [found["PYTHONPATH"]] if found.get("PYTHONPATH") else []
        found["PYTHONPATH"] = os.pathsep.join([str(ROOT), *before])
    return found
