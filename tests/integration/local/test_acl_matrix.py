"""Every user of both servers against every command: what is granted works, else nothing."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path

import pytest
from redis import Redis

from matcher import store as store_package
from matcher.local.acl import GRANTS, Role, ServerName
from matcher.settings.model import PoolName
from matcher.store.keys import Keys
from tests.integration.local.commands import Command, known, refusal
from tests.servers import Running

USERS = [(name, role) for name, grants in GRANTS.items() for role in grants]
KEYS = ("{main}:w", "rq:queue:rounds", "x", "", "main:w", "{main}", "x{main}:w", "xrq:", "rq")
OF_CONNECTIONS = {"ping", "client|setinfo", "multi", "exec"}
OF_DOCTOR_AND_DEMO = {"info", "scan"}


@pytest.fixture(params=USERS, ids="-".join)
def user(
    request: pytest.FixtureRequest, both_servers: tuple[Running, Running]
) -> Iterator[tuple[Running, Role]]:
    """Yield each user of each server."""
    name, role = request.param
    running = next(one for one in both_servers if one.server.name is name)
    yield running, role
    running.flush()


def _word(command: Command, running: Running, role: Role) -> str:
    """Choose what a user may name: a key of its own, or a channel."""
    return "rq:pubsub:x" if command.name == "subscribe" else _own_key(running, role)


def _own_key(running: Running, role: Role) -> str:
    keys = GRANTS[running.server.name][role].keys
    return keys[0].replace("*", "x") if keys else "x"


def _commands(running: Running) -> list[Command]:
    with Redis.from_url(running.everything()) as tester:
        return known(tester)


def test_a_user_may_give_the_commands_of_its_grant_and_no_other(
    user: tuple[Running, Role],
) -> None:
    running, role = user
    granted = set(GRANTS[running.server.name][role].commands)
    commands = [one for one in _commands(running) if not one.is_for_all]

    passed = {
        one.name
        for one in commands
        if not refusal(running.url(role), one.filled(_word(one, running, role)))
    }

    assert len(commands) > 200
    assert passed == granted & {one.name for one in commands}
    assert {name.partition("|")[0] for name in granted} <= {
        one.name.partition("|")[0] for one in commands
    }


def test_whoever_gives_no_name_is_granted_nothing(
    both_servers: tuple[Running, Running],
) -> None:
    for running in both_servers:
        with Redis.from_url(running.everything()) as tester:
            (default,) = (line for line in tester.acl_list() if "user default " in line)

        assert {"off", "-@all"} <= set(default.split())
        assert "~" not in default
        assert "&" not in default


@pytest.mark.parametrize("words", [("GET",), ("SET", "1"), ("DEL",), ("HGETALL",)], ids=str)
def test_a_user_touches_no_key_of_others(
    user: tuple[Running, Role], words: tuple[str, ...]
) -> None:
    running, role = user
    command, *rest = words

    patterns = GRANTS[running.server.name][role].keys
    others = [key for key in KEYS if not any(fnmatchcase(key, p) for p in patterns)]
    said = {key: refusal(running.url(role), [command, key, *rest]) for key in others}

    assert all(said.values()), said


def test_a_user_touches_its_own_keys(user: tuple[Running, Role]) -> None:
    running, role = user
    grant = GRANTS[running.server.name][role]

    if grant.keys and "del" in grant.commands:
        assert refusal(running.url(role), ["DEL", _own_key(running, role)]) == ""


@pytest.mark.parametrize("name", ServerName)
def test_whoever_may_change_keys_may_not_touch_all_of_them(name: ServerName) -> None:
    for grant in GRANTS[name].values():
        assert "*" not in grant.keys or not {"set", "del", "hset"} & set(grant.commands)


def test_a_lua_step_is_bound_by_the_rights_of_whoever_runs_it(
    both_servers: tuple[Running, Running],
) -> None:
    store = both_servers[0]
    with Redis.from_url(store.everything()) as tester:
        tester.set("elsewhere", "x")
    said = {}
    with Redis.from_url(store.url(Role.APP)) as app:
        for body in ("redis.call('GET', 'elsewhere')", "redis.call('KEYS', '*')"):
            script = app.script_load(f"return {body}")
            said[body] = refusal(store.url(Role.APP), ["EVALSHA", script, "0"])
    store.flush()

    assert all(said.values()), said


@pytest.mark.parametrize("channel", ["x", "rq:pubsub", "{main}:x", "__keyspace@0__:x"])
def test_nobody_listens_to_any_channel_but_the_workers_own(
    user: tuple[Running, Role], channel: str
) -> None:
    running, role = user

    assert refusal(running.url(role), ["SUBSCRIBE", channel])


def test_nobody_gives_orders_to_a_worker(user: tuple[Running, Role]) -> None:
    running, role = user

    assert refusal(running.url(role), ["PUBLISH", "rq:pubsub:any", "{}"])


def test_the_store_s_user_is_granted_what_the_code_gives_and_nothing_more(
    both_servers: tuple[Running, Running],
) -> None:
    names = {one.name for one in _commands(both_servers[0])} | {"script|load"}
    folder = Path(str(files(store_package)))
    in_lua = {
        found.lower()
        for step in (folder / "lua").glob("*.lua")
        for found in re.findall(r"redis\.p?call\('(\w+)'", step.read_text("utf-8"))
    }
    in_python = {
        word.lower().replace(" ", "|") for path in folder.glob("*.py") for word in _words(path)
    }
    used = in_lua | (in_python & names) | {"evalsha"}

    granted = set(GRANTS[ServerName.STORE][Role.APP].commands)

    assert used - granted == set()
    assert granted - used <= OF_CONNECTIONS | OF_DOCTOR_AND_DEMO


def test_no_lua_step_chooses_its_command_at_run_time() -> None:
    for step in (Path(str(files(store_package))) / "lua").glob("*.lua"):
        calls = re.findall(r"redis\.p?call\((.)", step.read_text("utf-8"))
        assert set(calls) <= {"'"}, step.name


def _words(path: Path) -> set[str]:
    """List the words in capitals that a module holds as text."""
    constants = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    texts = {
        node.value
        for node in constants
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in texts if re.fullmatch(r"[A-Z]+( [A-Z]+)?", text)}


def test_every_key_of_every_pool_is_the_store_s_users_own() -> None:
    (pattern,) = GRANTS[ServerName.STORE][Role.APP].keys

    assert pattern == Keys(PoolName("*")).prefix + "*"
