"""`sanad doctor --scan` says what should not be anywhere, and repeats nothing of it."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import NoPermissionError

from matcher.domain import codes
from matcher.domain.coordinator import Rank
from matcher.local import doctor
from matcher.local.acl import Role
from matcher.local.findings import Finding, Level
from matcher.local.surroundings import SECRETS
from matcher.settings.model import Settings
from tests import machine, servers
from tests.coordinating import WISH, come_in, wired
from tests.servers import Running

HOUR = 3600
CODE = codes.from_bits(7)
ADDRESS = "192.0.2.7"
AGENT = "Mozilla/5.0"
HALF = ["+ping", "+client|setinfo", "+info", "+scan", "+type", "+pttl"]


@pytest.fixture
def scan(
    environ: dict[str, str], store: Running, queue: Running, tmp_path: Path
) -> Callable[..., list[str]]:
    """Yield what scans this test's servers and folders, and says what is wrong."""
    environ |= {
        "SANAD_STORE_SCAN_URL": store.url(Role.SCAN),
        "SANAD_QUEUE_SCAN_URL": queue.url(Role.SCAN),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "TMPDIR": str(tmp_path),
    }

    def scanned(*logs: Path) -> list[str]:
        return _wrong(doctor.scan(environ, logs))

    return scanned


def _wrong(found: list[Finding]) -> list[str]:
    return [f"{one.subject}: {one.text}" for one in found if one.level is Level.WRONG]


Scan = Callable[..., list[str]]


def test_where_nothing_is_wrong_nothing_is_said_to_be(scan: Scan, redis: Redis) -> None:
    redis.set("{main}:ask", 1, ex=HOUR)

    assert scan() == []


def test_what_the_console_keeps_looks_like_nothing_that_may_not_stand_anywhere(
    scan: Scan, settings: Settings, store: Running, queue: Running
) -> None:
    console = wired(settings, store, queue)
    ana = come_in(console, "Ana", Rank.OWNER)
    console.staff.ask_to_invite(ana.id, Rank.COORDINATOR)
    console.coordinators.open_door(Rank.COORDINATOR)
    console.batches.make(WISH, ana.id)

    assert scan() == []


PLANTED_IN_STORE: dict[str, tuple[Callable[[Redis], object], str]] = {
    "an undeclared key": (
        lambda redis: redis.set(f"{{main}}:agents:{ADDRESS[:5]}", 1, ex=HOUR),
        "{main}:agents:… is declared nowhere (keys: 1)",
    ),
    "a key of no pool": (
        lambda redis: redis.set("session:1", 1, ex=HOUR),
        "session:… is declared nowhere (keys: 1)",
    ),
    "two keys without a lifetime": (
        lambda redis: redis.mset({"{main}:p:a": "x", "{main}:p:b": "x"}),
        "{main}:p:… has no lifetime (keys: 2)",
    ),
    "a key that lives too long": (
        lambda redis: redis.set("{main}:ask", 1, ex=2 * HOUR),
        "{main}:ask lives longer than is declared (keys: 1)",
    ),
    "a code": (
        lambda redis: (
            redis.hset("{main}:h:x", "code", CODE) and redis.expire("{main}:h:x", HOUR)
        ),
        "in {main}:h:… stands what looks like a code (keys: 1)",
    ),
    "an address in a name": (
        lambda redis: redis.set(f"{{main}}:d:{ADDRESS}", 1, ex=HOUR),
        "in {main}:d:… stands what looks like an IP address (keys: 1)",
    ),
    "a browser's name": (
        lambda redis: redis.set("{main}:d:x", AGENT, ex=HOUR),
        "in {main}:d:… stands what looks like the name of a browser (keys: 1)",
    ),
}


@pytest.mark.parametrize(
    ("plant", "said"), PLANTED_IN_STORE.values(), ids=PLANTED_IN_STORE.keys()
)
def test_what_does_not_belong_into_the_store_is_told_and_not_repeated(
    scan: Scan, redis: Redis, plant: Callable[[Redis], object], said: str
) -> None:
    plant(redis)

    found = scan()

    redis.delete(*redis.scan_iter())
    assert found == [f"store: {said}"]
    assert not [text for text in found if CODE in text or ADDRESS in text or AGENT in text]


