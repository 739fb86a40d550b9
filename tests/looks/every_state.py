"""Every page in its main states and every language, as the real app answers on real servers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import msgspec
from flask import Flask
from redis import Redis

from matcher.bootstrap import build
from matcher.settings.load import load
from matcher.settings.model import Settings
from matcher.web.public.app import create_app
from tests import servers
from tests.looks.of_both import two_people, unseen
from tests.looks.of_peers import peers
from tests.looks.of_seekers import seekers
from tests.looks.of_services import near_and_far
from tests.looks.of_strangers import bad_days, strangers
from tests.looks.of_the_team import telling
from tests.looks.visitor import Ground, Shot
from tests.world import World

NO_STORE = {"HOME": "/nowhere", "SANAD_STORE_URL": "unix:///nowhere"}
WAYS = (strangers, near_and_far, seekers, peers, two_people, unseen, telling, bad_days)


def every_state() -> list[Shot]:
    """Go every way, and keep each page on it in every language."""
    with ground() as found:
        return [
            visitor.shot(name, language)
            for way in WAYS
            for name, visitor in way(found)
            for language in found.languages
        ]


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
            yield Ground(
                world=World(settings, redis),
                app=create_app(build(settings)),
                lost=create_app(build(replace(settings, store_url=f"unix://{home}/nobody"))),
                pressed=_pressed(settings),
                languages=settings.site.languages,
            )


def _roomy(settings: Settings) -> Settings:
    many = dict.fromkeys(("form", "code", "loopback", "person"), "100000000 per second")
    return replace(settings, limits=msgspec.structs.replace(settings.limits, **many))


def _pressed(settings: Settings) -> Flask:
    """Build the pages for a day on which many come at once."""
    pressure = msgspec.structs.replace(settings.pressure, forms=1)
    services = build(replace(settings, pressure=pressure))
    services.clock.now()  # as a process has that is at work
    return create_app(services)
