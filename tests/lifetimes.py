"""Lifetimes of keys: the check that ends every test on a server, and a way to shorten them."""

from datetime import timedelta

from redis import Redis

from matcher.local.scan import faults, server
from matcher.settings.model import Settings

_MILLISECOND = timedelta(milliseconds=1)


def check_store(store: Redis, settings: Settings) -> None:
    """Fail where a key is unknown, has no lifetime, or lives longer than its kind may."""
    found = [
        (key.name, fault)
        for key in server.keys(store)
        for fault in faults.of_store_key(key, settings)
    ]
    assert not found, found


def check_queue(queue: Redis) -> None:
    """Fail where something is on the queue server that is not on its list."""
    found = [
        (key.name, fault) for key in server.keys(queue) for fault in faults.of_queue_key(key)
    ]
    assert not found, found


def shorten(redis: Redis, length: timedelta) -> None:
    """Let every key end so much sooner: what has not a whole millisecond left goes at once."""
    millis = length // _MILLISECOND + 1
    for key in redis.scan_iter(count=1000):
        left = redis.pttl(key)
        if left >= 0:
            redis.pexpire(key, left - millis)
