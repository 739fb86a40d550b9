"""A worker's log names the kind of an error and nothing that it says."""

import logging
import sys

from worker.log import OneLine

CANARY = "somebody's words"


def _logged() -> logging.LogRecord:
    try:
        int(CANARY)
    except ValueError:
        failure = sys.exc_info()
    else:
        raise AssertionError(CANARY)
    return logging.LogRecord(
        "x", logging.ERROR, __file__, 1, "failed", None, failure, sinfo=CANARY
    )


def test_an_exception_is_logged_by_its_kind_alone() -> None:
    assert OneLine("%(message)s").format(_logged()).split() == ["failed", "(ValueError)"]
