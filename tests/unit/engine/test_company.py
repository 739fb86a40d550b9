"""Whether a card fits enough of those who wait: columns and plain Python say the same."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings, strategies as st

from matcher.domain.barriers import Pair, allows
from matcher.domain.card import COMPANY, Card, common_part, draw_card, may_see
from matcher.domain.needs import CardShows, GroupId, NeedId
from matcher.domain.profile import Format, Handle, Language, PeerProfile, SeekerProfile
from matcher.domain.room import RoomKind, room_kind
from matcher.domain.rules import Musts
from matcher.engine.company import FIRST_LOOK, MOST_LANGUAGES
from matcher.engine.population import FreePeer, Population, WaitingSeeker
from tests.builders import NOON, catalogue, peer, seeker
from tests.gathering import company as company_of
from tests.unit.engine import wild
from tests.unit.engine.wild import NAMES, NEEDS

MUSTS = Musts()
WAITING = 150


def _is_meant(
    card: Card, seeker: SeekerProfile, peer: PeerProfile, named: frozenset[NeedId]
) -> bool:
    """Say in plain words whether a card could be about somebody; `named` is in no group."""
    shown = [
        NEEDS.by_id[need]
        for need in seeker.needs
        if need in seeker.shown and need in NEEDS.by_id and may_see(need, peer)
    ]
    groups = {
        need.group
        for need in shown
        if need.card is not CardShows.NOTHING and need.id not in named
    }
    return (
        set(card.needs) <= {need.id for need in shown}
        and set(card.groups) <= groups
        and (not card.languages or seeker.languages & peer.languages == card.languages)
        and (card.kind is None or room_kind(seeker.format, peer.format) is card.kind)
    )


def _may_meet(seeker: SeekerProfile, peer: PeerProfile) -> bool:
    return allows(Pair(seeker=seeker, peer=peer, needs=NEEDS, musts=MUSTS))


def _meant(card: Card, met: Sequence[SeekerProfile], peer: PeerProfile) -> int:
    """Count whom a card could be about: a need that many share is shown by its name."""

    def count(one: Card, named: frozenset[NeedId]) -> int:
        return sum(_is_meant(one, other, peer, named) for other in met)

    bare = Card(languages=frozenset(), kind=None)
    if card.kind is not None and peer.format is Format.EITHER:
        by_kind = [count(replace(bare, kind=kind), frozenset()) for kind in RoomKind]
        if min(by_kind) < COMPANY:
            return 0
    if card.languages and not _may_tell_languages(met, peer):
        return 0
    named = frozenset(
        need.id
        for need in NEEDS.all
        if need.group in card.groups
        and need.card is CardShows.NEED
        and count(replace(card, needs=(need.id,), groups=()), frozenset()) >= COMPANY
    )
    return count(card, named)


def _may_tell_languages(met: Sequence[SeekerProfile], peer: PeerProfile) -> bool:
    """Say whether many share each set of languages, in each way if that is told as well."""
    told = [(one.languages & peer.languages, room_kind(one.format, peer.format)) for one in met]
    kinds = [sum(how is kind for _, how in told) for kind in RoomKind]
    is_kind_open = peer.format is Format.EITHER and min(kinds) >= COMPANY
    sets = [
        frozenset(shared)
        for count in range(1, len(peer.languages) + 1)
        for shared in combinations(peer.languages, count)
    ]
    by_set = [
        sum(shared == one and (how is kind or not is_kind_open) for shared, how in told)
        for one in sets
        for kind in RoomKind
    ]
    return len(sets) == 1 or (len(peer.languages) <= MOST_LANGUAGES and min(by_set) >= COMPANY)


def _cards(card: Card) -> list[Card]:
    """Take lines and languages away, and put groups in the place of needs."""
    fewer = [card, replace(card, needs=card.needs[:1]), replace(card, needs=(), groups=())]
    grouped = tuple(dict.fromkeys(NEEDS.by_id[need].group for need in card.needs))
    fewer.append(replace(card, needs=(), groups=grouped))
    fewer += [replace(one, languages=frozenset()) for one in fewer]
    return [*fewer, *(replace(one, kind=None) for one in fewer)]


@settings(deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_card_is_common_when_enough_fit_it_whom_the_peer_may_meet(seed: int) -> None:
    people = wild.population(WAITING, 4, seed)
    company = company_of(people, NEEDS, MUSTS)
    for asked in people.peers:
        free = [
            one.profile
            for one in people.seekers
            if (one.handle, asked.handle) not in people.barred
        ]
        met = [one for one in free if _may_meet(one, asked.profile)]
        is_common = company.of(asked.handle, asked.profile)
        for one in free[:5]:
            kind = room_kind(one.format, asked.profile.format)
            if kind is None:
                continue
            drawn = draw_card(one, asked.profile, kind=kind, needs=NEEDS, best_first=NAMES)
            for card in _cards(drawn):
                meant = _meant(card, met, asked.profile)
                assert is_common(card) is (meant >= COMPANY), (card, meant)


def showing(asked: Sequence[NeedId]) -> tuple[WaitingSeeker, ...]:
    """Let somebody wait for each of these needs, whose card may show it."""
    return tuple(
        WaitingSeeker(
            handle=Handle(f"s{at}"),
            profile=replace(seeker(need), shown=frozenset({need})),
            waiting_since=NOON,
        )
        for at, need in enumerate(asked)
    )


def test_those_who_wait_last_count_like_those_who_wait_first() -> None:
    needs = catalogue(*NAMES)
    first, rare = NAMES[3], NAMES[4]
    asked = [first] * (2 * FIRST_LOOK) + [rare] * COMPANY
    writer = replace(peer(first, rare), format=Format.NOW_AND_THEN)
    people = Population(
        seekers=showing(asked),
        peers=(FreePeer(handle=Handle("p"), profile=writer, free=1),),
        barred=frozenset(),
    )
    card = draw_card(
        people.seekers[-1].profile,
        people.peers[0].profile,
        kind=RoomKind.SLOW,
        needs=needs,
        best_first=(rare,),
    )
    barred = replace(people, barred=frozenset({(Handle("s0"), Handle("p"))}))
    fewer = replace(people, barred=frozenset({(people.seekers[-1].handle, Handle("p"))}))

    for one, is_common in ((people, True), (barred, True), (fewer, False)):
        company = company_of(one, needs, MUSTS)
        assert company.of(Handle("p"), one.peers[0].profile)(card) is is_common


@pytest.mark.parametrize(
    ("how", "live", "is_told"),
    [
        (Format.EITHER, COMPANY, True),
        (Format.EITHER, COMPANY - 1, False),
        (Format.NOW_AND_THEN, 0, True),
    ],
)
def test_how_two_would_talk_is_told_where_many_would_in_each_way(
    how: Format, live: int, *, is_told: bool
) -> None:
    """Where only "live" were left out, a card without it would tell as much."""
    formats = [Format.EITHER] * COMPANY + [Format.LIVE] * live
    people = Population(
        seekers=tuple(
            WaitingSeeker(
                handle=Handle(f"s{at}"),
                profile=replace(seeker(NAMES[3]), format=one),
                waiting_since=NOON,
            )
            for at, one in enumerate(formats)
        ),
        peers=(
            FreePeer(handle=Handle("p"), profile=replace(peer(NAMES[3]), format=how), free=1),
        ),
    )
    company = company_of(people, NEEDS, MUSTS)
    card = Card(languages=frozenset(), kind=RoomKind.SLOW)

    seen = common_part(card, NEEDS, company.of(Handle("p"), people.peers[0].profile))

    assert (seen.kind is RoomKind.SLOW) is is_told


@pytest.mark.parametrize(("others", "is_common"), [(0, False), (COMPANY - 1, True)])
def test_a_group_in_the_place_of_a_need_hides_whose_it_is(
    others: int, *, is_common: bool
) -> None:
    """Many show the common need by its name: they are no company for the rare one's group."""
    common, rare, other = (NeedId(f"one/{name}") for name in ("common", "rare", "other"))
    needs = catalogue(common, rare, other)
    asked = [*[common] * (2 * COMPANY), *[other] * others, rare]
    people = Population(
        seekers=showing(asked),
        peers=(FreePeer(handle=Handle("p"), profile=peer(common, rare, other), free=1),),
        barred=frozenset(),
    )
    card = draw_card(
        people.seekers[-1].profile,
        people.peers[0].profile,
        kind=RoomKind.SLOW,
        needs=needs,
        best_first=(rare,),
    )
    company = company_of(people, needs, MUSTS)

    seen = common_part(card, needs, company.of(Handle("p"), people.peers[0].profile))

    assert seen.needs == ()
    assert (seen.groups == (GroupId("one"),)) is is_common


