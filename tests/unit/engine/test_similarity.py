"""What a score rewards, and what is refused."""

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from matcher.domain.errors import InvalidMatrixError
from matcher.engine import hiding, unsaid
from matcher.engine.matrices import Floats
from matcher.engine.similarity import PeerSimilarity


def two_kinds_of_lives(n_people: int, seed: int = 1) -> Floats:
    """Draw people of two kinds: needs 0 to 3 come together, and needs 4 to 7 do."""
    rng = np.random.default_rng(seed)
    is_first = rng.random((n_people, 1)) < 0.5
    chances = np.where(is_first, [0.8] * 4 + [0.1] * 4, [0.1] * 4 + [0.8] * 4)
    return (rng.random((n_people, 8)) < chances).astype(np.float64)


def test_the_unsaid_part_finds_who_has_lived_through_what_goes_together() -> None:
    ticks = np.eye(8)[:1]
    same_kind, other_kind = [1, 1, 1, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 1, 1]
    model = PeerSimilarity().fit(two_kinds_of_lives(200))

    scores = model.score_pairs(ticks, np.array([same_kind, other_kind]))

    assert scores[0, 0] > scores[0, 1] + 0.1


def test_the_more_was_ticked_the_more_is_expected_besides() -> None:
    rng = np.random.default_rng(1)
    burden = rng.choice([0.2, 0.8], size=(400, 1))
    peers = (rng.random((400, 10)) < burden).astype(np.float64)
    ticks = np.zeros((2, 10))
    ticks[0, :1], ticks[1, :5] = 1.0, 1.0
    light, heavy = np.eye(10)[[9]], np.ones((1, 10))
    model = PeerSimilarity(1.0).fit(peers)

    scores = model.score_pairs(ticks, np.vstack([light, heavy]))

    assert scores[1, 1] - scores[1, 0] > scores[0, 1] - scores[0, 0] + 0.1


def test_the_fewer_peers_there_are_the_more_alike_are_guesses() -> None:
    few = two_kinds_of_lives(40)
    ticks = np.eye(8)[[0, 4]]

    alike = []
    for peers in (few, np.tile(few, (10, 1))):
        learned = unsaid.learn(
            peers, np.ones(peers.shape, dtype=np.bool_), may_infer=np.ones(8, dtype=np.bool_)
        )
        first, second = unsaid.guess(learned, ticks, ticks > 0).direction
        alike.append(first @ second / np.linalg.norm(first) / np.linalg.norm(second))

    assert alike[0] > alike[1] + 0.05


def test_only_answers_that_may_be_used_lead_to_a_guess() -> None:
    peers = two_kinds_of_lives(200)
    ticks = np.eye(8)[:2]
    guessing, plain = (PeerSimilarity(weight, (0,)).fit(peers) for weight in (0.9, 0.0))

    scores = guessing.score_pairs(ticks, peers)

    same = plain.score_pairs(ticks, peers)
    assert np.array_equal(scores[0], same[0])
    assert not np.allclose(scores[1], same[1])


def test_an_answer_of_no_is_evidence_and_silence_is_none() -> None:
    peers = two_kinds_of_lives(200)
    ticks, said_no = np.zeros((2, 8)), np.zeros((2, 8), dtype=np.bool_)
    ticks[:, 7], said_no[0, :2] = 1.0, True
    pair = np.array([[0, 0, 1, 1, 0, 0, 0, 1], [0, 0, 0, 0, 1, 1, 0, 1]])

    scores = PeerSimilarity().fit(peers).score_pairs(ticks, pair, known=said_no | (ticks > 0))

    without, given = scores[1, 1] - scores[1, 0], scores[0, 1] - scores[0, 0]
    assert given > without + 0.08
    assert without > 0


