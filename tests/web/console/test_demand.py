"""A report for partner institutions: of enough people alone, as a page and as a file."""

import csv
import re
from dataclasses import replace
from io import StringIO

from matcher.web.common.headers import REPORT
from tests.counting import WEEK, came
from tests.web.console.conftest import Look
from tests.world import GRIEF, LONELY, SEEKER, World


def asked(world: World) -> str:
    """Let many ask for one need, some for one that formal services come first for, few else."""
    formal = next(need.id for need in world.settings.needs.all if need.formal_first)
    came(world, replace(SEEKER, needs=(LONELY,)), 300, soon=100, later=50)
    came(world, replace(SEEKER, needs=(formal,)), 200, soon=20)
    came(world, replace(SEEKER, needs=(GRIEF,)), 3)
    world.advance(WEEK)
    return world.settings.needs.by_id[formal].label["en"]


def test_the_page_tells_what_was_needed_and_not_met(look: Look, world: World) -> None:
    formal = asked(world)

    page = look("/en/needs")

    numbers = [int(one) for one in re.findall(r"<td>(\d+)</td>", page.response.text)]
    assert numbers
    assert all(number >= 15 and number % 5 == 0 for number in numbers)
    assert formal in page.text.partition("Other needs")[0]
    assert world.settings.needs.by_id[LONELY].label["en"] in page.text
    assert page.open("/en/needs").text == page.text


def test_the_file_holds_the_same_in_both_languages(look: Look, world: World) -> None:
    asked(world)
    browser = look("/en/needs")

    for language in ("en", "ar"):
        answer = browser.open(f"/{language}/needs.csv").response
        rows = list(csv.reader(StringIO(answer.text.removeprefix("\ufeff"))))
        lonely = world.settings.needs.by_id[LONELY].label[language]
        (line,) = [row for row in rows if row[0] == lonely]
        assert answer.headers["Content-Disposition"] == REPORT
        assert {len(row) for row in rows} == {7}
        assert abs(int(line[2]) - 300) < 150
        assert int(line[4]) <= int(line[3]) <= int(line[5])


def test_nothing_is_told_of_a_small_network(look: Look, world: World) -> None:
    came(world, SEEKER, 3)
    world.advance(WEEK)

    page = look("/en/needs")

    assert "too few to tell" in page.text
    assert page.response.text.count('<th scope="row">') < 5  # of noise alone, now and then
