"""Looks through both servers: what each key is called, how long it lives, what stands in it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources import files

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import NoPermissionError, RedisError
from redis.retry import Retry

from matcher.local.acl import ServerName
from matcher.local.findings import note, wrong
from matcher.local.scan import faults, server
from matcher.local.scan.gathering import Gathering
from matcher.local.scan.layers import layers
from matcher.local.scan.looks import Look, looks
from matcher.local.scan.server import Key, Record
from matcher.local.surroundings import scan_variable, variable
from matcher.settings.model import Settings

_TIMEOUT_S = 10.0
_ADDRESS_OF_PROCESSES = frozenset({server.REFUSED, server.CLIENTS, server.COUNTS})
_SCRIPTS = "number_of_cached_scripts"


def examine(environ: Mapping[str, str], settings: Settings, gathering: Gathering) -> None:
    """Look through each server that is named."""
    for name in ServerName:
        url = environ.get(scan_variable(name)) or environ.get(variable(name), "")
        if not url:
            gathering.say(note(name, "none is named, so there was nothing to look through"))
            continue
        try:
            with _client(url) as client:
                _look_through(client, name, settings, gathering)
        except NoPermissionError:
            gathering.say(wrong(name, f"its keys may not be read; {_hint(name)}"))
        except (RedisError, ValueError) as error:
            kind = type(error).__name__
            gathering.say(wrong(name, f"it could not be looked through ({kind})"))


def key_faults(name: ServerName, settings: Settings) -> Callable[[Key], Iterator[str]]:
    """Choose by which table the keys of a server are judged."""
    if name is ServerName.STORE:
        return lambda key: faults.of_store_key(key, settings)
    return faults.of_queue_key


def seen_in(parts: Iterable[bytes]) -> set[Look]:
    """Say what something in these parts, or packed in them, looks like."""
    return {look for part in parts for layer in layers(part) for look in looks(layer)}


def _look_through(
    client: Redis, name: ServerName, settings: Settings, gathering: Gathering
) -> None:
    faults_of, count = key_faults(name, settings), 0
    for key in server.keys(client):
        count += 1
        shown = faults.tellable(key.name)
        for fault in faults_of(key):
            gathering.count(name, f"{shown} {fault}", "keys")
        for look in seen_in((key.name, *key.parts)):
            gathering.count(name, f"in {shown} stands what looks like {look}", "keys")
    gathering.looked_at(name, count, "keys")
    for record in server.records(client):
        _look_at(record, name, gathering)
    if name is ServerName.STORE:
        _count_scripts(client, gathering)


def _look_at(record: Record, name: ServerName, gathering: Gathering) -> None:
    if record.parts is None:
        gathering.say(note(name, f"its {record.name} may not be read; {_hint(name)}"))
        return
    if record.name == server.SLOW_LOG and record.parts:
        gathering.say(wrong(name, "its slow log quotes commands; run: SLOWLOG RESET"))
    seen = seen_in(record.parts)
    if record.name in _ADDRESS_OF_PROCESSES:
        seen.discard(Look.ADDRESS)  # those of our own processes stand there
    for look in sorted(seen):
        gathering.say(wrong(name, f"in its {record.name} stands what looks like {look}"))


def _hint(name: ServerName) -> str:
    return f"set {scan_variable(name)} to a user that may"


def _count_scripts(client: Redis, gathering: Gathering) -> None:
    """Compare how many scripts are cached with ours: their texts cannot be read back."""
    ours = sum(one.name.endswith(".lua") for one in (files("matcher.store") / "lua").iterdir())
    cached = int(client.info("memory").get(_SCRIPTS, 0))
    if cached > ours:
        text = (
            f"{cached} scripts are cached, and only {ours} are ours; older versions count too"
        )
        gathering.say(note(ServerName.STORE, text))


def _client(url: str) -> Redis:
    return Redis.from_url(
        url,
        socket_timeout=_TIMEOUT_S,
        socket_connect_timeout=_TIMEOUT_S,
        retry=Retry(NoBackoff(), 0),
    )