def test_a_guess_fades_out_with_fewer_peers_and_is_gone_at_two() -> None:
    shares = [
        PeerSimilarity(0.5).fit(two_kinds_of_lives(n_peers)).unsaid_weight_
        for n_peers in (0, 1, 2, 5, 15, 29, 30, 100)
    ]

    assert shares == sorted(shares)
    assert shares[:3] == [0, 0, 0]
    assert 0 < shares[3] < 0.05
    assert shares[-2:] == [0.5, 0.5]


def test_a_guess_fades_out_where_few_told_about_two_needs_at_once() -> None:
    peers, lots = two_kinds_of_lives(200), np.random.default_rng(1).random((200, 8))

    weights = [
        PeerSimilarity(0.5).fit(peers, lots < told).unsaid_weight_
        for told in (0.05, 0.2, 0.6, 1.0)
    ]

    assert weights[0] < 0.01
    assert weights[0] < weights[1] < 0.2
    assert weights[2:] == [0.5, 0.5]


def test_a_need_that_one_peer_told_about_makes_no_wonder_of_a_tick() -> None:
    peers, known = two_kinds_of_lives(200), np.ones((200, 8), dtype=np.bool_)
    known[1:, 0], peers[0, 0] = False, 0.0

    learned = unsaid.learn(peers, known, may_infer=np.ones(8, dtype=np.bool_))

    assert (1 - learned.mean[0]) / learned.spread[0] < 4


def test_who_carries_too_little_to_be_a_peer_is_missing_to_the_trend_of_burdens() -> None:
    falling, rising = np.repeat(np.arange(3, 9), [80, 60, 50, 40, 30, 20]), np.arange(9)
    with_all = np.concatenate([falling, np.repeat([0, 1, 2], 200)])

    missing, burden = hiding.unseen(falling)

    assert 3 * 50 < missing < 3 * 80
    assert 0.8 < burden / missing < 1.2
    assert hiding.unseen(with_all) == (0, 0)
    assert hiding.unseen(rising[4:]) == (0, 0)
    assert hiding.unseen(rising[:0]) == (0, 0)


def test_the_average_is_that_of_people_and_not_of_peers_alone() -> None:
    people = (np.random.default_rng(2).random((2000, 12)) < 0.25).astype(np.float64)
    peers = people[people.sum(axis=1) >= 3]

    learned = unsaid.learn(
        peers, np.ones(peers.shape, dtype=np.bool_), may_infer=np.ones(12, dtype=np.bool_)
    )

    assert learned.mean.mean() < 0.5 * (people.mean() + peers.mean())


def test_what_may_go_together_by_chance_counts_less_than_what_surely_does() -> None:
    peers = two_kinds_of_lives(60)
    peers[:, 7] = np.random.default_rng(3).random(60) < 0.5

    learned = unsaid.learn(
        peers, np.ones(peers.shape, dtype=np.bool_), may_infer=np.ones(8, dtype=np.bool_)
    )

    standard = (peers - learned.mean) / learned.spread
    raw = standard.T @ standard
    unsure, sure = np.abs(learned.alone[0, [7, 1]])
    assert unsure / sure < abs(raw[0, 7] / raw[0, 1]) / 1.5


def test_guesses_differ_from_peer_to_peer_as_far_as_what_was_said_does() -> None:
    peers = two_kinds_of_lives(200)
    known, ticks = np.ones(peers.shape, dtype=np.bool_), np.eye(8)

    spreads = []
    for lived in (peers, peers / 2):
        learned = unsaid.learn(lived, known, may_infer=np.ones(8, dtype=np.bool_))
        guessed = unsaid.guess(learned, ticks, ticks > 0)
        spreads.append(unsaid.agreement(learned, guessed, lived, known).std(axis=1).mean())

    assert spreads[1] == pytest.approx(spreads[0] / 2, rel=0.1)


def test_who_shares_everything_asked_for_scores_a_half_however_much_was_ticked() -> None:
    peers = np.zeros((100, 12))
    peers[:, :6] = 1.0
    ticks = np.zeros((3, 12))
    for row, n_ticks in enumerate((1, 2, 5)):
        ticks[row, :n_ticks] = 1.0

    scores = PeerSimilarity(0.0).fit(peers).score_pairs(ticks, peers[:1])

    assert scores[:, 0] == pytest.approx([0.5, 0.5, 0.5])


