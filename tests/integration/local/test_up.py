"""`sanad up`, as a person at a terminal and a script see it."""

import http.client
import os
import shutil
import signal
import socket
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from redis import Redis
from redis.exceptions import RedisError

from matcher.local import numerics, run_folder, sessions
from matcher.local.surroundings import Seat, as_seat, told_to
from matcher.settings.load import config_folder
from tests import machine, servers
from tests.machine import Up
from tests.servers import Running
from tests.waiting import until

PROCESSES = {"store", "queue", "public", "console", "worker", "previews", "clock", "guard"}


@pytest.fixture(scope="module")
def running() -> Iterator[Up]:
    with machine.up() as found:
        yield found


def _status(url: str, path: str = "/") -> int:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    with closing(connection):
        connection.request("GET", path)
        return connection.getresponse().status


def _private(path: Path) -> bool:
    return path.stat().st_mode & 0o077 == 0


def test_everything_runs_once_it_says_so(running: Up) -> None:
    assert running.pids.keys() == PROCESSES
    assert all(sessions.members({pid}) for pid in running.pids.values())
    assert _status(running.told["public"], "/en/") == 200
    assert _status(running.console, "/en/sign-in") == 200


def test_before_the_engine_is_compiled_a_start_says_that_suggestions_take_a_while(
    tmp_path: Path,
) -> None:
    with machine.up(extra={numerics.COMPILED: str(tmp_path)}) as running:
        log = running.log.read_text()

    assert "suggestions begin once the worker says that it is ready" in log


def test_three_invitations_wait_in_a_file_of_ones_own(running: Up) -> None:
    path = Path(running.told["invitations"])

    assert len(path.read_text().splitlines()) == 3
    assert _private(path)


def test_the_first_coordinators_code_waits_in_a_file_of_ones_own(running: Up) -> None:
    path = Path(running.told["coordinator"])

    assert len(path.read_text().replace(" ", "").strip()) == 28
    assert _private(path)


def test_a_coordinators_code_can_be_made_from_a_second_terminal(running: Up) -> None:
    done = machine.sanad("console-invite", "--rank", "coordinator", home=running.home)
    path = Path(done.stdout.strip())

    assert len(path.read_text().splitlines()) == 1
    assert _private(path)


def test_no_code_and_no_password_is_in_the_log_or_in_an_argument(running: Up) -> None:
    files = [running.told[name] for name in ("invitations", "coordinator")]
    codes = [line for file in files for line in Path(file).read_text().splitlines()]
    passwords = [urlsplit(running.told[name]).password or "" for name in ("store", "queue")]
    pids = sessions.members(running.pids.values())
    arguments = "".join(Path(f"/proc/{pid}/cmdline").read_text() for pid in pids)
    seen = running.log.read_text() + arguments

    assert all(passwords)
    assert not [secret for secret in codes + passwords if secret in seen]


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc to look in")
def test_the_public_app_is_not_told_how_to_reach_the_queue(running: Up) -> None:
    environ = Path(f"/proc/{running.pids['public']}/environ").read_text()

    assert "SANAD_STORE_URL" in environ
    assert "SANAD_QUEUE_URL" not in environ
    assert "ADMIN" not in environ


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc to look in")
def test_the_console_reaches_the_queue_with_its_own_few_rights(running: Up) -> None:
    environ = Path(f"/proc/{running.pids['console']}/environ").read_text().split("\0")
    urls = [one.partition("=")[2] for one in environ if one.startswith("SANAD_QUEUE_URL=")]

    assert [urlsplit(url).username for url in urls] == ["console"]


def test_a_console_in_a_second_terminal_has_no_wider_rights(running: Up) -> None:
    told = run_folder.read_env(Path(running.told["env"]))

    for seat, names in ((Seat.CONSOLE, {"console"}), (Seat.PUBLIC, {"app"})):
        environ = as_seat(seat, told)
        urls = {name: url for name, url in environ.items() if url.startswith("unix:")}
        assert {urlsplit(url).username for url in urls.values()} == names
        assert urls.keys() == told_to(seat)


def test_nobody_gets_an_account_back_that_never_was(running: Up) -> None:
    done = machine.sanad("console-invite", "--account", "nobody", home=running.home)

    assert (done.returncode, done.stdout) == (1, "")
    assert "No coordinator signs in with this name" in done.stderr


def test_an_invitation_can_be_made_from_a_second_terminal(running: Up) -> None:
    done = machine.sanad("invite", "--count", "2", home=running.home)

    path = Path(done.stdout.strip())
    assert len(path.read_text().splitlines()) == 2
    assert _private(path)
    assert path.parent == Path(running.told["env"]).parent  # so that it goes with the run


