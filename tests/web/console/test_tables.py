"""What a preview shows: numbers as a table, with bars beside them that say the same."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from matcher.domain.preview import Compared, Group, Outcome, Tables
from matcher.store.previews import Previews as Store
from matcher.web.console.previews.tables import Table, tables
from tests.web.browsing import Browser
from tests.web.console.test_previews import FEW, ask, covered
from tests.world import World

BEFORE = Outcome(
    seekers=100,
    peers=20,
    matched=40,
    score=0.5,
    days_matched=1.0,
    days_left=2.0,
    waits={"up to a day": 30, "longer": 60},
    load={"0": 5, "1": 15},
    groups={"home": Group(matched=10, asked=20), "work": Group(matched=5, asked=40)},
    blocked={"floor": 80, "language": 20, "wishes": 8},
)
AFTER = replace(
    BEFORE,
    matched=60,
    score=0.4,
    days_left=4.0,
    groups={"home": Group(matched=6, asked=20), "work": Group(matched=30, asked=40)},
    blocked={"floor": 8},
)
BAR = re.compile(r'<rect class="(\w+)" x="(\d+)" y="0" width="(\d+)"')


@pytest.fixture
def laid_out(app: Flask) -> dict[str, Table]:
    with app.test_request_context("/en/rules/preview"):
        return {one.title: one for one in tables(Compared(drawn=(BEFORE, AFTER)))}


def test_each_number_has_a_bar_as_long_as_it_is(laid_out: dict[str, Table]) -> None:
    once = {row.name: row for row in laid_out["In one round"].rows}

    assert once["Find somebody"].lengths == (40, 60)
    assert once["How well a pair fits, on average"].lengths == (50, 40)
    assert once["Days waited by those who are left"].lengths == (50, 100)
    assert once["Find somebody least often"].lengths == (12, 30)
    blocked = laid_out["Pairs that one thing alone keeps apart"].rows
    assert [row.lengths for row in blocked] == [(100, 10), (25, 0), (10, 0)]
    assert blocked[-1].name == "Hardly any peer fits all wishes of that person together."
    assert [row.lengths for row in laid_out["Peers"].rows] == [(33, 33), (100, 100)]


def test_who_gains_and_who_loses_by_need_is_told_with_its_sign(
    laid_out: dict[str, Table],
) -> None:
    (table,) = (one for one in laid_out.values() if one.has_gains)

    assert [(row.gain, row.before, row.after) for row in table.rows] == [
        (63, "12\u00a0%", "75\u00a0%"),
        (-20, "50\u00a0%", "30\u00a0%"),
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_of_results_has_all_bars_in_its_direction(
    owner: Browser, world: World, language: str
) -> None:
    which = ask(owner, FEW)
    Store(world.backing).answer(which, Compared(drawn=(BEFORE, AFTER)))
    html = owner.open(f"/{language}/rules/preview?which={which}").response.get_data(
        as_text=True
    )

    bars = BAR.findall(html)
    n_rows = html.count('<th scope="row">')
    assert len(bars) == 2 * n_rows + 2
    assert {kind for kind, _, _ in bars} == {"first", "second"}
    assert ("first", "50" if language == "en" else "0", "50") in bars
    assert "style=" not in html
    assert all(words in html for words in ("+63", "-20"))


def hidden() -> Tables:
    return {name: dict.fromkeys(table) for name, table in covered().items()}


def test_what_is_hidden_has_no_bar_and_no_gain(owner: Browser, world: World) -> None:
    which = ask(owner, {"on": "live"})
    Store(world.backing).answer(which, Compared(live=hidden(), off_by=11.3))
    html = owner.open(f"/en/rules/preview?which={which}").response.get_data(as_text=True)

    assert {width for _, _, width in BAR.findall(html)} == {"0"}
    assert not re.search(r">[+-]\d", html)
