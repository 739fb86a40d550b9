"""A card: what one side sees of the other before both have said yes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from matcher.domain.needs import JUST_TALK, CardShows, GroupId, NeedId, Needs
from matcher.domain.profile import Help, Language, Lived, PeerProfile, SeekerProfile
from matcher.domain.room import RoomKind

MAX_LINES = 2
COMPANY = 11
"""So many of those who wait have to fit what a peer sees of one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Shared needs by name or by group only, shared languages, and how the two would talk.

    Two lines at most: with three needs most people are unique already. Languages and `kind` may
    be left out.
    """

    needs: tuple[NeedId, ...] = ()
    groups: tuple[GroupId, ...] = ()
    languages: frozenset[Language]
    kind: RoomKind | None


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


def common_part(card: Card, needs: Needs, is_common: Callable[[Card], bool]) -> Card:
    """Leave on a card what many who wait would show, so that it does not tell who is meant.

    `is_common` says whether `COMPANY` people fit a card. A need that does not pass is shown as
    its group, and where that does not either, not at all.
    """
    kept = replace(card, needs=(), groups=(), languages=frozenset(), kind=None)
    for more in ({"kind": card.kind}, {"languages": card.languages}):
        told = replace(kept, **more)
        kept = told if is_common(told) else kept
    for need in card.needs:
        named = replace(kept, needs=(*kept.needs, need))
        if is_common(named):
            kept = named
        else:
            kept = _with_group(kept, needs.by_id[need].group, is_common)
    for group in card.groups:
        kept = _with_group(kept, group, is_common)
    return kept


def _with_group(card: Card, group: GroupId, is_common: Callable[[Card], bool]) -> Card:
    more = replace(card, groups=tuple(dict.fromkeys((*card.groups, group))))
    return more if is_common(more) else card


def _may_show(need: NeedId, seeker: SeekerProfile, peer: PeerProfile) -> bool:
    return need in seeker.needs and need in seeker.shown and may_see(need, peer)


def may_see(need: NeedId, peer: PeerProfile) -> bool:
    """Tell whether a card of this peer's may name a need: they share it, and do not hide it."""
    if need in peer.hidden:
        return False
    if need == JUST_TALK:
        return Help.LISTEN in peer.help
    experience = peer.lived.get(need)
    return experience is not None and experience.lived > Lived.NOT_AT_ALL
