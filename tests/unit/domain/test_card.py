"""A card shows two lines at most, and never what either side or the need itself keeps back."""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given, strategies as st

from matcher.domain.card import MAX_LINES, Card, draw_card
from matcher.domain.needs import CardShows, GroupId, NeedId
from matcher.domain.profile import Experience, Language, Lived, PeerProfile, SeekerProfile
from matcher.domain.room import RoomKind
from tests.unit.domain.people import (
    GRIEF,
    LONELY,
    LOW,
    NEEDS,
    OUTED,
    PEER,
    SECRET,
    SEEKER,
    TALK,
)

SHARED = (LONELY, OUTED, LOW, GRIEF)
LIVED = {name: Experience(lived=Lived.VERY) for name in (*SHARED, SECRET)}
OPEN_SEEKER = replace(SEEKER, needs=(*SHARED, SECRET), shown=frozenset({*SHARED, SECRET}))
OPEN_PEER = replace(PEER, lived=LIVED)

some_needs = st.frozensets(st.sampled_from(sorted(NEEDS.by_id)))


def _card(
    best_first: Iterable[NeedId],
    seeker: SeekerProfile = OPEN_SEEKER,
    peer: PeerProfile = OPEN_PEER,
) -> Card:
    return draw_card(seeker, peer, kind=RoomKind.SLOW, needs=NEEDS, best_first=best_first)


def test_a_card_shows_the_two_best_shared_needs() -> None:
    assert _card((LOW, GRIEF, LONELY)).needs == (LOW, GRIEF)


def test_a_need_that_allows_only_its_group_shows_only_its_group() -> None:
    card = _card((OUTED, LONELY))

    assert card.needs == (LONELY,)
    assert card.groups == (GroupId("identity"),)


def test_a_need_that_allows_nothing_leaves_its_line_to_the_next() -> None:
    assert _card((SECRET, LOW, GRIEF)).needs == (LOW, GRIEF)


def test_what_the_seeker_does_not_show_is_not_on_the_card() -> None:
    quiet = replace(OPEN_SEEKER, shown=frozenset({GRIEF}))

    assert _card((LOW, GRIEF), seeker=quiet).needs == (GRIEF,)


def test_what_the_peer_hides_is_not_on_the_card() -> None:
    quiet = replace(OPEN_PEER, hidden=frozenset({LOW}))

    assert _card((LOW, GRIEF), peer=quiet).needs == (GRIEF,)


def test_what_the_peer_has_not_lived_is_not_on_the_card() -> None:
    other = replace(OPEN_PEER, lived={**LIVED, LOW: Experience(lived=Lived.NOT_AT_ALL)})

    assert _card((LOW, GRIEF), peer=other).needs == (GRIEF,)


def test_a_card_shows_only_languages_that_both_speak() -> None:
    assert _card((LOW,)).languages == {Language("en")}


@given(ticked=some_needs, shown=some_needs, lived=some_needs, hidden=some_needs)
def test_no_card_ever_says_more_than_both_sides_and_the_need_allow(
    ticked: frozenset[NeedId],
    shown: frozenset[NeedId],
    lived: frozenset[NeedId],
    hidden: frozenset[NeedId],
) -> None:
    seeker = replace(SEEKER, needs=tuple(sorted(ticked)), shown=shown)
    peer = replace(
        PEER, lived={name: Experience(lived=Lived.QUITE) for name in lived}, hidden=hidden
    )

    card = _card(NEEDS.by_id, seeker=seeker, peer=peer)

    allowed = ticked & shown & (lived | {TALK}) - hidden  # this peer listens
    assert len(card.needs) + len(card.groups) <= MAX_LINES
    assert set(card.needs) <= {n for n in allowed if NEEDS.by_id[n].card is CardShows.NEED}
    assert set(card.groups) <= {NEEDS.by_id[name].group for name in allowed}
