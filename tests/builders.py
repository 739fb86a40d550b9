"""Plain people for tests, who may meet each other until a test changes something."""

from datetime import UTC, datetime

from matcher.domain.needs import CardShows, GroupId, Need, NeedGroup, NeedId, Needs, StageKind
from matcher.domain.profile import (
    AgeBand,
    Consent,
    Experience,
    Handle,
    Help,
    Language,
    Lived,
    PeerProfile,
    SeekerProfile,
)
from matcher.engine.population import FreePeer, WaitingSeeker

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def seeker(*needs: NeedId) -> SeekerProfile:
    """Build an adult who speaks English and ticks `needs`, with no wishes."""
    return SeekerProfile(
        age=AgeBand.ADULT,
        languages=frozenset({Language("en")}),
        relay_ok=True,
        needs=needs,
        shown=frozenset(needs),
        consent=Consent(matching=True),
    )


def peer(*needs: NeedId) -> PeerProfile:
    """Build an adult listener who speaks English and has lived very much through `needs`."""
    return PeerProfile(
        age=AgeBand.ADULT,
        languages=frozenset({Language("en")}),
        help=frozenset({Help.LISTEN}),
        relay_ok=True,
        lived={need: Experience(lived=Lived.VERY) for need in needs},
    )


def waiting(name: str, profile: SeekerProfile, since: datetime = NOON) -> WaitingSeeker:
    """Let a seeker wait since `since`."""
    return WaitingSeeker(handle=Handle(name), profile=profile, waiting_since=since)


def free(name: str, profile: PeerProfile, places: int = 1) -> FreePeer:
    """Let a peer be free for so many."""
    return FreePeer(handle=Handle(name), profile=profile, free=places)


def catalogue(*ids: NeedId, formal_first: tuple[NeedId, ...] = ()) -> Needs:
    """Build a small catalogue, one group for each family of ids."""
    families = dict.fromkeys(name.partition("/")[0] for name in ids)
    return Needs(
        groups=tuple(
            NeedGroup(
                id=GroupId(family),
                label={"en": family},
                is_open=False,
                needs=tuple(
                    _need(name, number, formal_first=name in formal_first)
                    for number, name in enumerate(ids, start=1)
                    if name.startswith(f"{family}/")
                ),
            )
            for family in families
        )
    )


def _need(name: NeedId, number: int, *, formal_first: bool) -> Need:
    return Need(
        id=name,
        number=number,
        group=GroupId(name.partition("/")[0]),
        label={"en": name},
        formal_first=formal_first,
        never_infer=formal_first,
        card=CardShows.NEED,
        stage=StageKind.PATH,
    )
