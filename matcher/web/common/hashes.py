"""The published hashes of what browsers are given, as `poe hashes` has written them."""

from functools import cache
from importlib.resources import files


def under(folder: str) -> list[tuple[str, str]]:
    """List name and SHA-256 of every file under a folder of the source tree."""
    return [
        (path.removeprefix(folder), digest)
        for path, digest in _all()
        if path.startswith(folder)
    ]


@cache
def _all() -> tuple[tuple[str, str], ...]:
    lines = files("matcher.web").joinpath("hashes.sha256").read_text("utf-8").splitlines()
    pairs = (line.split("  ", 1) for line in lines)
    return tuple((path, digest) for digest, path in pairs)