def test_the_doctor_finds_nothing_wrong_with_it(running: Up) -> None:
    done = machine.sanad("doctor", home=running.home)

    assert "WRONG" not in done.stdout
    assert "it writes nothing to disk" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("name", "ready"),
    [
        ("clock", "clock ready"),
        ("worker", "worker ready for rounds"),
        ("previews", "worker ready for previews"),
    ],
)
def test_a_killed_background_process_is_started_again(name: str, ready: str) -> None:
    with machine.up() as running:
        until(lambda: _said(running, ready) == 1, f"{name} is ready")

        os.kill(running.pids[name], signal.SIGKILL)

        until(lambda: _said(running, ready) == 2, f"{name} is back")


def test_killed_pages_are_back_at_the_same_address() -> None:
    with machine.up() as running:
        os.kill(running.pids["public"], signal.SIGKILL)

        until(lambda: _said(running, "ended by SIGKILL") == 1, "the end was seen")
        assert _status(running.told["public"], "/en/") == 200


def test_a_killed_store_is_back_at_the_same_address() -> None:
    with machine.up() as running:
        os.kill(running.pids["store"], signal.SIGKILL)

        until(lambda: _said(running, "ended by SIGKILL") == 1, "the end was seen")
        until(lambda: _is_up(running.told["store"]), "the store answers")


def test_a_killed_guard_is_replaced_by_one_that_does_its_duty() -> None:
    with machine.up() as running:
        os.kill(running.pids["guard"], signal.SIGKILL)
        until(lambda: _said(running, "another one stands in") == 1, "it was replaced")

        running.stop(signal.SIGKILL)

        until(lambda: not running.living(), "every process has ended", within_s=10)


def _said(running: Up, words: str) -> int:
    return running.log.read_text().count(words)


def _is_up(url: str) -> bool:
    with Redis.from_url(url) as client, suppress(RedisError):
        return bool(client.ping())
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_asked_to_end_it_leaves_nothing(number: signal.Signals) -> None:
    with machine.up() as running:
        code = running.stop(number)

        assert code == 0
        assert running.living() == []
        assert not Path(running.told["env"]).parent.exists()
        assert list((running.home / f"sanad-{os.geteuid()}").iterdir()) == []


def test_killed_it_leaves_no_process_and_no_key_behind() -> None:
    with machine.up() as running:
        running.stop(signal.SIGKILL)

        until(lambda: not running.living(), "every process has ended", within_s=10)
        until(lambda: not Path(running.told["env"]).parent.exists(), "the folder is gone")


def test_a_taken_port_is_said_and_another_one_is_used() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with machine.up("--", extra={"SANAD_PUBLIC_PORT": str(port)}) as running:
            assert _status(running.told["public"], "/en/") == 200
            assert urlsplit(running.told["public"]).port != port
            assert f"port {port} of the public app is taken" in running.log.read_text()


def test_a_port_that_was_asked_for_and_is_taken_is_an_error() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as other,
        servers.private_folder() as home,
    ):
        port = str(other.getsockname()[1])

        done = machine.sanad("up", "--port", port, home=home)

    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_servers_that_are_given_are_used_and_left_alone(
    environ: dict[str, str], store: Running
) -> None:
    given = {key: value for key, value in environ.items() if key.startswith("SANAD_")}

    with machine.up(extra=given) as running:
        assert running.pids.keys() == PROCESSES - {"store", "queue"}
        assert running.told["store"] == given["SANAD_STORE_URL"]

    assert store.server.is_up()


def test_two_runs_do_not_disturb_each_other() -> None:
    with machine.up() as first, machine.up() as second:
        first.stop()

        assert _status(second.told["public"], "/en/") == 200


def test_several_workers_and_another_pool_s_pages_can_be_asked_for(tmp_path: Path) -> None:
    config = shutil.copytree(config_folder({}), tmp_path / "config")
    (config / "pools" / "berlin").mkdir(parents=True)
    asked = ("--port", "0", "--workers", "2", "--pool", "berlin")

    with machine.up(*asked, extra={"SANAD_CONFIG_DIR": str(config)}) as running:
        assert running.pids.keys() == PROCESSES | {"worker-2"}
        assert running.settings.pool == "berlin"
        assert _status(running.told["public"], "/en/") == 200
        with Redis.from_url(running.told["store"]) as store:
            assert len(list(store.scan_iter("{berlin}:i:*"))) == 3
            assert list(store.scan_iter("{main}:i:*")) == []

            machine.sanad("invite", home=running.home, extra={"SANAD_POOL": "main"})
            machine.sanad("invite", home=running.home)

            assert len(list(store.scan_iter("{main}:i:*"))) == 1
            assert len(list(store.scan_iter("{berlin}:i:*"))) == 4


def test_a_pool_that_does_not_exist_is_told_in_one_sentence() -> None:
    with servers.private_folder() as home:
        done = machine.sanad("up", "--pool", "atlantis", home=home)

    assert done.returncode == 2
    assert "SANAD_POOL: there is no pool of this name; configured: main" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_settings_are_told_in_one_sentence() -> None:
    with servers.private_folder() as home:
        done = machine.sanad("up", home=home, extra={"SANAD_ROUNDS_GATHER": "soon"})

    assert done.returncode == 2
    assert "rounds.gather" in done.stderr
    assert "Traceback" not in done.stderr
