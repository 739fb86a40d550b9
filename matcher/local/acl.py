"""Who may do what on a server of our own, as the text of its ACL file."""

from collections.abc import Sequence
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
    WORKER = "worker"
    CLOCK = "clock"
    ADMIN = "admin"
    SCAN = "scan"


# Dangerous commands (KEYS, CONFIG, MONITOR, SAVE, REPLICAOF ...) are for nobody. INFO is given
# back: memory decides whether intake stays open, and RQ asks for the server's version.
_APP = "~* resetchannels +@all -@dangerous +info"

# What RQ 3.0.0 asks for, tried with a worker and its horses under this line.
_WORKER = (
    "~rq:* resetchannels &rq:pubsub:* "
    "+@all -@dangerous +info +client|list +client|setname +client|info"
)

# The clock puts jobs in and sweeps stray keys; it listens to nothing and takes nothing out.
_CLOCK = (
    "~rq:* resetchannels "
    "+@all -@dangerous -@blocking -@pubsub +info +client|setname +client|info"
)

# Sees no key at all: reads settings for `sanad doctor`, empties and stops a server.
_ADMIN = (
    "resetkeys resetchannels "
    "-@all +@connection +info +dbsize +config|get +acl|list +flushall +shutdown"
)

# Reads everything and changes nothing, for `sanad doctor --scan`; its password is told to no
# process of ours.
_SCAN = (
    "~* resetchannels -@all +@connection -@dangerous +client|list +info +slowlog|get +acl|log "
    "+scan +type +pttl +get +lrange +sscan +zscan +hscan +xrange"
)

_RULES = {
    ServerName.STORE: {Role.APP: _APP, Role.ADMIN: _ADMIN, Role.SCAN: _SCAN},
    ServerName.QUEUE: {
        Role.WORKER: _WORKER,
        Role.CLOCK: _CLOCK,
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
    return tuple(User(role=role, rule=rule) for role, rule in _RULES[server].items())


def acl_file(members: Sequence[User]) -> str:
    """Write the ACL file; who gives no name gets nothing."""
    lines = ["user default off resetkeys resetchannels -@all", *(user.line for user in members)]
    return "\n".join(lines) + "\n"
