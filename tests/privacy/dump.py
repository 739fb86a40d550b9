"""What somebody holds who has seized the store: every key, its value, and more than that."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from redis import Redis

from matcher.domain.profile import Handle
from matcher.settings.model import PoolName
from matcher.store.keys import Keys

PART = 4  # bytes of a name or a value that are read as one number
PARTS = 3
NO_NUMBERS = {"s", "p", "seeker_card", "peer_card", "key", "mark", "login", "offer", "room"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One key of the dump, and every number that may tell something of it."""

    name: str
    raw: bytes
    facts: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """Every key of a pool, in the order in which the server lists them."""

    entries: Mapping[str, Entry]
    beside: bytes = b""

    def with_facts(self, facts: Mapping[str, Mapping[str, float]]) -> "Dump":
        """Say something else of some keys: to see that an attacker would notice."""
        changed = {
            name: replace(self.entries[name], facts={**self.entries[name].facts, **more})
            for name, more in facts.items()
        }
        return replace(self, entries={**self.entries, **changed})

    def blob(self) -> bytes:
        """Join every name and value, and what was found beside the store."""
        parts = ((entry.name.encode(), entry.raw) for entry in self.entries.values())
        return b"\n".join([self.beside, *(part for pair in parts for part in pair)])


def seized(redis: Redis, pool: PoolName, *, beside: bytes = b"") -> Dump:
    """Read all there is to read, also what the server knows of each key by itself.

    `beside` is what else was seized: the queue, and what was logged.
    """
    prefix = Keys(pool).prefix
    listed = [key for key in redis.scan_iter(count=1000) if key.startswith(prefix.encode())]
    with redis.pipeline() as pipe:
        for key in listed:
            pipe.object("IDLETIME", key)
        idle = pipe.execute()  # first: whatever else is asked touches the key
        for key in listed:
            pipe.type(key)
        types = pipe.execute()
        for key, kind in zip(listed, types, strict=True):
            pipe.get(key) if kind == b"string" else pipe.dump(key)
            pipe.pexpiretime(key)
            pipe.memory_usage(key, samples=0)
            pipe.object("ENCODING", key)
        told = pipe.execute()
    entries = {}
    for nth, key in enumerate(listed):
        raw, ends, memory, encoding = told[4 * nth : 4 * nth + 4]
        name = key.decode().removeprefix(prefix)
        facts = {
            "nth": float(nth),
            "ends": ends / 1000,
            "memory": float(memory),
            "length": float(len(raw)),
            "encoding": as_number(encoding),
            "idle": float(idle[nth]),
            **_parts("name", bytes.fromhex(_hex(name))),
            **_parts("value", raw),
        }
        entries[name] = Entry(name=name, raw=raw, facts=facts)
    return Dump(entries=entries, beside=beside)


def person(dump: Dump, redis: Redis, prefix: str, handle: Handle) -> dict[str, float]:
    """Gather every number that stands under one handle, in clear or by the way."""
    found: dict[str, float] = {}
    for kind in ("h:", "p:", "l:", "n:", "v:"):
        entry = dump.entries.get(f"{kind}{handle}")
        found |= {f"{kind} {fact}": x for fact, x in (entry.facts if entry else {}).items()}
    head = _fields(redis, f"{prefix}h:{handle}")
    load = _scores(redis, f"{prefix}v:{handle}")
    members = list(load)
    found |= _numbers("head", head)
    found["marks"] = float(redis.hlen(f"{prefix}n:{handle}"))
    found["waits since"] = float(redis.zscore(f"{prefix}w", handle) or 0)
    found["load"], found["load ends"] = float(len(load)), sum(load.values())
    offers = [head.get("offer", ""), *(m[2:] for m in members if m[:2] in {"o:", "y:"})]
    rooms = [head.get("room", ""), *(m[2:] for m in members if m[:2] == "r:")]
    for kind, names in (("o:", offers), ("r:", rooms)):
        for name in names:
            found |= _numbers(kind, _fields(redis, f"{prefix}{kind}{name}"))
    return found


def as_number(value: object) -> float:
    """Read a number, or turn a word into one, always the same."""
    try:
        return float(str(value))
    except ValueError:
        digest = hashlib.sha256(str(value).encode()).digest()
        return float(int.from_bytes(digest[:PART], "big"))


def _numbers(label: str, fields: Mapping[str, str]) -> dict[str, float]:
    return {
        f"{label} {name}": as_number(value)
        for name, value in fields.items()
        if name not in NO_NUMBERS and not name.startswith("once:")
    }


def _fields(redis: Redis, name: str) -> dict[str, str]:
    found: dict[bytes, bytes] = redis.execute_command("HGETALL", name)
    return {at.decode("latin-1"): value.decode("latin-1") for at, value in found.items()}


def _scores(redis: Redis, name: str) -> dict[str, float]:
    return {
        member.decode(): redis.execute_command("ZSCORE", name, member)
        for member in redis.execute_command("ZRANGE", name, 0, -1)
    }


def _hex(name: str) -> str:
    """Take the part of a name that may be a number."""
    which = name.partition(":")[2]
    is_hex = len(which) % 2 == 0 and set(which) <= set("0123456789abcdef")
    return which if is_hex else which.encode().hex()


def _parts(label: str, raw: bytes) -> dict[str, float]:
    """Read the first bytes as numbers: an order of ids or of nonces would show there."""
    return {
        f"{label} {nth}": float(int.from_bytes(raw[nth * PART : (nth + 1) * PART], "big"))
        for nth in range(PARTS)
    }
