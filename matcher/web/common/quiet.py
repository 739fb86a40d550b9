"""A Flask app that says nothing of a failure but its kind."""

import logging
from typing import Any

from flask import Flask

_log = logging.getLogger("sanad.web")


class QuietFlask(Flask):
    """Flask that names the class of an unexpected error in its log, and nothing else."""

    def log_exception(self, exc_info: Any) -> None:  # noqa: ANN401 - Flask's own signature
        """Write down what kind of error it was: its text may hold what somebody typed."""
        _log.error("unexpected %s", exc_info[0].__name__ if exc_info[0] else "error")
