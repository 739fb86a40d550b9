"""Acts that were cut short: one damaged wish blocks no other, and the log tells the truth."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ASKED_LASTS, Act, ActKind, Step
from matcher.domain.coordinator import CoordinatorId
from matcher.domain.errors import DamagedError
from matcher.domain.extent import Extent
from matcher.domain.versions import Publication
from matcher.settings.model import Settings
from matcher.state import console as kept
from tests.coordinating import CLINIC, come_in, wired
from tests.servers import Running
from tests.world import World

SOON = timedelta(minutes=1)
Both = tuple[Running, Running]
RULES, TRIAL, SERVICE = ActKind.PUBLISH_RULES, ActKind.TRY_RULES, ActKind.SAVE_SERVICE


def wanted(console: ConsoleServices, who: str, a_day: int = 2) -> Publication:
    text = console.tuning.current().text.replace("a_day = 3", f"a_day = {a_day}")
    return Publication(text=text, reason="peers are tired", who=who)


def publish(console: ConsoleServices, who: CoordinatorId) -> object:
    return console.publishing.publish(wanted(console, who), after=1)


def try_out(console: ConsoleServices, who: CoordinatorId) -> object:
    return console.publishing.try_out(wanted(console, who), Extent(), after=1)


def write_down(console: ConsoleServices, who: CoordinatorId) -> object:
    return console.services.save(CLINIC, seen="", who=who)


CASES = [(RULES, publish), (TRIAL, try_out), (SERVICE, write_down)]
Doing = Callable[[ConsoleServices, CoordinatorId], object]


def cut_short(console: ConsoleServices, kind: ActKind, doing: Doing, *, late: bool) -> None:
    """Let a process be killed before, or right after, it carried something out."""
    effect = console.oversight._effects[kind]  # noqa: SLF001 - what carries it out

    def die(act: Act) -> None:
        if late:
            effect(act)
        raise KeyboardInterrupt

    who = come_in(console, f"Who would {kind}")
    console.oversight.carries_out(kind, die)
    with pytest.raises(KeyboardInterrupt):
        doing(console, who.id)


def steps(console: ConsoleServices, kind: ActKind) -> list[Step]:
    return [entry.step for entry in console.oversight.entries() if entry.kind is kind]


def file_of(console: ConsoleServices, name: str) -> Path:
    found: Path = console.settings.folders.state / f"{name}-main.json"
    assert found.exists()
    return found


@pytest.mark.parametrize("damage", [b"{", b'{"\xff": 1}', b'{"mark": {"at": 7}}'])
def test_one_damaged_wish_blocks_no_other_act_and_is_carried_out_once_it_is_mended(
    console: ConsoleServices, settings: Settings, both_servers: Both, damage: bytes
) -> None:
    cut_short(console, RULES, publish, late=False)
    cut_short(console, SERVICE, write_down, late=False)
    file = file_of(console, "asked-rules")
    whole = file.read_bytes()
    file.write_bytes(damage)
    another = wired(settings, *both_servers)

    another.oversight.resume()

    assert steps(another, SERVICE) == [Step.DONE]
    assert steps(another, RULES) == []
    file.write_bytes(whole)
    another.oversight.resume()
    assert steps(another, RULES) == [Step.DONE]
    assert another.tuning.current().number == 2


def test_a_damaged_wish_is_no_somebody_else_who_was_faster(
    console: ConsoleServices,
) -> None:
    ana = come_in(console, "Ana")
    publish(console, ana.id)
    file_of(console, "asked-rules").write_bytes(b"{")

    looser = replace(wanted(console, ana.id), text=console.tuning.version(1).text)
    with pytest.raises(DamagedError):
        console.publishing.publish(looser, after=2)

    assert steps(console, RULES) == [Step.DONE]
    assert steps(console, ActKind.LOOSEN_RULES) == []
    assert console.publishing.publish(wanted(console, ana.id, 1), after=2)  # waits for nobody
    assert steps(console, RULES) == [Step.DONE] * 2


def test_a_damaged_directory_lets_an_act_wait_and_overtakes_nobody(
    console: ConsoleServices, settings: Settings, both_servers: Both
) -> None:
    cut_short(console, SERVICE, write_down, late=False)
    file = settings.folders.state / "services-main.json"
    file.write_bytes(b"{")
    another = wired(settings, *both_servers)

    another.oversight.resume()

    assert steps(another, SERVICE) == []
    assert len(kept.ledger(settings.folders.state, settings.pool).read().begun) == 1
    file.unlink()
    another.oversight.resume()
    assert steps(another, SERVICE) == [Step.DONE]
    assert another.services.find("clinic") == CLINIC


@pytest.mark.parametrize(("kind", "doing"), CASES)
def test_what_was_forgotten_before_it_was_carried_out_is_not_said_to_be_done(
    console: ConsoleServices,
    settings: Settings,
    both_servers: Both,
    kind: ActKind,
    doing: Doing,
) -> None:
    cut_short(console, kind, doing, late=False)
    name = "asked-services" if kind is SERVICE else "asked-rules"
    file_of(console, name).write_text("{}")  # as whoever asks for something tidies up
    another = wired(settings, *both_servers)

    another.oversight.resume()

    assert steps(another, kind) == [Step.LAPSED]
    assert another.tuning.current().number == 1
    assert another.trials.newest() is None
    assert another.services.find("clinic") is None
    assert kept.ledger(settings.folders.state, settings.pool).read().begun == ()


@pytest.mark.parametrize(("kind", "doing"), CASES)
def test_what_was_done_before_its_wish_was_forgotten_is_logged_as_done(
    console: ConsoleServices,
    settings: Settings,
    both_servers: Both,
    kind: ActKind,
    doing: Doing,
) -> None:
    cut_short(console, kind, doing, late=True)
    another = wired(settings, *both_servers)

    another.oversight.resume()

    assert steps(another, kind) == [Step.DONE]


def test_somebody_who_asks_a_week_later_tidies_the_wish_of_an_act_away(
    console: ConsoleServices, world: World
) -> None:
    cut_short(console, RULES, publish, late=False)
    world.advance(ASKED_LASTS + SOON)
    ben = come_in(console, "Ben")
    text = wanted(console, ben.id, 5)
    assert not console.publishing.publish(text, after=1)  # it only waits: nothing is resumed

    console.oversight.carries_out(RULES, console.publishing._publish)  # noqa: SLF001 - as wired
    console.oversight.resume()

    assert steps(console, RULES) == [Step.LAPSED]
    assert console.tuning.current().number == 1
