"""What a day of previews may tell, whoever asks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.preview import Crowd
from matcher.domain.rules import Rules
from matcher.store.previews import Asked, Previews, Wanted
from tests.world import World

DAY = timedelta(days=1)


@pytest.fixture
def previews(world: World) -> Previews:
    return Previews(world.backing)


def test_a_day_allows_a_few_questions_and_the_next_day_as_many(
    world: World, previews: Previews
) -> None:
    def ask(question: str, who: str) -> Asked:
        return previews.spend(question, who=who, now=world.now())

    limits = world.settings.previews
    first = [ask(f"q{n}", "ana") for n in range(limits.each_a_day)]

    assert set(first) == {Asked.NEW}
    assert ask("more", "ana") is Asked.SPENT
    assert ask("q0", "ana") is Asked.AGAIN
    rest = [ask(f"r{n}", "ben") for n in range(limits.a_day - limits.each_a_day)]
    assert set(rest) == {Asked.NEW}
    assert ask("more", "cleo") is Asked.SPENT
    world.advance(DAY)
    assert ask("more", "ana") is Asked.NEW


def test_many_who_ask_at_once_get_no_more(world: World, previews: Previews) -> None:
    now = world.now()

    def ask(number: int) -> Asked:
        return previews.spend(f"q{number}", who=f"who{number}", now=now)

    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(ask, range(40)))

    assert said.count(Asked.NEW) == world.settings.previews.a_day


def test_neither_the_question_nor_who_asked_is_in_the_store(
    world: World, previews: Previews
) -> None:
    previews.spend("raise the floor", who="coordinator-ana", now=world.now())

    (name,) = [key for key in world.key_names() if "stats:asked" in key]
    kept = world.redis.hgetall(name)
    assert b"floor" not in repr(kept).encode()
    assert b"ana" not in repr(kept).encode()


def test_rules_that_are_wanted_come_back(previews: Previews) -> None:
    wanted = Wanted(before=Rules(), after=replace(Rules(), floor=0.31), who="ana")

    made = previews.want(wanted)

    assert previews.wanted(made) == wanted
    previews.forget(made)
    assert previews.wanted(made) is None


def test_people_that_are_to_be_drawn_come_back(previews: Previews) -> None:
    crowd = Crowd(
        seekers=20, peers=10, mix={"home": 3.0}, languages={"ar": 2.0}, young=0.5, minors=0.1
    )
    wanted = Wanted(before=Rules(), after=Rules(), who="ana", crowd=crowd)

    assert previews.wanted(previews.want(wanted)) == wanted


def test_the_first_answer_of_a_day_is_kept(world: World, previews: Previews) -> None:
    first = previews.keep("q", {"t": {"a": 15}}, now=world.now())

    assert first == {"t": {"a": 15}}
    assert previews.keep("q", {"t": {"a": 20}}, now=world.now()) == first
    world.advance(DAY)
    assert previews.kept("q", now=world.now()) is None
