"""Where coordinators go: the console on a small world in which much was counted already."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import msgspec
from flask import Flask
from redis import Redis

from matcher.bootstrap.console import ConsoleServices, build
from matcher.domain.coordinator import Rank
from matcher.settings.load import load
from matcher.settings.model import Settings
from matcher.web.console.app import create_app
from tests import servers
from tests.coordinating import Holder, join, wired
from tests.looks.every_state import NO_STORE
from tests.looks.visitor import Visitor
from tests.world import World

Seen = Iterator[tuple[str, Visitor]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The console, and the world behind it."""

    world: World
    console: ConsoleServices
    app: Flask
    languages: tuple[str, ...]

    def stranger(self) -> Visitor:
        """Let somebody come who is not signed in."""
        return Visitor(self.app.test_client())

    def arrives(self, who: Holder, rank: Rank = Rank.OWNER) -> Visitor:
        """Let somebody become a coordinator, signed in."""
        cookie = join(self.console, who, self.console.coordinators.open_door(rank))
        visitor = self.stranger()
        visitor.client.set_cookie("desk", cookie)
        return visitor


def still_app() -> Flask:
    """Build the pages without a store: enough for styles, scripts and pictures."""
    return create_app(build(load(NO_STORE)))


@contextmanager
def ground() -> Iterator[Ground]:
    """Run a small world with servers of its own, where nobody is slowed down."""
    with servers.both() as (store, queue), servers.private_folder() as home:
        for name in ("vault", "state"):
            (home / name).mkdir(mode=0o700)
        settings = _roomy(load(servers.environ(store, queue, home)))
        with Redis.from_url(store.everything()) as redis:
            world = World(settings, redis)
            console = wired(settings, store, queue)
            yield Ground(
                world=world,
                console=console,
                app=create_app(console),
                languages=settings.site.languages,
            )


def _roomy(settings: Settings) -> Settings:
    many = dict.fromkeys(("form", "code", "loopback", "person"), "100000000 per second")
    return replace(settings, limits=msgspec.structs.replace(settings.limits, **many))
