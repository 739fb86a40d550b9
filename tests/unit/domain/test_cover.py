"""Small counts are hidden, and no total tells them."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from matcher.domain.cover import LEAST, STEP, Cover, shown, tidy

CLEAR = Cover(key=b"k", question=b"q", epsilon=Fraction(10_000), sensitivity=1)
NOISY = Cover(key=b"k", question=b"q", epsilon=Fraction(1, 5), sensitivity=4)
TABLES = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 80))


@pytest.mark.parametrize(
    ("noised", "told"),
    [(-3, None), (0, None), (12, None), (13, 15), (17, 15), (18, 20), (1_001, 1_000)],
)
def test_counts_are_rounded_and_small_ones_are_not_told(noised: int, told: int | None) -> None:
    assert tidy(noised) == told


def test_one_hidden_cell_takes_the_smallest_beside_it_along() -> None:
    table = {"home": 40, "work": 20, "law": 3}

    told = shown({"t": table}, CLEAR)["t"]

    assert told == {"home": 40, "work": None, "law": None, "all": 65}


def test_two_hidden_cells_are_enough() -> None:
    told = shown({"t": {"home": 40, "work": 20, "law": 3, "life": 2}}, CLEAR)["t"]

    assert told == {"home": 40, "work": 20, "law": None, "life": None, "all": 65}


@given(table=TABLES, noise=st.sampled_from([CLEAR, NOISY]))
def test_no_cell_is_small_exact_or_told_by_its_total(
    table: dict[str, int], noise: Cover
) -> None:
    told = shown({"t": table}, noise)["t"]

    cells = [told[cell] for cell in table]
    assert all(count is None or count >= LEAST for count in told.values())
    assert all(count is None or count % STEP == 0 for count in told.values())
    assert cells.count(None) != 1 or len(cells) == 1


def test_whether_a_cell_is_hidden_does_not_hang_on_its_true_count() -> None:
    def hidden(count: int, question: bytes) -> bool:
        cover = Cover(key=b"k", question=question, epsilon=Fraction(1, 5), sensitivity=4)
        return shown({"t": {"a": count, "b": 900, "c": 900}}, cover)["t"]["a"] is None

    shares = [sum(hidden(count, bytes([n])) for n in range(200)) for count in (10, 11, 12)]
    assert max(shares) - min(shares) < 20
    assert min(shares) > 0


def test_the_same_question_is_answered_the_same() -> None:
    tables = {"t": {"a": 100, "b": 200, "c": 300}}

    assert shown(tables, NOISY) == shown(tables, NOISY)