JOB = "rq:job:round-main-1"
PLANTED_IN_QUEUE: dict[str, tuple[Callable[[Redis], object], str]] = {
    "a result": (
        lambda line: line.set("rq:results:1", 1, ex=HOUR),
        "rq:… is nothing that is needed there (keys: 1)",
    ),
    "a job with a description of its own": (
        lambda line: (
            line.hset(JOB, mapping={"data": "x", "description": "x"}) and line.expire(JOB, 60)
        ),
        "rq:… is a job that is not one of ours (keys: 1)",
    ),
    "a key of a job without a lifetime": (
        lambda line: line.zadd("rq:executions:round-main-1", {"x": 1}),
        "rq:… has no lifetime (keys: 1)",
    ),
    "a key of a worker that lives too long": (
        lambda line: line.set(f"rq:worker:{'0' * 32}", 1, ex=25 * HOUR),
        "rq:… lives longer than is declared (keys: 1)",
    ),
    "an address": (
        lambda line: (
            line.hset(f"rq:worker:{'0' * 32}", "ip_address", ADDRESS)
            and line.expire(f"rq:worker:{'0' * 32}", 60)
        ),
        "in rq:… stands what looks like an IP address (keys: 1)",
    ),
}


@pytest.mark.parametrize(
    ("plant", "said"), PLANTED_IN_QUEUE.values(), ids=PLANTED_IN_QUEUE.keys()
)
def test_what_does_not_belong_into_the_queue_is_told_and_not_repeated(
    scan: Scan, queue_url: str, plant: Callable[[Redis], object], said: str
) -> None:
    with Redis.from_url(queue_url) as line:
        plant(line)

    assert scan() == [f"queue: {said}"]


def test_a_job_that_runs_and_what_rq_leaves_of_one_are_in_order(
    scan: Scan, queue_url: str
) -> None:
    with Redis.from_url(queue_url) as line:
        line.hset(JOB, mapping={"last_heartbeat": "2026-11-26T02:47:58.036348Z"})
        line.set("rq:clean_registries:rounds", 1, ex=899)
        line.set("rq:queue:rounds:intermediate:first_seen:round-main-1", 1, ex=24 * HOUR)

    assert scan() == []


def test_a_name_that_a_connection_gives_itself_is_read(scan: Scan, store: Running) -> None:
    with Redis.from_url(store.everything(), client_name=CODE) as client:
        client.ping()

        assert scan() == ["store: in its list of connections stands what looks like a code"]


def test_scripts_that_are_not_ours_are_noted(
    scan: Scan, environ: dict[str, str], redis: Redis
) -> None:
    assert scan() == []
    for number in range(100):
        redis.script_load(f"return {number}")

    found = doctor.scan(environ, ())

    redis.script_flush()
    said = [finding.text for finding in found if finding.level is Level.NOTE]
    assert [text for text in said if "scripts are cached" in text]


def test_files_that_others_may_read_and_strange_ones_are_told(
    scan: Scan, environ: dict[str, str]
) -> None:
    vault, state = Path(environ["SANAD_VAULT_DIR"]), Path(environ["SANAD_STATE_DIR"])
    _write(vault / "vault.bak", "x", 0o600)
    _write(state / "people.json", f'{{"seen": "{ADDRESS}"}}', 0o644)

    assert scan() == [
        "state: others than you may read or own what is yours (files: 1)",
        "state: there stands what looks like an IP address (files: 1)",
        "vault: something is in it that does not belong there (files: 1)",
    ]


def test_logs_that_are_named_are_read_line_by_line(scan: Scan, tmp_path: Path) -> None:
    log = tmp_path / "up.log"
    log.write_text(f"12:00 public {ADDRESS} came\n12:01 public ready\n12:01 {ADDRESS} went\n")

    assert scan(log) == ["logs: up.log has what looks like an IP address (lines: 2)"]


