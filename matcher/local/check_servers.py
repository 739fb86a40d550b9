"""Looks at the two servers: whether they answer, and keep to themselves what they are told."""

import re
import time
from collections.abc import Mapping
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError
from redis.retry import Retry

from matcher.domain.errors import MatcherError
from matcher.local import binary
from matcher.local.acl import ServerName
from matcher.local.findings import Finding, fine, note, wrong
from matcher.local.surroundings import admin_variable, variable

_TIMEOUT_S = 2
_CLOCKS_APART_S = 60
_NAME = re.compile(r"//[^/@]*@")

_ALLOWED: Mapping[str, tuple[str, str]] = {
    "save": ("", 'it writes snapshots to disk; set: save ""'),
    "appendonly": ("no", "it writes every change to disk; set: appendonly no"),
    "maxmemory-policy": (
        "noeviction",
        "it puts out people who wait when it is full; set: maxmemory-policy noeviction",
    ),
    "slowlog-log-slower-than": (
        "-1",
        "its slow log quotes commands; set: slowlog-log-slower-than -1",
    ),
    "commandlog-request-larger-than": (
        "-1",
        "its log quotes large commands; set: commandlog-request-larger-than -1",
    ),
    "commandlog-reply-larger-than": (
        "-1",
        "its log quotes commands with large answers; set: commandlog-reply-larger-than -1",
    ),
    "latency-monitor-threshold": (
        "0",
        "it keeps times of slow events; set: latency-monitor-threshold 0",
    ),
}


def examine(environ: Mapping[str, str]) -> list[Finding]:
    """Look at each server that is named, and for a program where one is not."""
    given = {name: environ.get(variable(name), "") for name in ServerName}
    found: list[Finding] = []
    for name, url in given.items():
        found += _server(name, url, environ) if url else [_program(name, environ)]
    return found + _apart(given)


def _program(name: ServerName, environ: Mapping[str, str]) -> Finding:
    try:
        program = binary.find(environ.get("PATH", ""))
    except MatcherError as error:
        return wrong(name, str(error))
    version = ".".join(str(part) for part in program.version)
    return fine(name, f"none is running; `sanad up` would start {program.path.name} {version}")


def _server(name: ServerName, url: str, environ: Mapping[str, str]) -> list[Finding]:
    try:
        with _client(url) as client:
            client.ping()
            memory, told = client.info("memory"), client.time()[0]
    except RedisError as error:
        kind = type(error).__name__
        return [wrong(name, f"it does not answer ({kind}); check {variable(name)}")]
    except ValueError:
        return [wrong(name, f"{variable(name)} is not the address of a server")]
    found = [fine(name, "it answers"), _memory(name, memory), _door(name, url)]
    found += _time(name, told - time.time())
    return found + _settings(name, url, environ.get(admin_variable(name), ""))


def _memory(name: ServerName, memory: Mapping[str, Any]) -> Finding:
    most = int(memory["maxmemory"])
    if not most:
        return wrong(name, "it has no memory limit; set: maxmemory")
    return fine(name, f"{int(memory['used_memory']) / most:.0%} of its memory is used")


def _time(name: ServerName, ahead_s: float) -> list[Finding]:
    """Tell a clock that is not this machine's: lifetimes follow the one, the vault both."""
    if abs(ahead_s) <= _CLOCKS_APART_S:
        return []
    way = "ahead of" if ahead_s > 0 else "behind"
    return [wrong(name, f"its clock is {abs(ahead_s):.0f} s {way} this machine's")]


def _door(name: ServerName, url: str) -> Finding:
    """Try to come in without a name."""
    try:
        with _client(_NAME.sub("//", url, count=1)) as client:
            client.ping()
    except AuthenticationError:
        return fine(name, "nobody comes in without a password")
    except RedisError as error:
        return note(name, f"coming in without a password failed: {type(error).__name__}")
    return wrong(name, "everybody who reaches it comes in; set an ACL file, default user off")


def _settings(name: ServerName, url: str, admin_url: str) -> list[Finding]:
    own = _read(url)
    found = []
    if own is None:
        found.append(fine(name, "our own user may not read or change its settings"))
    else:
        found.append(wrong(name, "our own user may use dangerous commands; set: -@dangerous"))
    settings = own or (_read(admin_url) if admin_url else None)
    if settings is None:
        hint = f"set {admin_variable(name)} to have its settings checked"
        return [*found, note(name, hint)]
    return found + _judge(name, settings)


def _judge(name: ServerName, settings: Mapping[str, str]) -> list[Finding]:
    bad = [
        wrong(name, why)
        for key, (allowed, why) in _ALLOWED.items()
        if settings.get(key, allowed) != allowed
    ]
    return bad or [fine(name, "it writes nothing to disk, and logs no command")]


def _read(url: str) -> dict[str, str] | None:
    """Read those of its settings that it knows; None where `url` may not, or is not let in."""
    try:
        with _client(url) as client:
            told = [client.config_get(key) for key in _ALLOWED]
            return {key: value for known in told for key, value in known.items()}
    except NoPermissionError:
        return None
    except (RedisError, ValueError):
        return None


def _apart(given: Mapping[ServerName, str]) -> list[Finding]:
    """Both in one server would let whoever writes profiles make a worker run code."""
    ids = [_run_id(url) for url in given.values() if url]
    if len(ids) == len(ServerName) and ids[0] and len(set(ids)) == 1:
        return [wrong("servers", "store and queue are one server; they have to be two")]
    return []


def _run_id(url: str) -> str:
    try:
        with _client(url) as client:
            return str(client.info("server")["run_id"])
    except (RedisError, ValueError):
        return ""


def _client(url: str) -> Redis:
    return Redis.from_url(
        url,
        socket_timeout=_TIMEOUT_S,
        socket_connect_timeout=_TIMEOUT_S,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )
