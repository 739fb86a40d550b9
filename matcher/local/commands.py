"""What each process runs: the same commands by hand and under `sanad up`."""

from enum import StrEnum
from pathlib import Path

from matcher.local import python
from matcher.settings.model import Listen

_SPARE_CONNECTIONS = 600  # open, idle, and waiting for a thread


class App(StrEnum):
    """The two web apps, as matcher/wsgi.py names them."""

    PUBLIC = "public"
    CONSOLE = "console"


def serve(app: App, listen: Listen, *, config: Path, bind: str) -> list[str]:
    """Run one of the web apps under gunicorn."""
    return python.module(
        "gunicorn",
        "--config",
        str(config / "gunicorn.conf.py"),
        "--bind",
        bind,
        "--workers",
        str(listen.processes),
        "--threads",
        str(listen.threads),
        "--worker-connections",
        str(listen.threads + _SPARE_CONNECTIONS),
        f"matcher.wsgi:{app}()",
    )


def worker(queue: str = "") -> list[str]:
    """Run the worker of one queue."""
    return python.module("worker.main", *(["--queue", queue] if queue else []))


def clock() -> list[str]:
    """Run the clock."""
    return python.module("worker.clock")


def address(listen: Listen) -> str:
    """Write where an app listens, for gunicorn."""
    host = f"[{listen.host}]" if ":" in listen.host else listen.host
    return f"{host}:{listen.port}"