def test_a_peer_sees_of_a_card_only_what_is_common() -> None:
    """Need by need: by its name, else by its group, else not at all."""
    need, other = NEEDS.by_id[NAMES[0]], NEEDS.by_id[NAMES[1]]
    card = Card(
        needs=(need.id, other.id),
        languages=frozenset(wild.LANGUAGES[:1]),
        kind=RoomKind.SLOW,
    )

    assert common_part(card, NEEDS, lambda _: True) == card
    assert common_part(card, NEEDS, lambda _: False) == Card(languages=frozenset(), kind=None)
    named = common_part(card, NEEDS, lambda one: need.id not in one.needs)
    assert (named.needs, named.groups) == ((other.id,), (need.group,))
    without = common_part(card, NEEDS, lambda one: not one.languages)
    assert without == replace(card, languages=frozenset())
    without = common_part(card, NEEDS, lambda one: one.kind is None)
    assert without == replace(card, kind=None)


def test_what_languages_a_card_leaves_out_tells_nobody_who_speaks_a_rare_one() -> None:
    """A hostile peer says they speak what the one they look for does, and what all do."""
    needs, common, rare = catalogue(*NAMES), Language("en"), Language("fa")
    plain = replace(seeker(NAMES[3]), languages=frozenset({common}))
    meant = replace(plain, languages=frozenset({common, rare}))
    hunter = replace(peer(NAMES[3]), languages=frozenset({common, rare}))
    people = Population(
        seekers=tuple(
            WaitingSeeker(handle=Handle(f"{at:032x}"), profile=one, waiting_since=NOON)
            for at, one in enumerate([plain] * 60 + [meant])
        ),
        peers=(FreePeer(handle=Handle("hunter"), profile=hunter, free=1),),
    )
    is_common = company_of(people, needs, MUSTS).of(Handle("hunter"), hunter)

    def shown(one: SeekerProfile) -> frozenset[Language]:
        kind = room_kind(one.format, hunter.format)
        assert kind
        card = draw_card(one, hunter, kind=kind, needs=needs, best_first=NAMES)
        return common_part(card, needs, is_common).languages

    assert shown(meant) == shown(plain)
