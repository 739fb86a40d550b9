"""Draws profiles as the pages can make them."""

from datetime import timedelta
from typing import TypeVar

from hypothesis import strategies as st

from matcher.domain.needs import JUST_TALK, CardShows, Need, NeedId, Needs
from matcher.domain.profile import (
    ADULTS,
    BLOCKS_A_DAY,
    GENDERS,
    Address,
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
    Region,
    SeekerProfile,
    Since,
    Stage,
    Talk,
    Wishes,
)
from matcher.settings.model import Settings
from matcher.web.public.answers.both import ARABIC, CommonAnswers
from matcher.web.public.answers.seeker import STAGE_FIELDS
from matcher.web.public.words import RESTS

T = TypeVar("T")


@st.composite
def seekers(draw: st.DrawFn, settings: Settings) -> SeekerProfile:
    """Draw a seeker."""
    needs = draw(_chosen(settings.needs))
    main = draw(_main(needs))
    stage = draw(st.sampled_from([None, *Stage])) if _has_stage(main, settings.needs) else None
    return SeekerProfile(
        **draw(_common(settings)),
        needs=needs,
        shown=draw(_some_of(list(needs))) | _never_shown(settings.needs, needs),
        main=main,
        stage=stage,
        wishes=draw(_wishes()),
        consent=Consent(
            matching=True, unsaid=draw(st.booleans()), statistics=draw(st.booleans())
        ),
    )


@st.composite
def peers(draw: st.DrawFn, settings: Settings) -> PeerProfile:
    """Draw a peer."""
    asked = [need.id for need in settings.needs.all if need.id != JUST_TALK]
    lived = draw(st.dictionaries(st.sampled_from(asked), _experiences(), max_size=20))
    for nth in draw(st.sets(st.integers(0, len(settings.needs.groups) - 2), max_size=3)):
        nothing = Experience(lived=Lived.NOT_AT_ALL)
        lived |= {need.id: nothing for need in settings.needs.groups[nth].needs}
    through = sorted(need for need, experience in lived.items() if experience.lived)
    some_needs = st.sets(st.sampled_from(asked), max_size=5).map(frozenset)
    return PeerProfile(
        **draw(_common(settings)),
        lived=lived,
        hidden=draw(_some_of(through)),
        never=draw(some_needs),
        opted_in=draw(some_needs),
        trained=draw(some_needs),
        identity=draw(_some_of(list(Identity))),
        manner=draw(st.none() | _some_of(list(Manner))),
        capacity=draw(st.integers(1, settings.rules.peers.capacity_ceiling)),
        rest=timedelta(days=draw(st.sampled_from(list(RESTS)))),
    )


@st.composite
def _common(draw: st.DrawFn, settings: Settings) -> CommonAnswers:
    languages = st.sets(st.sampled_from(settings.languages), min_size=1)
    region: Region | None = draw(st.sampled_from([None, *settings.regions]))
    chosen: frozenset[Language] = frozenset(draw(languages))
    return CommonAnswers(
        age=draw(st.sampled_from(sorted(ADULTS))),
        languages=chosen,
        help=draw(_some_of(list(Help))),
        format=draw(st.sampled_from(Format)),
        day_blocks=draw(_some_of(list(range(BLOCKS_A_DAY)))),
        look_in=draw(st.sampled_from(LookIn)),
        relay_ok=draw(st.booleans()),
        region=region,
        talk=draw(_some_of(list(Talk))),
        address=draw(st.none() | st.sampled_from(Address)) if ARABIC in chosen else None,
    )


def _some_of(members: list[T]) -> st.SearchStrategy[frozenset[T]]:
    return st.sets(st.sampled_from(members)).map(frozenset) if members else st.just(frozenset())


def _chosen(needs: Needs) -> st.SearchStrategy[tuple[NeedId, ...]]:
    order = [need.id for need in needs.all]
    some = st.sets(st.sampled_from(order[:-1]), min_size=1, max_size=5)
    return some.map(lambda found: tuple(sorted(found, key=order.index))) | st.just((JUST_TALK,))


def _main(needs: tuple[NeedId, ...]) -> st.SearchStrategy[NeedId | None]:
    if needs == (JUST_TALK,):
        return st.none()
    return st.just(needs[0]) if len(needs) == 1 else st.sampled_from([None, *needs])


def _has_stage(main: NeedId | None, needs: Needs) -> bool:
    found: Need | None = needs.by_id[main] if main else None
    return found is not None and found.stage in STAGE_FIELDS


def _never_shown(needs: Needs, chosen: tuple[NeedId, ...]) -> frozenset[NeedId]:
    """List what no card shows: nobody is asked about it, so it stays as it is."""
    return frozenset(n for n in chosen if needs.by_id[n].card is CardShows.NOTHING)


def _experiences() -> st.SearchStrategy[Experience]:
    some = st.builds(
        Experience,
        lived=st.sampled_from([Lived.A_LITTLE, Lived.QUITE, Lived.VERY]),
        since=st.none() | st.sampled_from(Since),
    )
    return some | st.just(Experience(lived=Lived.NOT_AT_ALL))


@st.composite
def _wishes(draw: st.DrawFn) -> Wishes:
    only = draw(_some_of(list(Identity)))
    return Wishes(
        identity_only=only,
        identity_better=draw(_some_of(list(Identity))) - only,
        gender_not=draw(_some_of(sorted(GENDERS))),
        manner_not=draw(_some_of(list(Manner))),
        nearness=draw(st.sampled_from(Nearness)),
        same_age_only=draw(st.booleans()),
    )
