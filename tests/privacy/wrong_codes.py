"""Codes that open nothing, each for another reason, and what is said to whoever types them."""

import re
import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from secrets import token_bytes

from redis import Redis

from matcher.domain import codes
from matcher.domain.codes import Code
from matcher.domain.invitation import Scope
from matcher.settings.load import config_folder, load
from matcher.settings.model import PoolName
from tests.world import PEER, World

ELSEWHERE = PoolName("elsewhere")
_DIFFER = (
    rb'name="token" value="[^"]*"',  # each form has its own
    rb"<!-- [A-Za-z0-9+/]* *-->",  # what fills a page up
)


def foreign_world(environ: Mapping[str, str], folder: Path, redis: Redis) -> World:
    """Make another pool on the same servers, with the same vault and pepper."""
    config = shutil.copytree(config_folder({}), folder / "config")
    (config / "pools" / ELSEWHERE).mkdir(parents=True)
    settings = load({**environ, "SANAD_CONFIG_DIR": str(config)})
    return World(settings.of(ELSEWHERE), redis)


def return_codes(world: World, foreign: World) -> dict[str, Code]:
    """Make a code of each kind that opens no place here."""
    ended = world.seeker()
    world.advance(world.settings.lifetimes.place * 2)
    erased, forgotten, headless = (world.seeker() for _ in range(3))
    world.services.places.erase(erased.visitor)
    world.services.places.keep_no_code(forgotten.visitor, forgotten.cookie)
    world.redis.delete(world.backing.keys("h:", headless.visitor.handle))
    return {
        "never made": codes.from_bits(7),
        "ended": ended.code,
        "erased": erased.code,
        "not kept": forgotten.code,
        "ended, with its record left": headless.code,
        "of another pool": foreign.seeker().code,
        "an invitation": _invitations(world, 1)[0],
    }


def invitations(world: World, foreign: World) -> dict[str, Code]:
    """Make an invitation of each kind that lets nobody in."""
    (ended,) = _invitations(world, 1)
    world.advance(world.settings.lifetimes.invitation + timedelta(days=1))
    return {
        "never made": codes.from_bits(7),
        "ended": ended,
        "used": _used(world),
        "of another pool": _invitations(foreign, 1)[0],
        "a return code": world.seeker().code,
    }


def said(body: bytes, typed: str) -> bytes:
    """Leave out of an answer what differs between any two, and what was typed."""
    for pattern in _DIFFER:
        body = re.sub(pattern, b"", body)
    return body.replace(typed.encode(), b"")


def _invitations(world: World, count: int) -> tuple[Code, ...]:
    scope = frozenset({Scope.ADULTS})
    return world.services.invitations.create(count=count, scope=scope, trained_for=frozenset())


def _used(world: World) -> Code:
    (code,) = _invitations(world, 1)
    world.services.intake.admit_peer(PEER, seed=token_bytes(32), invitation=code)
    return code
