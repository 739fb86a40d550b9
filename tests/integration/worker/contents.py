"""What is on the queue server, all of it."""

from redis import Redis

from matcher.local.scan import server


def everything(line: Redis) -> bytes:
    """Read every name and every value of the server, through every type."""
    return b"\n".join(part for key in server.keys(line) for part in (key.name, *key.parts))
