"""Open suggestions as a page shows them, and the way back from a page's name for one."""

from dataclasses import dataclass

from matcher.domain.errors import OfferGoneError
from matcher.domain.offer import Offer, OfferId
from matcher.domain.place import Visitor
from matcher.domain.room import RoomKind
from matcher.web.common.i18n import in_words
from matcher.web.common.wiring import services, settings
from matcher.web.public.languages import language_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A suggestion in words; `alias` names it in this session alone."""

    alias: str
    offer: Offer
    shared: tuple[str, ...]
    languages: tuple[str, ...]
    kind: RoomKind | None


def suggested(visitor: Visitor) -> tuple[Suggestion, ...]:
    """Put a person's open suggestions into words."""
    return tuple(_in_words(visitor, offer) for offer in services().offers.open_for(visitor))


def offer_named(visitor: Visitor, alias: str) -> OfferId:
    """Find the suggestion that a page of this session called `alias`.

    Raises
    ------
    OfferGoneError
        If none of this person's open suggestions is called so.
    """
    for offer in services().offers.open_for(visitor):
        if services().places.alias(visitor, offer.id) == alias:
            return offer.id
    raise OfferGoneError


def _in_words(visitor: Visitor, offer: Offer) -> Suggestion:
    needs = settings().needs
    groups = {group.id: group for group in needs.groups}
    return Suggestion(
        alias=services().places.alias(visitor, offer.id),
        offer=offer,
        shared=(
            *(in_words(needs.by_id[need].label) for need in offer.card.needs),
            *(in_words(groups[group].label) for group in offer.card.groups),
        ),
        languages=tuple(language_name(code) for code in sorted(offer.card.languages)),
        kind=offer.card.kind,
    )
