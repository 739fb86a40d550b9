"""Which services people see: those that were checked lately, and examples in development."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from matcher.bootstrap import build
from matcher.domain.services import Service
from matcher.settings.model import Settings
from matcher.web.public.app import create_app
from tests.web.browsing import Browser
from tests.world import World

NAME = "A place of our own"


def shown(world: World, services: Iterable[Service], *, examples: bool) -> str:
    site = msgspec.structs.replace(world.settings.site, shows_examples=examples)
    settings: Settings = replace(world.settings, site=site, services=tuple(services))
    app = create_app(build(settings))
    return Browser(app.test_client()).open("/en/near").text


def own(world: World, days_ago: int | None) -> Service:
    today = world.now().date()
    checked = None if days_ago is None else today - timedelta(days=days_ago)
    example = world.settings.services[0]
    return replace(example, is_example=False, name={"en": NAME}, checked=checked)


@pytest.mark.parametrize(
    ("days_ago", "is_shown"),
    [(-2, False), (-1, True), (0, True), (180, True), (181, False), (None, False)],
)
@pytest.mark.parametrize("examples", [True, False])
def test_a_service_is_shown_for_half_a_year_after_it_was_checked(
    world: World, *, days_ago: int | None, is_shown: bool, examples: bool
) -> None:
    text = shown(world, [own(world, days_ago)], examples=examples)

    assert (NAME in text) is is_shown


def test_examples_are_marked_and_shown_in_development_alone(world: World) -> None:
    examples = world.settings.services

    assert shown(world, examples, examples=True).count("An example, not a real place") > 3
    assert "xample" not in shown(world, examples, examples=False)


def test_what_is_there_for_helpers_stands_apart(world: World) -> None:
    text = shown(world, world.settings.services, examples=True)

    before, _, after = text.partition("For people who help here")
    assert "for people who help" not in before
    assert "for people who help" in after
