"""Similarity: bad input is refused by name, and empty input gives an empty result."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import ArrayLike

from matcher.domain.errors import InvalidMatrixError
from matcher.engine.matrices import Floats
from matcher.engine.similarity import PeerSimilarity

N_NEEDS = 5
OFF = [float("nan"), float("inf"), -float("inf"), -0.1, 1.5]

unit = st.floats(0, 1, width=32)
sizes = st.integers(0, 4)


@st.composite
def spoiled(draw_one: st.DrawFn) -> Floats:
    """Draw a table with one entry that no answer can be."""
    shape = (draw_one(st.integers(1, 5)), N_NEEDS)
    table = draw_one(hnp.arrays(np.float64, shape, elements=unit))
    at = tuple(draw_one(st.integers(0, length - 1)) for length in shape)
    table[at] = draw_one(st.sampled_from(OFF))
    return table


def tables(rows: int) -> st.SearchStrategy[Floats]:
    entries = st.sampled_from([0.0, 0.0, 1.0]) | unit
    return hnp.arrays(np.float64, (rows, N_NEEDS), elements=entries)


@settings(deadline=None)
@given(spoiled())
def test_an_entry_that_no_answer_can_be_is_refused_on_either_side(bad: Floats) -> None:
    fine = np.zeros((2, N_NEEDS))
    model = PeerSimilarity().fit(fine)

    for refused in (
        lambda: PeerSimilarity().fit(bad),
        lambda: model.score_pairs(bad, fine),
        lambda: model.score_pairs(fine, bad),
    ):
        with pytest.raises(InvalidMatrixError, match="outside"):
            refused()


@pytest.mark.parametrize(
    "bad",
    [
        [["1", "0"], ["0", "1"]],
        [["a", "b"]],
        [[1, 2], [1]],
        [[1 + 2j, 0]],
        [[None, 1]],
        np.array([["2025-01-01", "2025-01-02"]], dtype="datetime64[D]"),
        [1, 0],
        1.0,
        [[[1.0]]],
        "people",
        {"a": 1},
    ],
    ids=repr,
)
def test_what_is_no_table_of_numbers_is_refused(bad: ArrayLike) -> None:
    model = PeerSimilarity().fit(np.zeros((1, 2)))

    with pytest.raises(InvalidMatrixError):
        PeerSimilarity().fit(bad)
    with pytest.raises(InvalidMatrixError):
        model.score_pairs(bad, np.zeros((1, 2)))
    with pytest.raises(InvalidMatrixError):
        model.score_pairs(np.zeros((1, 2)), bad)


@settings(deadline=None)
@given(sizes, sizes, st.integers(0, 8))
def test_a_table_of_other_needs_is_refused(n_seekers: int, n_peers: int, columns: int) -> None:
    model = PeerSimilarity().fit(np.zeros((3, N_NEEDS)))
    other = np.zeros((n_seekers, columns if columns != N_NEEDS else 1))

    with pytest.raises(InvalidMatrixError, match="shape"):
        model.score_pairs(other, np.zeros((n_peers, N_NEEDS)))
    with pytest.raises(InvalidMatrixError, match="shape"):
        model.score_pairs(np.zeros((n_seekers, N_NEEDS)), np.zeros((2, other.shape[1])))


@pytest.mark.parametrize("name", ["known", "peers_known", "consent"])
@pytest.mark.parametrize(
    "mask", [np.ones((9, 9), dtype=bool), [[True], [True, False]], 1, [[0.5]], "yes"], ids=repr
)
def test_a_mask_that_does_not_fit_is_refused(name: str, mask: ArrayLike) -> None:
    fine = np.ones((2, N_NEEDS))

    with pytest.raises(InvalidMatrixError, match=r"known|consent"):
        PeerSimilarity().fit(fine).score_pairs(fine, fine, **{name: mask})
    with pytest.raises(InvalidMatrixError, match=r"known|consent"):
        PeerSimilarity().fit(fine, known=mask)


@pytest.mark.parametrize(
    "parameters",
    [
        {"unsaid_weight": -0.1},
        {"unsaid_weight": 1.1},
        {"unsaid_weight": float("nan")},
        {"unsaid_weight": "half"},
        {"unsaid_weight": None},
        {"never_infer": [N_NEEDS]},
        {"never_infer": [-1]},
        {"never_infer": [0.5]},
        {"never_infer": ["life/grief"]},
        {"weights": [1.0]},
        {"weights": [1.0, 1.0, -1.0, 1.0, 1.0]},
        {"weights": [1.0, 1.0, float("nan"), 1.0, 1.0]},
        {"weights": ["1"] * N_NEEDS},
        {"full_from_peers": 1},
        {"full_from_peers": float("nan")},
        {"full_from_peers": "thirty"},
    ],
    ids=repr,
)
def test_a_parameter_out_of_its_range_is_refused_when_fitted(
    parameters: dict[str, Any],
) -> None:
    model = PeerSimilarity(**parameters)

    with pytest.raises(InvalidMatrixError):
        model.fit(np.ones((3, N_NEEDS)))


@settings(deadline=None)
@given(sizes, sizes, sizes, st.data())
def test_few_or_no_people_and_empty_lists_are_scored_without_a_word(
    n_fitted: int, n_seekers: int, n_peers: int, data: st.DataObject
) -> None:
    fitted, ticks, peers = (data.draw(tables(n)) for n in (n_fitted, n_seekers, n_peers))
    peers[:1] = 0.0
    model = PeerSimilarity(full_from_peers=2).fit(fitted)

    scores = model.score_pairs(ticks, peers)

    assert scores.shape == (n_seekers, n_peers)
    assert ((scores >= 0) & (scores <= 1)).all()
    assert not scores[~ticks.any(axis=1)].any()


def test_without_any_needs_every_pair_scores_0() -> None:
    scores = (
        PeerSimilarity().fit(np.zeros((4, 0))).score_pairs(np.ones((2, 0)), np.ones((3, 0)))
    )

    assert scores.tolist() == [[0.0] * 3] * 2