def test_what_a_peer_carries_besides_changes_nothing_in_what_was_said() -> None:
    peers = np.array([[1, 1, 0, 0], [1, 1, 1, 1], [1, 0, 0, 0]], dtype=np.float64)

    scores = PeerSimilarity(0.0).fit(peers).score_pairs(np.array([[1, 1, 0, 0]]), peers)

    assert scores[0].tolist() == [0.5, 0.5, 0.25]


def test_parameters_are_only_kept_until_fit_so_that_the_model_can_be_cloned() -> None:
    model = PeerSimilarity(0.3, (1, 2), weights=[1, 2, 3], full_from_peers=10)

    copy = clone(model)

    assert copy.get_params() == model.get_params()


def test_scoring_before_fitting_is_refused() -> None:
    with pytest.raises(NotFittedError):
        PeerSimilarity().score_pairs(np.ones((1, 2)), np.ones((1, 2)))


@pytest.mark.parametrize(("n_seekers", "n_peers"), [(0, 0), (0, 3), (3, 0), (1, 1)], ids=str)
def test_empty_sides_give_empty_scores(n_seekers: int, n_peers: int) -> None:
    peers = np.zeros((n_peers, 4))

    scores = PeerSimilarity().fit(peers).score_pairs(np.zeros((n_seekers, 4)), peers)

    assert scores.shape == (n_seekers, n_peers)
    assert not scores.any()


@pytest.mark.parametrize(
    "peers",
    [
        [[float("nan"), 0.0]],
        [[float("inf"), 0.0]],
        [[-0.1, 0.0]],
        [[1.1, 0.0]],
        [0.0, 1.0],
        [[0.0], [0.0, 1.0]],
        [["yes", "no"]],
    ],
    ids=["nan", "infinite", "negative", "above 1", "a row", "ragged", "words"],
)
def test_a_bad_table_is_refused_by_name(peers: list[list[float]]) -> None:
    good = PeerSimilarity().fit(np.zeros((3, 2)))

    with pytest.raises(InvalidMatrixError, match="peers"):
        PeerSimilarity().fit(peers)
    with pytest.raises(InvalidMatrixError, match="ticks"):
        good.score_pairs(peers, np.zeros((3, 2)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"known": np.ones((1, 2))},
        {"known": np.ones((2, 2), dtype=bool)},
        {"peers_known": np.ones((2, 3), dtype=bool)},
        {"consent": np.ones(2, dtype=bool)},
    ],
    ids=["numbers", "rows", "columns", "consent"],
)
def test_a_mask_that_does_not_fit_is_refused(wrong: dict[str, Floats]) -> None:
    model = PeerSimilarity().fit(np.zeros((3, 2)))

    with pytest.raises(InvalidMatrixError):
        model.score_pairs(np.zeros((1, 2)), np.zeros((2, 2)), **wrong)


@pytest.mark.parametrize(
    "model",
    [
        PeerSimilarity(-0.1),
        PeerSimilarity(float("nan")),
        PeerSimilarity(0.5, (2,)),
        PeerSimilarity(0.5, (-1,)),
        PeerSimilarity(full_from_peers=1),
        PeerSimilarity(weights=[1.0]),
        PeerSimilarity(weights=[1.0, -1.0]),
    ],
    ids=["weight", "nan", "column", "negative column", "peers", "too few", "negative"],
)
def test_a_parameter_out_of_range_is_refused_by_fit(model: PeerSimilarity) -> None:
    with pytest.raises(InvalidMatrixError):
        model.fit(np.zeros((3, 2)))


def test_another_number_of_needs_than_fitted_is_refused() -> None:
    with pytest.raises(InvalidMatrixError, match="ticks"):
        PeerSimilarity().fit(np.zeros((3, 2))).score_pairs(np.zeros((1, 3)), np.zeros((1, 2)))
