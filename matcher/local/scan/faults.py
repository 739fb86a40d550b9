"""What is wrong with a key: not declared, without an end, or with too late a one."""

import re
from collections.abc import Iterator
from datetime import timedelta

from matcher.domain.jobs import is_ours
from matcher.jobs import LASTING, PASSING, PASSING_MOST
from matcher.local.scan.server import NO_END_MS, Key
from matcher.settings.model import Settings
from matcher.store.clock import OFFSET_KEY
from matcher.store.keys import kind_of

SLACK = timedelta(minutes=2)  # ends fall on whole minutes

_TELLABLE = re.compile(r"(\{[a-z0-9-]+\}:)?([a-z_-]{1,16}:|[a-z_-]{1,16}$)?")
_JOB = "rq:job:"
_STARTED = b"started"
_LEFT_OVER = {b"last_heartbeat", b"status"}  # RQ writes these also after a job has gone


def of_store_key(key: Key, settings: Settings) -> Iterator[str]:
    """Say what is wrong with a key of the store."""
    name = _text(key)
    if name == OFFSET_KEY and settings.has_test_clock:
        return
    kind = kind_of(name)
    if kind is None:
        yield "is declared nowhere"
    elif not key.is_readable:
        yield "is of a type that is never used here"
    if key.left_ms == NO_END_MS:
        yield "has no lifetime"
    elif kind and _left(key) > kind.longest(settings) + SLACK:
        yield "lives longer than is declared"


def of_queue_key(key: Key) -> Iterator[str]:
    """Say what is wrong with a key of the queue server."""
    name = _text(key)
    if PASSING.fullmatch(name):
        yield from _of_passing_key(key, name)
    elif not LASTING.fullmatch(name):
        yield "is nothing that is needed there"


def tellable(name: bytes) -> str:
    """Name a key as far as nothing of anybody can stand in it."""
    found = _TELLABLE.match(name.decode(errors="replace"))
    shown = found.group() if found else ""
    return f"{shown}…" if len(shown) < len(name) else shown


def _of_passing_key(key: Key, name: str) -> Iterator[str]:
    fields = key.fields
    is_job = name.startswith(_JOB)
    is_left_over = is_job and bool(fields) and fields.keys() <= _LEFT_OVER
    is_bounded_soon = is_left_over or (is_job and fields.get(b"status") == _STARTED)
    if is_job and not is_left_over and not is_ours(fields):
        yield "is a job that is not one of ours"
    if key.left_ms == NO_END_MS and not is_bounded_soon:
        yield "has no lifetime"
    elif _left(key) > PASSING_MOST:
        yield "lives longer than is declared"


def _left(key: Key) -> timedelta:
    return timedelta(milliseconds=key.left_ms)


def _text(key: Key) -> str:
    return key.name.decode(errors="replace")
