"""What is on the queue server, all of it."""

from redis import Redis


def everything(line: Redis) -> bytes:
    """Read every value of the server, through every type."""
    found: list[str] = []
    for key in line.scan_iter():
        kind: bytes = line.execute_command("TYPE", key)
        read = {
            "hash": ("HGETALL", key),
            "list": ("LRANGE", key, 0, -1),
            "set": ("SMEMBERS", key),
            "zset": ("ZRANGE", key, 0, -1),
            "stream": ("XRANGE", key, "-", "+"),
            "string": ("GET", key),
        }[kind.decode()]
        found.append(repr((key, line.execute_command(*read))))
    return "\n".join(found).encode()
