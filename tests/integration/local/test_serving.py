"""The pages started alone: each app is told of the servers that it speaks to, and no other."""

import subprocess
from pathlib import Path

import pytest

from matcher.local import python
from tests import machine
from tests.waiting import until

STORE, QUEUE = "SANAD_STORE_URL", "SANAD_QUEUE_URL"
GIVEN = {
    STORE: "unix:///nowhere/store.sock",
    QUEUE: "unix:///nowhere/queue.sock",
    "SANAD_STORE_ADMIN_URL": "unix:///nowhere/admin.sock",
    "SANAD_STORE_CONSOLE_URL": "unix:///nowhere/console.sock",
    "SANAD_PUBLIC_PORT": "0",
    "SANAD_CONSOLE_PORT": "0",
}


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc to look in")
@pytest.mark.parametrize(("app", "told"), [("web", {STORE}), ("console", {STORE, QUEUE})])
def test_an_app_is_told_of_its_own_servers(app: str, told: set[str], tmp_path: Path) -> None:
    process = subprocess.Popen(  # noqa: S603 - our own command
        python.module("matcher.cli", app),
        env=machine.environ_in(tmp_path, GIVEN),
        stderr=subprocess.DEVNULL,
    )
    seen = Path(f"/proc/{process.pid}")
    try:
        until(lambda: "gunicorn" in (seen / "cmdline").read_text(), "it serves")
        names = {one.partition("=")[0] for one in (seen / "environ").read_text().split("\0")}
    finally:
        process.terminate()
        process.wait()

    assert not {name for name in names if "CONSOLE_URL" in name}
    assert names & {STORE, QUEUE, "SANAD_STORE_ADMIN_URL"} == told
