"""Writes the hashes of all that browsers are given: `poe hashes`, whenever that changes."""

from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from matcher.web.common.lean import TYPES, lean
from tests.architecture.source import ROOT

LIST = ROOT / "matcher" / "web" / "public" / "static" / "hashes.txt"
FOLDERS = ("matcher/web/*/static", "tests/vendored")
"""What browsers get besides pages, and what is taken over from others."""


def assets() -> list[Path]:
    """List every such file but the list itself, as paths from the root."""
    folders = (folder for pattern in FOLDERS for folder in ROOT.glob(pattern))
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return sorted(file.relative_to(ROOT) for file in files if file != LIST)


def given(path: Path) -> bytes:
    """Read a file as browsers are given it."""
    file, mimetype = (ROOT / path).read_bytes(), guess_type(path.name)[0] or ""
    is_ours = path.parts[0] == "matcher" and mimetype in TYPES
    return lean(file, mimetype) if is_ours else file


def listed() -> str:
    """Write the list as `sha256sum --check` reads it."""
    pairs = ((sha256(given(path)).hexdigest(), path) for path in assets())
    return "".join(f"{digest}  {path.as_posix()}\n" for digest, path in pairs)


if __name__ == "__main__":
    LIST.write_text(listed(), "utf-8")
