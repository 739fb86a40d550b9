"""Fixtures of the worker's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from matcher.jobs import connect
from tests.servers import Running


@pytest.fixture
def line(queue: Running) -> Iterator[Redis]:
    """Yield a client of the queue server that may do everything, as only tests may."""
    with connect(queue.everything()) as client:
        yield client


@pytest.fixture
def trap(tmp_path: Path, environ: dict[str, str]) -> Path:
    """Yield the folder in which code leaves a file that should never have been run."""
    folder = tmp_path / "trap"
    folder.mkdir()
    environ["TRAP"] = str(folder)
    return folder
