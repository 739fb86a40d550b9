"""`sanad explain`: the parts of a drawn pair's score, and what stands between two people."""

import json
from io import StringIO
from itertools import product

import pytest
from click.testing import CliRunner
from rich.console import Console

from matcher.cli import main
from matcher.domain.barriers import Barrier, Pair, barriers
from matcher.domain.card import common_part
from matcher.domain.errors import SettingsError
from matcher.domain.rules import Rules
from matcher.engine import society
from matcher.engine.population import draw
from matcher.engine.scoring import Scorer
from matcher.local.explaining import BETWEEN, NO_CARD, Told, Wish, as_plain, show, tell
from tests.gathering import company as company_of

SEEKERS, PEERS, SEED = 30, 20, 7
PAIRS = list(product(range(SEEKERS), range(PEERS)))


def told_of(seeker: int, peer: int) -> Told:
    wish = Wish(seed=SEED, seekers=SEEKERS, peers=PEERS, seeker=seeker, peer=peer)
    return tell(wish, needs=society.catalogue(), rules=Rules())


def test_a_pair_is_printed_part_by_part_with_the_sum_and_what_the_rules_say() -> None:
    done = CliRunner().invoke(main, ["explain", "--seed", "7", "--pair", "3,5"])

    assert done.exit_code == 0, done.output
    for words in ("seeker 3 and peer 5", "left unsaid", "sum: the score", "█", "the rules ask"):
        assert words in done.output


def test_as_json_the_parts_add_up_to_the_score_to_a_billionth() -> None:
    done = CliRunner().invoke(main, ["explain", "--pair", "7,3", "--json"])

    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    parts = told["parts"]
    added = parts["unsaid"] + parts["listening"]
    added += sum(parts["needs"].values()) + sum(parts["terms"].values())
    assert abs(added - told["score"]) < 1e-9
    assert (told["seeker"], told["peer"], told["seed"]) == (7, 3, 7)


def test_what_is_told_is_the_score_of_that_drawn_pair_in_a_round() -> None:
    people, needs = draw(SEEKERS, PEERS, SEED), society.catalogue()
    scorer = Scorer.of(
        [seeker.profile for seeker in people.seekers],
        [peer.profile for peer in people.peers],
        needs=needs,
        rules=Rules(),
    )

    worth = scorer.worth(slice(0, SEEKERS))

    for seeker, peer in PAIRS[::37]:
        parts = told_of(seeker, peer).parts
        assert parts.total == pytest.approx(worth.score[seeker, peer], abs=1e-9)
        assert parts.share == pytest.approx(worth.said[seeker, peer], abs=1e-9)


def test_there_is_a_card_of_two_shared_needs_at_most_exactly_where_two_may_meet() -> None:
    people, needs, cards = draw(SEEKERS, PEERS, SEED), society.catalogue(), 0
    for row, column in PAIRS[::5]:
        seeker, peer = people.seekers[row].profile, people.peers[column].profile
        pair = Pair(seeker=seeker, peer=peer, needs=needs, musts=Rules().musts)

        told = told_of(row, column)

        may_meet = not barriers(pair) and told.parts.share >= told.floor
        assert (told.card is not None) is may_meet
        if told.card is not None and not seeker.just_talks:
            cards += 1
            named = [need for need in told.parts.best_first if need in told.card.needs]
            assert list(told.card.needs) == named
            assert len(told.card.needs) + len(told.card.groups) <= 2
            assert set(told.card.needs) <= seeker.shown & set(seeker.needs) - peer.hidden
            assert all(peer.lived[need].lived > 0 for need in told.card.needs)
    assert cards > 3


def printed(told: Told) -> str:
    console = Console(record=True, width=400, file=StringIO())
    show(told, console)
    return console.export_text()


def test_the_peers_card_shows_no_more_than_a_round_would_show_them() -> None:
    people, needs, cut = draw(SEEKERS, PEERS, SEED), society.catalogue(), 0
    company = company_of(people, needs, Rules().musts)
    for row, column in PAIRS[::5]:
        told, peer = told_of(row, column), people.peers[column]
        if told.card is None or told.peers_card is None:
            assert told.card is told.peers_card is None
            continue
        is_common = company.of(peer.handle, peer.profile)
        assert told.peers_card == common_part(told.card, needs, is_common)
        cut += told.peers_card != told.card
        plain = as_plain(told)["cards"]
        assert isinstance(plain, dict)
        assert plain["peer"]["needs"] == told.peers_card.needs
        for card, whose in ((told.card, "seeker"), (told.peers_card, "peer")):
            (line,) = (
                one for one in printed(told).splitlines() if f"the {whose}'s card" in one
            )
            named = {str(need) for need in told.card.needs if str(need) in line}
            assert named == set(map(str, card.needs))
    assert cut > 3  # of thirty people few are many


def test_every_barrier_has_a_plain_sentence_and_is_printed_where_it_stands() -> None:
    assert set(BETWEEN) == set(Barrier)
    told = next(one for one in (told_of(*pair) for pair in PAIRS) if len(one.barriers) > 1)

    text = printed(told)

    assert all(f"they may not meet: {BETWEEN[one]}" in text for one in told.barriers)
    assert NO_CARD in text
    assert as_plain(told)["cards"] is None
    assert as_plain(told)["may_meet"] is False


@pytest.mark.parametrize(
    ("pair", "why"),
    [
        ("3", "a seeker and a peer"),
        ("3,5,7", "a seeker and a peer"),
        ("a,b", "a seeker and a peer"),
        ("-1,2", "a seeker and a peer"),
        ("60,2", "seekers go from 0 to 59"),
        ("2,25", "peers from 0 to 24"),
    ],
)
def test_a_pair_that_does_not_exist_is_refused_with_what_does(pair: str, why: str) -> None:
    with pytest.raises(SettingsError, match=why):
        Wish.of(pair, seed=7, seekers=60, peers=25)

    done = CliRunner().invoke(main, ["explain", f"--pair={pair}"])

    assert done.exit_code == 2
    assert why in done.output
    assert "Traceback" not in done.output
