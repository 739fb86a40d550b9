"""What each user may not do on a server of our own."""

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, NoPermissionError
from redis.retry import Retry

from matcher.local.acl import Role
from tests.servers import Running

ONCE = Retry(NoBackoff(), 0)
DANGEROUS = (
    ("KEYS", "*"),
    ("CONFIG", "SET", "save", "1 1"),
    ("CONFIG", "SET", "dir", "."),
    ("SAVE",),
    ("BGSAVE",),
    ("BGREWRITEAOF",),
    ("MONITOR",),
    ("REPLICAOF", "127.0.0.1", "1"),
    ("SLOWLOG", "GET"),
    ("MODULE", "LIST"),
    ("ACL", "SETUSER", "default", "on"),
    ("CLIENT", "KILL", "TYPE", "normal"),
)


@pytest.fixture(params=[(0, Role.APP), (1, Role.WORKER), (1, Role.CLOCK)], ids=str)
def everyday_url(request: pytest.FixtureRequest, both_servers: tuple[Running, Running]) -> str:
    at, role = request.param
    return both_servers[at].url(role)


@pytest.mark.parametrize("command", DANGEROUS, ids=" ".join)
def test_nobody_at_work_may_use_a_dangerous_command(
    everyday_url: str, command: tuple[str, ...]
) -> None:
    with Redis.from_url(everyday_url) as client, pytest.raises(NoPermissionError):
        client.execute_command(*command)


def test_nobody_comes_in_without_a_name(both_servers: tuple[Running, Running]) -> None:
    for running in both_servers:
        with (
            Redis(unix_socket_path=str(running.server.socket), retry=ONCE) as client,
            pytest.raises(AuthenticationError),
        ):
            client.ping()


def test_the_admin_sees_no_key(store: Running, redis: Redis) -> None:
    redis.set("{main}:w", "x", ex=60)

    with store.admin() as admin, pytest.raises(NoPermissionError):
        admin.get("{main}:w")


def test_the_queue_holds_nothing_but_what_rq_puts_there(queue: Running) -> None:
    with Redis.from_url(queue.url(Role.WORKER)) as worker, pytest.raises(NoPermissionError):
        worker.set("elsewhere", "x", ex=60)


def test_the_clock_takes_no_job_out(queue: Running) -> None:
    with Redis.from_url(queue.url(Role.CLOCK)) as clock, pytest.raises(NoPermissionError):
        clock.blpop(["rq:queue:rounds"], timeout=1)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("save", ""),
        ("appendonly", "no"),
        ("maxmemory-policy", "noeviction"),
        ("slowlog-log-slower-than", "-1"),
        ("slowlog-max-len", "0"),
        ("latency-monitor-threshold", "0"),
        ("commandlog-request-larger-than", "-1"),
        ("commandlog-reply-larger-than", "-1"),
        ("crash-log-enabled", "no"),
        ("port", "0"),
    ],
)
def test_a_server_of_ours_keeps_nothing_on_disk_and_logs_no_command(
    both_servers: tuple[Running, Running], setting: str, value: str
) -> None:
    for running in both_servers:
        with running.admin() as admin:
            told = admin.config_get(setting)
            assert told == ({} if _is_unknown(setting, running) else {setting: value})


def _is_unknown(setting: str, running: Running) -> bool:
    """Say whether this server has no log of large commands, and no word for it."""
    return setting.startswith("commandlog") and not running.server.binary.own_options


def test_a_server_of_ours_has_a_memory_limit(both_servers: tuple[Running, Running]) -> None:
    for running in both_servers:
        with running.admin() as admin:
            assert int(admin.config_get("maxmemory")["maxmemory"]) > 0


def test_nobody_else_may_read_the_socket_the_folder_or_the_acl_file(
    both_servers: tuple[Running, Running],
) -> None:
    for running in both_servers:
        folder = running.server.folder
        private = [folder, running.server.socket, folder / f"{running.server.name}.acl"]

        assert [path.stat().st_mode & 0o077 for path in private] == [0, 0, 0]
