"""Who gains and who loses by a preview."""

from dataclasses import replace

import pytest

from matcher.domain.preview import Compared, Group, Outcome, least_often, moved, overall

OUTCOME = Outcome(
    seekers=100,
    peers=20,
    matched=40,
    score=0.5,
    days_matched=1.0,
    days_left=2.0,
    waits={},
    load={},
    groups={
        "home": Group(matched=10, asked=20),
        "work": Group(matched=30, asked=40),
        "few": Group(matched=0, asked=10),
    },
    blocked={},
)


def test_those_that_gain_most_stand_first_and_few_are_told_nothing_of() -> None:
    better = {**OUTCOME.groups, "work": Group(matched=36, asked=40)}
    worse = {**better, "home": Group(matched=5, asked=20)}

    found = moved(Compared(drawn=(OUTCOME, replace(OUTCOME, groups=worse))))

    told = [(one.group, one.before, one.after) for one in found]
    assert told == [("work", 0.75, 0.9), ("few", None, None), ("home", 0.5, 0.25)]
    assert [one.gain or 0 for one in found] == pytest.approx([0.15, 0, -0.25])


def test_of_people_who_wait_shares_are_made_of_covered_counts() -> None:
    tables: dict[str, dict[str, int | None]] = {
        "before.matched": {"home": 15, "work": None, "all": 30},
        "before.waiting": {"home": 15, "work": None, "all": 30},
        "after.matched": {"home": 30, "work": 15, "all": 45},
        "after.waiting": {"home": None, "work": 15, "all": 15},
    }

    home, work = moved(Compared(live=tables))

    assert (home.group, home.before, home.after, home.gain) == ("home", 0.5, None, None)
    assert (work.before, work.after, work.gain) == (None, 0.5, None)


@pytest.mark.parametrize(("matched", "waiting"), [(None, 30), (30, None), (None, None)])
def test_no_share_is_made_of_a_count_that_is_hidden(
    matched: int | None, waiting: int | None
) -> None:
    tables: dict[str, dict[str, int | None]] = {
        f"{side}.{name}": {"home": count, "all": 60}
        for side in ("before", "after")
        for name, count in (("matched", matched), ("waiting", waiting))
    }

    (home,) = moved(Compared(live=tables))

    assert (home.before, home.after, home.gain) == (None, None, None)


def test_of_covered_counts_the_share_of_all_and_the_group_with_the_least_are_told() -> None:
    tables: dict[str, dict[str, int | None]] = {
        "before.matched": {"home": 15, "work": 30, "few": None, "all": 45},
        "before.waiting": {"home": 45, "work": 30, "few": 15, "all": 105},
        "after.matched": {"home": None, "work": None, "few": None, "all": None},
        "after.waiting": {"home": 45, "work": 30, "few": 15, "all": 105},
    }

    assert overall(tables, "before") == 0.3
    assert least_often(tables, "before") == ("home", 0.25)
    assert overall(tables, "after") is None
    assert least_often(tables, "after") is None
    assert overall({}, "before") is None


def test_nothing_moves_where_a_day_is_used_up() -> None:
    assert moved(Compared(live={})) == ()


def test_the_worst_off_group_is_one_that_says_more_than_chance() -> None:
    assert OUTCOME.worst == "home"
    assert OUTCOME.rate == 0.4
    assert replace(OUTCOME, groups={}, seekers=0).worst is None
