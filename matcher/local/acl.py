"""Who may do what on a server of our own, as the text of its ACL file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from secrets import token_urlsafe


class ServerName(StrEnum):
    """The two servers; one of them can make a worker run code, so they are never the same."""

    STORE = "store"
    QUEUE = "queue"


class Role(StrEnum):
    """Under whose name a process speaks to a server."""

    APP = "app"
    CONSOLE = "console"
    WORKER = "worker"
    CLOCK = "clock"
    ADMIN = "admin"
    SCAN = "scan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one user may touch and which commands it may give; everything else is refused."""

    commands: tuple[str, ...]
    keys: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The grant as an ACL file writes it."""
        keys = [f"~{pattern}" for pattern in self.keys] or ["resetkeys"]
        channels = ["resetchannels", *(f"&{pattern}" for pattern in self.channels)]
        return " ".join(
            [*keys, *channels, "-@all", *(f"+{command}" for command in self.commands)]
        )


# Every command stands here by name because something of ours gives it; tests compare the two.
# All are as old as 6.2: a server refuses an ACL file with a name that it does not know.
_GREETING = ("ping", "client|setinfo")  # redis-py says who it is whenever it connects
_STEPS = ("evalsha", "script|load")
_AT_ONCE = ("multi", "exec")

# INFO: memory decides whether intake stays open. SCAN: `sanad demo` counts what is left.
_APP = Grant(
    keys=("{*}:*",),
    commands=(
        *(*_GREETING, *_STEPS, *_AT_ONCE, "info", "scan", "time"),
        *("get", "mget", "set", "getdel", "incr", "incrby", "del", "exists"),
        *("copy", "rename", "expire", "pexpire", "pexpireat", "pttl", "touch"),
        *("hget", "hmget", "hgetall", "hvals", "hlen", "hexists", "hset", "hdel", "hincrby"),
        *("zadd", "zrem", "zscore", "zcard"),
        *("zrange", "zrangebyscore", "zremrangebyscore"),
        *("rpush", "lrange", "llen"),
    ),
)

# Coordinators' pages reach nothing that is kept of a person: no handle, answer, place or room,
# whatever may be wrong with a page. What they decide about somebody they leave sealed, and the
# clock carries it out. A step is given the prefix of its pool as a key. Sums began with noise,
# and come to where these pages read them when nothing is added any more: while they grow, who
# looks again and again would see somebody come. What stands for a few days was covered before
# it was kept. They put down which preview is wanted and read what came out, covered; budgets
# are the worker's alone. Marks of invitations they write: a batch is ended at once, before
# anybody on the way in uses it. To take that from them would keep nobody out: they hold the
# file from which the clock puts marks up, and cannot make invitations without it.
SUMS_SHOWN = (
    *("sums", "found", "replies", "events", "told", "lessons"),
    *("standing", "waits", "trial", "near"),
)
_CONSOLE = Grant(
    keys=(
        *("{*}:", "{*}:none", "{*}:offset", "{*}:desk:*", "{*}:desk-of:*", "{*}:lim:*"),
        "{*}:used:*",
        *("{*}:i:*", "{*}:note:*", "{*}:notes", "{*}:stats:rules"),
        *("{*}:report:*", "{*}:reports", "{*}:decided", "{*}:suspended", "{*}:notice:*"),
        *("{*}:stats:wanted:*", "{*}:stats:answer:*"),
        *(f"{{*}}:stats:{kind}:*" for kind in SUMS_SHOWN),
    ),
    commands=(
        *(*_GREETING, *_STEPS, "time", "get", "set", "del", "exists", "incrby"),
        *("pexpireat", "pttl", "hget", "hgetall", "hmget", "hset", "hexists", "hdel"),
        *("zadd", "zrem", "zrangebyscore"),
    ),
)

# The clock puts jobs in and sweeps stray keys; it listens to nothing and takes nothing out.
_CLOCK = Grant(
    keys=("rq:*",),
    commands=(
        *(*_GREETING, *_STEPS, *_AT_ONCE, "info", "time", "scan", "type", "ttl", "expire"),
        *("del", "exists", "hset", "lrange", "lrem", "rpush", "sadd"),
    ),
)

# The console asks for previews and reads how far they are: no other job, and no other queue.
_TRIALS = Grant(
    keys=("rq:job:preview-*", "rq:queue:previews", "rq:queues"),
    commands=(
        *(*_GREETING, *_STEPS, *_AT_ONCE, "info", "exists", "expire"),
        *("hset", "hgetall", "rpush", "sadd"),
    ),
)

# What RQ 3.0.0 asks for in a worker and its horses. Who gives `sanad up` a queue server gives
# one name for worker and clock, so a worker may do what the clock may. It hears orders, because
# RQ wants that; no user of ours may give any.
_WORKER = Grant(
    keys=("rq:*",),
    channels=("rq:pubsub:*",),
    commands=(
        *_CLOCK.commands,
        *("watch", "unwatch", "subscribe", "unsubscribe", "lmove", "blmove"),
        *("get", "set", "persist", "xadd", "hget", "hgetall", "hincrby", "hincrbyfloat"),
        *("srem", "smembers", "zadd", "zrem", "zrange", "zrangebyscore", "zremrangebyscore"),
    ),
)

# Sees no key at all: reads settings for `sanad doctor`, empties and stops a server.
_ADMIN = Grant(
    commands=(*_GREETING, "info", "dbsize", "config|get", "acl|list", "flushall", "shutdown"),
)

# Reads everything and changes nothing, for `sanad doctor --scan`; its password is told to no
# process of ours.
_SCAN = Grant(
    keys=("*",),
    commands=(
        *(*_GREETING, "client|list", "info", "slowlog|get", "acl|log"),
        *("scan", "type", "pttl", "get", "lrange", "sscan", "zscan", "hscan", "xrange"),
    ),
)

GRANTS: Mapping[ServerName, Mapping[Role, Grant]] = {
    ServerName.STORE: {
        Role.APP: _APP,
        Role.CONSOLE: _CONSOLE,
        Role.ADMIN: _ADMIN,
        Role.SCAN: _SCAN,
    },
    ServerName.QUEUE: {
        Role.WORKER: _WORKER,
        Role.CLOCK: _CLOCK,
        Role.CONSOLE: _TRIALS,
        Role.ADMIN: _ADMIN,
        Role.SCAN: _SCAN,
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """One user of one server with a password made for this run."""

    role: Role
    rule: str
    password: str = field(default_factory=lambda: token_urlsafe(32), repr=False)

    @property
    def line(self) -> str:
        """Its line in the ACL file, which holds the password's hash alone."""
        return f"user {self.role} on #{sha256(self.password.encode()).hexdigest()} {self.rule}"


def users(server: ServerName) -> tuple[User, ...]:
    """Make the users of a server, each with a new password."""
    return tuple(User(role=role, rule=grant.rule) for role, grant in GRANTS[server].items())


def acl_file(members: Sequence[User]) -> str:
    """Write the ACL file; who gives no name gets nothing."""
    lines = ["user default off resetkeys resetchannels -@all", *(user.line for user in members)]
    return "\n".join(lines) + "\n"
