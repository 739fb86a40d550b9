"""How worker and clock log: one line each, and of an error no more than its kind."""

import logging
import sys
from types import TracebackType

ExcInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class OneLine(logging.Formatter):
    """Leaves out what an exception says and where: texts and frames may hold anything."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the library's own name
        """Name the kind of the error only."""
        return f"({ei[0].__name__})" if ei[0] else ""

    def formatStack(self, stack_info: str) -> str:  # noqa: ARG002, N802 - the library's own name
        """Say nothing of the stack."""
        return ""


def start() -> None:
    """Send this process's log to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine("%(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
