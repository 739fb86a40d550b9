"""Two people who may meet, for tests to change one thing at a time."""

from dataclasses import replace

from matcher.domain.barriers import Pair
from matcher.domain.needs import CardShows, GroupId, Need, NeedGroup, NeedId, Needs, StageKind
from matcher.domain.profile import (
    AgeBand,
    Consent,
    Experience,
    Format,
    Help,
    Language,
    Lived,
    PeerProfile,
    SeekerProfile,
    Since,
)
from matcher.domain.rules import Musts

LONELY = NeedId("people/lonely")
OUTED = NeedId("identity/outed")
LOW = NeedId("mind/low")
SECRET = NeedId("mind/secret")
GRIEF = NeedId("life/grief")
TALK = NeedId("other/just-talk")


def need(name: NeedId, card: CardShows, *, careful: bool = False) -> Need:
    """Describe one need."""
    return Need(
        id=name,
        number=1,
        group=GroupId(name.partition("/")[0]),
        label={"en": name},
        formal_first=careful,
        never_infer=careful,
        card=card,
        stage=StageKind.TIME,
    )


def _group(*needs: Need) -> NeedGroup:
    return NeedGroup(
        id=needs[0].group, label={"en": needs[0].group}, is_open=False, needs=needs
    )


NEEDS = Needs(
    groups=(
        _group(need(LONELY, CardShows.NEED)),
        _group(need(OUTED, CardShows.GROUP, careful=True)),
        _group(need(LOW, CardShows.NEED), need(SECRET, CardShows.NOTHING)),
        _group(need(GRIEF, CardShows.NEED)),
        _group(need(TALK, CardShows.NEED)),
    )
)

SEEKER = SeekerProfile(
    age=AgeBand.FROM_26,
    languages=frozenset({Language("en"), Language("ar")}),
    format=Format.EITHER,
    relay_ok=True,
    needs=(LONELY, OUTED),
    shown=frozenset({LONELY, OUTED}),
    consent=Consent(matching=True),
)

PEER = PeerProfile(
    age=AgeBand.FROM_40,
    languages=frozenset({Language("en"), Language("fr")}),
    help=frozenset({Help.LISTEN}),
    format=Format.EITHER,
    relay_ok=True,
    lived={
        LONELY: Experience(lived=Lived.VERY, since=Since.PAST),
        OUTED: Experience(lived=Lived.QUITE, since=Since.PAST),
    },
    opted_in=frozenset({OUTED}),
    trained=frozenset({OUTED}),
)


def pair(
    seeker: SeekerProfile = SEEKER, peer: PeerProfile = PEER, musts: Musts | None = None
) -> Pair:
    """Put the two side by side."""
    return Pair(seeker=seeker, peer=peer, needs=NEEDS, musts=musts or Musts())


def living(peer: PeerProfile, name: NeedId, since: Since) -> PeerProfile:
    """Say how long ago a peer has lived through one need."""
    experience = Experience(lived=Lived.QUITE, since=since)
    return replace(peer, lived={**peer.lived, name: experience})
