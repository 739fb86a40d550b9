"""Every page in every state, gathered once, and a window of Chromium to look at them."""

from collections.abc import Iterator

import pytest

from tests.looks import chromium
from tests.looks.chromium import Screen
from tests.looks.every_state import every_state, still_app
from tests.looks.visitor import Shot


@pytest.fixture(scope="session")
def shots() -> list[Shot]:
    """Gather every page."""
    return every_state()


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """Open a window; skip, and say so, where there is no Chromium.

    For one module only: meanwhile an event loop runs, which tests of asyncio cannot have.
    """
    if (path := chromium.found()) is None:
        pytest.skip(chromium.NONE_FOUND)
    with chromium.running(path) as browser:
        yield Screen(browser, still_app())
