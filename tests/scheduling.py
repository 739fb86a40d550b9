"""Which tests go to the same process, where several run side by side.

All of one file do, so that what they share is made once; and all that run a browser do, so that
two never wait for each other on a small machine. The marks of `--dist loadgroup` cannot be
relied on: from pytest 9.2 on they are passed over in silence (pytest-xdist, issue 1386).
"""

from xdist.scheduler import LoadFileScheduling

BROWSERS = ("tests/journeys/", "tests/looks/")


class Together(LoadFileScheduling):  # type: ignore[misc]  # it ships no types
    """Hands out tests by file, those of browsers as one."""

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


def together(nodeid: str) -> str:
    """Name what a test is run together with."""
    file = nodeid.partition("::")[0]
    return "browsers" if file.startswith(BROWSERS) else file
