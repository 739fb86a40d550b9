"""What a preview shows at a terminal."""

import io
import json
from dataclasses import replace

from rich.console import Console

from matcher.domain.preview import Compared, Group, Outcome
from matcher.local.ruling.previewed import show

BEFORE = Outcome(
    seekers=100,
    peers=20,
    matched=40,
    score=0.5,
    days_matched=1.0,
    days_left=2.0,
    waits={"longer": 60},
    load={"0": 3, "2": 17},
    groups={"home": Group(matched=10, asked=20), "work": Group(matched=30, asked=80)},
    blocked={"floor": 1_200},
)
AFTER = replace(BEFORE, matched=50, blocked={"language": 7})


def shown(found: Compared, *, as_json: bool = False) -> str:
    words = io.StringIO()
    show(found, Console(file=words, width=100), as_json=as_json)
    return words.getvalue()


def rows(text: str) -> set[str]:
    return {" ".join(line.split()) for line in text.splitlines()}


def test_both_versions_stand_beside_each_other() -> None:
    told = rows(shown(Compared(drawn=(BEFORE, AFTER))))

    assert {
        "find somebody 40 % 50 %",
        "mean score 0.500 0.500",
        "worst off work (37.5 %) work (37.5 %)",
        "left, waited longer 60 60",
        "peers with so many suggestions: 2 17 17",
        "pairs kept apart by floor 1,200 0",
        "pairs kept apart by language 0 7",
        "home 50 % 50 %",
    } <= told


def test_hidden_counts_are_called_few_and_the_noise_is_said() -> None:
    tables: dict[str, dict[str, int | None]] = {
        f"{side}.{name}": {"home": 15, "work": None, "all": 30}
        for side in ("before", "after")
        for name in ("matched", "waiting", "waits")
    }

    told = rows(shown(Compared(live=tables, off_by=56.6)))

    assert {
        "Of people who wait, give or take 57 each",
        "matched home 15 15",
        "waiting work few few",
        "home 50 % 50 %",
        "work hidden hidden",
    } <= told


def test_json_says_what_is_hidden_and_makes_no_number_of_it() -> None:
    tables: dict[str, dict[str, int | None]] = {
        f"{side}.{name}": {"home": 15, "work": small, "all": 30}
        for side in ("before", "after")
        for name, small in (("matched", 15), ("waiting", None))
    }

    told = json.loads(shown(Compared(live=tables), as_json=True))

    hidden = {"group": "work", "before": "hidden", "after": "hidden", "gain": "hidden"}
    assert hidden in told["groups"]


def test_json_says_who_gains() -> None:
    better = replace(AFTER, groups={**BEFORE.groups, "home": Group(matched=20, asked=20)})

    told = json.loads(shown(Compared(drawn=(BEFORE, better)), as_json=True))

    assert told["groups"][0] == {"group": "home", "before": 0.5, "after": 1.0, "gain": 0.5}
    assert [one["matched"] for one in told["drawn"]] == [40, 50]
