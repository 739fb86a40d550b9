"""`sanad services list` and `check`, as an operator types them."""

import json
import subprocess
from pathlib import Path

from matcher.domain.acts import ActId
from matcher.domain.coordinator import CoordinatorId
from matcher.local import python
from matcher.state.directory import Directory, mark
from matcher.state.service_wishes import ServiceWish
from tests.world import World

ENDS_S = 60


def sanad(*words: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run one command in the environment of this test's servers."""
    return subprocess.run(  # noqa: S603 - our own command
        python.module("matcher.cli", "services", *words),
        env=environ,
        capture_output=True,
        text=True,
        timeout=ENDS_S,
        check=False,
    )


def test_services_are_listed_without_counts_that_say_little(
    world: World, environ: dict[str, str]
) -> None:
    world.services.taps.call_bad(world.settings.services[0].id, once="a")

    listed = sanad("list", environ=environ)
    told = json.loads(sanad("list", "--json", environ=environ).stdout)

    assert listed.returncode == 0
    assert "example-line  an example" in listed.stdout
    assert "bad for" not in listed.stdout
    assert {one["about"] for one in told} == {None}
    assert [one["id"] for one in told] == [
        *(one.id for one in world.settings.services),
        *(one.id for one in world.settings.partners),
    ]


def test_the_list_needs_no_store(environ: dict[str, str], tmp_path: Path) -> None:
    without = {name: value for name, value in environ.items() if name != "SANAD_STORE_URL"}

    listed = sanad("list", environ={**without, "XDG_RUNTIME_DIR": str(tmp_path)})

    assert listed.returncode == 0
    assert "example-clinic" in listed.stdout


def test_check_says_for_which_needs_there_is_nobody(environ: dict[str, str]) -> None:
    told = json.loads(sanad("check", "--json", environ=environ).stdout)

    assert told["ok"]
    assert "safety/danger-now" in told["findings"][0]["text"]


def test_the_directory_that_coordinators_keep_is_the_one_that_is_told(
    world: World, environ: dict[str, str]
) -> None:
    directory = Directory(world.settings)
    (line, *_) = directory.entries()
    wish = ServiceWish(id=line.id, entry=None, seen=mark(line), who=CoordinatorId("ana"))
    directory.change(wish, act=ActId("a"), at=world.now())

    listed, checked = (sanad(one, environ=environ).stdout for one in ("list", "check"))

    assert line.id not in listed
    assert "coordinators keep them: 1 changes so far" in " ".join(checked.split())
    (Path(environ["SANAD_STATE_DIR"]) / "services-main.json").write_text("{]")
    damaged = sanad("check", environ=environ)
    assert damaged.returncode == 1
    assert "people are shown no service" in " ".join(damaged.stdout.split())
