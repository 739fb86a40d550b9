"""What holds for any answers: bounds, consent, needs that are never guessed, monotony."""

import numpy as np
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp

from matcher.engine.matrices import Bools, Floats
from matcher.engine.parts import Asked, Told
from matcher.engine.similarity import PeerSimilarity

N_NEEDS = 6
unit = st.floats(0, 1, allow_nan=False, width=32)
levels = st.sampled_from([0.0, 1 / 3, 2 / 3, 1.0])


def tables(least: int = 1, most: int = 40) -> st.SearchStrategy[Floats]:
    shape = st.tuples(st.integers(least, most), st.just(N_NEEDS))
    return hnp.arrays(np.float64, shape, elements=levels | unit)


def masks_like(table: Floats) -> st.SearchStrategy[Bools]:
    return hnp.arrays(np.bool_, table.shape)


@settings(deadline=None)
@given(tables(0), tables(0), st.data())
def test_scores_stay_in_bounds_and_keep_their_shape(
    ticks: Floats, peers: Floats, data: st.DataObject
) -> None:
    known, told = data.draw(masks_like(ticks)), data.draw(masks_like(peers))
    model = PeerSimilarity().fit(peers, told)

    scores = model.score_pairs(ticks, peers, known=known, peers_known=told)

    assert scores.shape == (len(ticks), len(peers))
    assert ((scores >= 0) & (scores <= 1)).all()


@settings(deadline=None)
@given(tables(), tables(), st.data())
def test_what_is_unknown_has_no_effect(
    ticks: Floats, peers: Floats, data: st.DataObject
) -> None:
    known, told = data.draw(masks_like(ticks)), data.draw(masks_like(peers))
    others = (np.where(known, ticks, 1 - ticks), np.where(told, peers, 1 - peers))
    model, other = PeerSimilarity().fit(peers, told), PeerSimilarity().fit(others[1], told)

    scores = model.score_pairs(ticks, peers, known=known, peers_known=told)

    same = other.score_pairs(*others, known=known, peers_known=told)
    assert np.allclose(scores, same, atol=1e-12)


@settings(deadline=None)
@given(tables(), tables(30), tables(30, 30))
def test_without_consent_guessing_has_no_effect_at_all(
    ticks: Floats, peers: Floats, candidates: Floats
) -> None:
    nobody = np.zeros(len(ticks), dtype=np.bool_)
    guessing, plain = (PeerSimilarity(weight).fit(peers) for weight in (0.9, 0.0))

    scores = guessing.score_pairs(ticks, candidates, consent=nobody)

    assert np.array_equal(scores, plain.score_pairs(ticks, candidates))


@settings(deadline=None)
@given(tables(), tables(30), st.data())
def test_the_unsaid_part_of_who_did_not_consent_is_exactly_nothing(
    ticks: Floats, peers: Floats, data: st.DataObject
) -> None:
    consent = data.draw(hnp.arrays(np.bool_, len(ticks)))
    asked = Asked(ticks=ticks, matters=np.ones_like(ticks), known=ticks > 0, consent=consent)
    told = Told(lived=peers, known=np.ones(peers.shape, dtype=np.bool_))

    parts = PeerSimilarity(1.0).fit(peers).parts(asked, told)

    assert not parts.unsaid[~consent].any()
    assert not parts.unsaid_share[~consent].any()


@settings(deadline=None)
@given(tables(), tables(30), st.sets(st.integers(0, N_NEEDS - 1)), st.data())
def test_needs_that_are_never_guessed_change_no_unsaid_part(
    ticks: Floats, peers: Floats, closed: set[int], data: st.DataObject
) -> None:
    columns = sorted(closed)
    other_ticks, other_peers = ticks.copy(), peers.copy()
    for table in (other_ticks, other_peers):
        entries = hnp.arrays(np.float64, (len(table), len(columns)), elements=unit)
        table[:, columns] = data.draw(entries)

    before = unsaid_parts(PeerSimilarity(0.5, columns).fit(peers), ticks, peers)
    after = unsaid_parts(
        PeerSimilarity(0.5, columns).fit(other_peers), other_ticks, other_peers
    )

    assert np.array_equal(before, after)


def unsaid_parts(model: PeerSimilarity, ticks: Floats, peers: Floats) -> Floats:
    """Take what the unsaid part adds to each score."""
    asked = Asked(
        ticks=ticks,
        matters=np.ones_like(ticks),
        known=ticks > 0,
        consent=np.ones(len(ticks), dtype=np.bool_),
    )
    parts = model.parts(asked, Told(lived=peers, known=np.ones(peers.shape, dtype=np.bool_)))
    return parts.unsaid_share * parts.unsaid


@settings(deadline=None)
@given(
    tables(),
    tables(30),
    st.integers(0, N_NEEDS - 1),
    st.lists(st.floats(0, 10), min_size=N_NEEDS, max_size=N_NEEDS),
    st.floats(0, 10),
)
def test_more_weight_on_a_need_never_lowers_who_shares_it_against_an_equal(
    ticks: Floats, peers: Floats, need: int, weights: list[float], more: float
) -> None:
    ticks[:, need] = 1.0
    twins = np.repeat(peers[:1], 2, axis=0)
    twins[:, need] = (1.0, 0.0)
    heavier = [w + more * (at == need) for at, w in enumerate(weights)]

    before, after = (
        PeerSimilarity(weights=used).fit(peers).score_pairs(ticks, twins)
        for used in (weights, heavier)
    )

    assert (before[:, 0] >= before[:, 1] - 1e-12).all()
    assert (after[:, 0] - after[:, 1] >= before[:, 0] - before[:, 1] - 1e-9).all()


@settings(deadline=None)
@given(tables(), tables(), st.integers(0, N_NEEDS - 1))
def test_an_unknown_answer_lies_between_no_and_yes(
    ticks: Floats, peers: Floats, need: int
) -> None:
    three = np.repeat(peers[:1], 3, axis=0)
    three[:, need] = (0.0, 1.0, 1.0)
    told = np.ones(three.shape, dtype=np.bool_)
    told[1, need] = False
    ticks[:, need] = 1.0

    scores = PeerSimilarity(0.0).fit(peers).score_pairs(ticks, three, peers_known=told)

    assert (scores[:, 0] <= scores[:, 1] + 1e-12).all()
    assert (scores[:, 1] <= scores[:, 2] + 1e-12).all()


@settings(deadline=None)
@given(tables(2), tables(30))
def test_a_seeker_scores_the_same_alone_and_among_others(ticks: Floats, peers: Floats) -> None:
    model = PeerSimilarity().fit(peers)

    together = model.score_pairs(ticks, peers)

    alone = np.vstack([model.score_pairs(row[None, :], peers) for row in ticks])
    assert np.allclose(together, alone, atol=1e-9)
