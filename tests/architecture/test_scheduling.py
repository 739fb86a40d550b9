"""What tests of one file share is made once, also where two processes run them."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT
from tests.scheduling import together

SHARED = """
import os, pytest

@pytest.fixture(scope="module")
def shared():
    with open({log!r}, "a") as log:
        log.write(f"{{os.getpid()}}\\n")

@pytest.mark.parametrize("at", range(6))
def test_it(shared, at):
    pass
"""
HANDED_OUT = """
from tests.scheduling import Together

def pytest_xdist_make_scheduler(config, log):
    return Together(config, log)
"""


def test_what_a_file_shares_is_made_once_by_one_process(tmp_path: Path) -> None:
    log = tmp_path / "made"
    (tmp_path / "conftest.py").write_text(HANDED_OUT, encoding="utf-8")
    for name in ("journeys", "looks"):
        folder = tmp_path / "tests" / name
        folder.mkdir(parents=True)
        (folder / f"test_{name}.py").write_text(SHARED.format(log=str(log)), encoding="utf-8")
    (tmp_path / "test_other.py").write_text(SHARED.format(log=str(log)), encoding="utf-8")

    ran = subprocess.run(  # noqa: S603 - our own Python
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", tmp_path],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "18 passed" in ran.stdout, ran.stdout
    made = log.read_text("utf-8").split()
    assert (len(made), len(set(made))) == (3, 2)


def test_tests_that_run_a_browser_never_wait_for_each_other() -> None:
    journey, look, other = (
        together(f"tests/{path}.py::test_it[@x]")
        for path in ("journeys/test_codes", "looks/test_access", "web/test_near")
    )

    assert journey == look
    assert other == "tests/web/test_near.py"
