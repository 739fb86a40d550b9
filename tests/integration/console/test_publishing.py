"""Rules published from the console: through the log of acts, once, whenever a kill comes."""

from dataclasses import replace
from datetime import datetime

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.bootstrap.desks import trials
from matcher.domain.acts import ASKED_LASTS, Act, ActKind, Step
from matcher.domain.errors import ActGoneError, SettingsError, StaleRulesError
from matcher.domain.versions import Publication
from matcher.service.publishing import Publishing
from matcher.service.tuning import Tuning
from matcher.settings.model import Settings
from matcher.state import console as kept
from tests.coordinating import come_in, wired
from tests.servers import Running
from tests.world import World


def wanted(console: ConsoleServices, who: str, *, a_day: int) -> Publication:
    text = console.tuning.current().text.replace("a_day = 3", f"a_day = {a_day}")
    return Publication(text=text, reason="peers are tired", who=who)


def numbers(console: ConsoleServices) -> list[int]:
    return [version.number for version in console.tuning.history()]


def test_what_was_cut_short_is_published_once_by_whoever_comes_next(
    console: ConsoleServices, settings: Settings, both_servers: tuple[Running, Running]
) -> None:
    def die(_act: Act) -> None:
        raise KeyboardInterrupt

    ana = come_in(console, "Ana")
    asked = kept.asked_rules(settings.folders.state, settings.pool)
    ledger = kept.ledger(settings.folders.state, settings.pool)
    console.oversight.carries_out(ActKind.PUBLISH_RULES, die)
    with pytest.raises(KeyboardInterrupt):
        console.publishing.publish(wanted(console, ana.id, a_day=2), after=1)
    assert numbers(console) == [1]
    before, begun = asked.read(), ledger.read().begun
    another = wired(settings, *both_servers)
    another.oversight.resume()
    assert numbers(console) == [2, 1]
    with asked.changing() as draft:
        draft.value = before
    with ledger.changing() as book:  # as if the kill had come after the publication
        book.value = replace(book.value, begun=begun)

    another.oversight.resume()

    assert numbers(console) == [2, 1]
    assert asked.read() == {}
    assert ledger.read().begun == ()


def test_of_two_who_publish_at_once_the_log_tells_who_came_too_late(
    console: ConsoleServices,
) -> None:
    def somebody_is_faster(act: Act) -> None:
        console.tuning.publish(wanted(console, "operator", a_day=1), after=1)
        effect(act)

    ana = come_in(console, "Ana")
    effect = console.publishing._publish  # noqa: SLF001 - what carries it out, a moment later
    console.oversight.carries_out(ActKind.PUBLISH_RULES, somebody_is_faster)
    with pytest.raises(StaleRulesError):
        console.publishing.publish(wanted(console, ana.id, a_day=2), after=1)
    console.oversight.resume()

    steps = [e.step for e in console.oversight.entries() if e.kind is ActKind.PUBLISH_RULES]
    assert steps == [Step.OVERTAKEN]
    assert console.tuning.current().who == "operator"
    assert numbers(console) == [2, 1]


def test_what_another_process_takes_up_at_the_same_time_is_done_and_says_so(
    console: ConsoleServices, settings: Settings, both_servers: tuple[Running, Running]
) -> None:
    another = wired(settings, *both_servers)

    def a_moment_later() -> datetime:
        another.oversight.resume()
        return console.clock.now()

    ana = come_in(console, "Ana")
    publishing = Publishing(
        Tuning(console.settings, a_moment_later),
        trials(console.settings),
        kept.asked_rules(settings.folders.state, settings.pool),
        console.oversight,
        console.clock,
    )

    assert publishing.publish(wanted(console, ana.id, a_day=2), after=1)

    steps = [e.step for e in console.oversight.entries() if e.kind is ActKind.PUBLISH_RULES]
    assert steps == [Step.DONE]
    assert numbers(console) == [2, 1]


def test_what_cannot_be_published_is_refused_before_anything_is_written(
    console: ConsoleServices, settings: Settings
) -> None:
    ana = come_in(console, "Ana")
    fine = wanted(console, ana.id, a_day=2)
    lines = console.oversight.entries()

    with pytest.raises(SettingsError):
        console.publishing.publish(replace(fine, reason=" "), after=1)
    with pytest.raises(SettingsError):
        console.publishing.publish(replace(fine, text="a_day = 2"), after=1)
    with pytest.raises(StaleRulesError):
        console.publishing.publish(fine, after=0)

    assert console.oversight.entries() == lines
    assert kept.asked_rules(settings.folders.state, settings.pool).read() == {}


def test_what_nobody_agreed_to_is_forgotten(console: ConsoleServices, world: World) -> None:
    ana, ben = come_in(console, "Ana"), come_in(console, "Ben")
    assert not console.publishing.publish(wanted(console, ana.id, a_day=5), after=1)
    (one,) = console.oversight.waiting(ben.id)
    assert console.publishing.waiting(ben.id)
    world.advance(ASKED_LASTS)

    with pytest.raises(ActGoneError):
        console.oversight.agree(one.act.id, ben.id)
    assert console.publishing.waiting(ben.id) == ()
    assert numbers(console) == [1]
