"""The check that ends every test on a server: each key is declared and has a lifetime."""

from redis import Redis

from matcher.local.scan import faults, server
from matcher.settings.model import Settings


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
