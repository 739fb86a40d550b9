"""The published hashes of what browsers are given, as `poe hashes` has written them."""

from functools import cache
from importlib.resources import files

LIST = "hashes.txt"
"""The list as a file of the public app's, for `sha256sum --check`."""


def under(folder: str) -> list[tuple[str, str]]:
    """List name and SHA-256 of every file under a folder of the source tree."""
    return [
        (path.removeprefix(folder), digest)
        for path, digest in _all()
        if path.startswith(folder)
    ]


@cache
def _all() -> tuple[tuple[str, str], ...]:
    file = files("matcher.web") / "public" / "static" / LIST
    lines = file.read_text("utf-8").splitlines()
    pairs = (line.split("  ", 1) for line in lines)
    return tuple((path, digest) for digest, path in pairs)
