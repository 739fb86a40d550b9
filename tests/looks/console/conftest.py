"""The console in every state, gathered once, and a window of Chromium in which axe can run."""

from collections.abc import Iterator

import pytest

from tests.looks import chromium
from tests.looks.chromium import Screen
from tests.looks.console.every_state import every_console_state
from tests.looks.console.ground import still_app
from tests.looks.visitor import Shot


@pytest.fixture(scope="session")
def desks() -> list[Shot]:
    """Gather every page of the console."""
    return every_console_state()


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """Open a window; skip, and say so, where there is no Chromium."""
    if (path := chromium.found()) is None:
        pytest.skip(chromium.NONE_FOUND)
    with chromium.running(path) as browser:
        yield Screen(browser, still_app(), can_run=True)
