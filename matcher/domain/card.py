"""A card: what one side sees of the other before both have said yes."""

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.domain.needs import JUST_TALK, CardShows, GroupId, NeedId, Needs
from matcher.domain.profile import Help, Language, Lived, PeerProfile, SeekerProfile
from matcher.domain.room import RoomKind

MAX_LINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Shared needs by name or by group only, shared languages, and how the two would talk.

    Two lines at most: with three needs most people are unique already.
    """

    needs: tuple[NeedId, ...] = ()
    groups: tuple[GroupId, ...] = ()
    languages: frozenset[Language]
    kind: RoomKind


def draw_card(
    seeker: SeekerProfile,
    peer: PeerProfile,
    *,
    kind: RoomKind,
    needs: Needs,
    best_first: Iterable[NeedId],
) -> Card:
    """Choose what both sides may see of each other.

    `best_first` orders needs by what they contribute to the pair's score. One is shown only
    when the seeker ticked it, the peer lived through it, and neither they nor it forbid it.
    """
    order = (JUST_TALK,) if seeker.just_talks else best_first
    lines = [needs.by_id[need] for need in order if _may_show(need, seeker, peer)]
    open_lines = [need for need in lines if need.card is not CardShows.NOTHING][:MAX_LINES]
    named = tuple(need.id for need in open_lines if need.card is CardShows.NEED)
    grouped = (need.group for need in open_lines if need.card is CardShows.GROUP)
    return Card(
        needs=named,
        groups=tuple(dict.fromkeys(grouped)),
        languages=seeker.languages & peer.languages,
        kind=kind,
    )


def _may_show(need: NeedId, seeker: SeekerProfile, peer: PeerProfile) -> bool:
    ticked = need in seeker.needs and need in seeker.shown
    return ticked and _shares(need, peer) and need not in peer.hidden


def _shares(need: NeedId, peer: PeerProfile) -> bool:
    if need == JUST_TALK:
        return Help.LISTEN in peer.help
    experience = peer.lived.get(need)
    return experience is not None and experience.lived > Lived.NOT_AT_ALL
