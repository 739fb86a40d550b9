"""Profiles and cards come back from the wire as they went."""

from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from hypothesis import given, strategies as st

from matcher.domain.card import Card
from matcher.domain.lessons import BUCKETS
from matcher.domain.needs import MAX_NEEDS, GroupId, NeedId
from matcher.domain.offer import LONGEST_ANSWER
from matcher.domain.profile import (
    BLOCKS_A_DAY,
    Address,
    AgeBand,
    Consent,
    Experience,
    Format,
    Help,
    Identity,
    Language,
    Lived,
    LookIn,
    Manner,
    Nearness,
    PeerProfile,
    Profile,
    Region,
    SeekerProfile,
    Since,
    Stage,
    Talk,
    Wishes,
)
from matcher.domain.room import RoomKind
from matcher.settings.load import NAMES_MOST, load
from matcher.settings.needs_file import ID_MOST
from matcher.store.wire import (
    CARD_SIZE,
    PROFILE_SIZE,
    Beside,
    beside_card,
    pack_card,
    pack_profile,
    unpack_card,
    unpack_profile,
)

E = TypeVar("E", bound=StrEnum)
SETTINGS = load({"HOME": str(Path("/nowhere"))})
NEEDS = SETTINGS.needs
NEED = st.sampled_from([need.id for need in NEEDS.all])


def _set(kind: type[E]) -> st.SearchStrategy[frozenset[E]]:
    return st.frozensets(st.sampled_from(kind))


LANGUAGES = st.frozensets(st.sampled_from([Language(code) for code in SETTINGS.languages]))
COMMON = {
    "age": st.sampled_from(AgeBand),
    "languages": LANGUAGES,
    "help": _set(Help),
    "format": st.sampled_from(Format),
    "day_blocks": st.frozensets(st.integers(0, BLOCKS_A_DAY - 1)),
    "look_in": st.sampled_from(LookIn),
    "relay_ok": st.booleans(),
    "region": st.none() | st.sampled_from([Region(name) for name in SETTINGS.regions]),
    "talk": _set(Talk),
    "address": st.none() | st.sampled_from(Address),
}
SEEKERS = st.builds(
    SeekerProfile,
    **COMMON,
    needs=st.lists(NEED, unique=True, max_size=MAX_NEEDS).map(tuple),
    shown=st.frozensets(NEED, max_size=MAX_NEEDS),
    main=st.none() | NEED,
    stage=st.none() | st.sampled_from(Stage),
    wishes=st.builds(
        Wishes,
        identity_only=_set(Identity),
        identity_better=_set(Identity),
        gender_not=_set(Identity),
        manner_not=_set(Manner),
        nearness=st.sampled_from(Nearness),
        same_age_only=st.booleans(),
    ),
    consent=st.builds(
        Consent, matching=st.just(value=True), unsaid=st.booleans(), statistics=st.booleans()
    ),
)
PEERS = st.builds(
    PeerProfile,
    **COMMON,
    lived=st.dictionaries(
        NEED,
        st.builds(
            Experience,
            lived=st.sampled_from(Lived),
            since=st.none() | st.sampled_from(Since),
        ),
    ),
    hidden=st.frozensets(NEED),
    never=st.frozensets(NEED),
    opted_in=st.frozensets(NEED),
    trained=st.frozensets(NEED),
    identity=_set(Identity),
    manner=st.none() | _set(Manner),
    capacity=st.integers(1, 20),
    rest=st.integers(0, 500).map(lambda hours: timedelta(hours=hours)),
)


@given(SEEKERS | PEERS)
def test_every_profile_comes_back_and_fits_its_size(profile: Profile) -> None:
    packed = pack_profile(profile, NEEDS)

    assert unpack_profile(packed, NEEDS) == profile
    assert len(packed) <= PROFILE_SIZE


@given(
    st.builds(
        Card,
        needs=st.lists(NEED, max_size=2).map(tuple),
        groups=st.lists(
            st.sampled_from([GroupId(group.id) for group in NEEDS.groups]), max_size=2
        ).map(tuple),
        languages=LANGUAGES,
        kind=st.sampled_from(RoomKind),
    )
)
def test_every_card_comes_back_with_what_is_beside_it_and_fits_its_size(card: Card) -> None:
    beside = Beside(lasts=LONGEST_ANSWER, bucket=BUCKETS - 1)

    packed = pack_card(card, beside)

    assert unpack_card(packed) == card
    assert beside_card(packed) == beside
    assert len(packed) <= CARD_SIZE


def _every_language(region: Region) -> frozenset[Language]:
    """Make as many languages as the settings allow beside a region."""
    left = NAMES_MOST - len(region) - 1
    return frozenset(Language(f"{at:02}") for at in range(left // len("en ")))


def test_who_speaks_every_language_that_settings_allow_fits_the_size_of_all() -> None:
    region = Region("r" * 5)
    peer = PeerProfile(
        age=AgeBand.ADULT,
        languages=_every_language(region),
        help=frozenset(Help),
        format=Format.EITHER,
        day_blocks=frozenset(range(BLOCKS_A_DAY)),
        look_in=LookIn.WEEKLY,
        relay_ok=True,
        region=region,
        talk=frozenset(Talk),
        address=Address.ANY,
        lived={},
        hidden=frozenset(),
        never=frozenset(),
        opted_in=frozenset(),
        trained=frozenset(),
        identity=frozenset(Identity),
        manner=frozenset(Manner),
        capacity=20,
        rest=timedelta(hours=500),
    )
    needs = tuple(NeedId(f"{nth}/".ljust(ID_MOST, "n")) for nth in "ab")
    card = Card(needs=needs, groups=(), languages=peer.languages, kind=RoomKind.SLOW)
    beside = Beside(lasts=LONGEST_ANSWER, bucket=BUCKETS - 1)

    assert PROFILE_SIZE - 8 <= len(pack_profile(peer, NEEDS)) <= PROFILE_SIZE
    assert len(pack_card(card, beside)) <= CARD_SIZE