def test_what_is_left_in_the_folder_for_temporary_files_is_read(
    scan: Scan, tmp_path: Path
) -> None:
    _write(tmp_path / "core.4711", f"\0\0{CODE}\0", 0o600)

    assert scan() == ["temporary files: there stands what looks like a code (files: 1)"]


def _write(path: Path, text: str, mode: int) -> None:
    path.write_text(text)
    path.chmod(mode)


def test_without_a_user_of_its_own_it_reads_what_it_may_and_says_what_not(
    environ: dict[str, str], store: Running, queue: Running, redis: Redis, tmp_path: Path
) -> None:
    environ |= {"XDG_RUNTIME_DIR": str(tmp_path), "TMPDIR": str(tmp_path)}

    found = doctor.scan(environ, ())
    redis.set("{main}:ask", 1, ex=HOUR)
    blind = doctor.scan(environ, ())

    store.forgive()
    queue.forgive()
    notes = [finding.text for finding in found if finding.level is Level.NOTE]
    assert [text for text in notes if "its slow log may not be read" in text]
    assert [text for text in notes if "set SANAD_STORE_SCAN_URL" in text]
    assert _wrong(found) == []
    hint = "set SANAD_STORE_SCAN_URL to a user that may"
    assert _wrong(blind) == [f"store: its keys may not be read; {hint}"]


def test_a_key_that_may_not_be_read_is_not_taken_for_an_empty_one(
    scan: Scan, environ: dict[str, str], store: Running, redis: Redis
) -> None:
    redis.acl_setuser("half", enabled=True, nopass=True, keys=["*"], commands=HALF)
    environ["SANAD_STORE_SCAN_URL"] = f"unix://half:x@{store.server.socket}"
    redis.set("{main}:d:x", CODE, ex=HOUR)

    found = scan()

    redis.acl_deluser("half")
    store.forgive()
    assert [text for text in found if "store: its keys may not be read" in text]


def test_a_server_that_is_not_there_is_told_and_does_not_hide_the_rest(
    scan: Scan, environ: dict[str, str], tmp_path: Path
) -> None:
    environ["SANAD_STORE_SCAN_URL"] = f"unix://scan:secret-word@{tmp_path}/none.sock"

    found = scan()

    assert found == ["store: it could not be looked through (ConnectionError)"]


@pytest.mark.parametrize(
    "command",
    [("SET", "{main}:w", "x"), ("DEL", "{main}:w"), ("EVAL", "return 1", "0"), ("FLUSHALL",)],
    ids=" ".join,
)
def test_who_scans_changes_nothing(
    store: Running, queue: Running, command: tuple[str, ...]
) -> None:
    for running in (store, queue):
        with Redis.from_url(running.url(Role.SCAN)) as client, pytest.raises(NoPermissionError):
            client.execute_command(*command)


def test_the_password_of_who_scans_is_told_to_no_process() -> None:
    assert {"SANAD_STORE_SCAN_URL", "SANAD_QUEUE_SCAN_URL"} <= SECRETS


def test_logs_without_a_scan_are_a_mistake(tmp_path: Path) -> None:
    with servers.private_folder() as home:
        done = machine.sanad("doctor", "--log", str(tmp_path), home=home)

    assert done.returncode == 2
    assert "--log goes with --scan" in done.stderr


def test_the_exit_code_tells_a_script_and_json_says_the_same(tmp_path: Path) -> None:
    log = tmp_path / "up.log"
    log.write_text(f"12:00 {ADDRESS}\n")
    extra = {"TMPDIR": str(tmp_path)}

    with servers.private_folder() as home:
        good = machine.sanad("doctor", "--scan", "--json", home=home, extra=extra)
        bad = machine.sanad(
            *["doctor", "--scan", "--json", "--log", str(log)], home=home, extra=extra
        )

    told = json.loads(bad.stdout)
    assert (good.returncode, json.loads(good.stdout)["ok"]) == (0, True)
    assert (bad.returncode, told["ok"]) == (1, False)
    assert [one["subject"] for one in told["findings"] if one["level"] == "wrong"] == ["logs"]
    assert ADDRESS not in bad.stdout + bad.stderr
    assert os.sep not in told["findings"][-1]["text"]
