"""Answers in words, for the pages on which people check them."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple, TypeVar

from flask_babel import gettext as _

from matcher.domain.profile import BLOCK_HOURS, BLOCKS_A_DAY, AgeBand, Common
from matcher.settings.model import Settings
from matcher.web.common.i18n import in_words
from matcher.web.public import words
from matcher.web.public.languages import language_name

Member = TypeVar("Member")


class Row(NamedTuple):
    """One line of a summary, and the page on which it is changed."""

    label: str
    values: list[str]
    page: str


def labels(known: Mapping[Member, str], chosen: Collection[Member]) -> list[str]:
    """Name the chosen members in the order in which they are asked."""
    return [str(label) for member, label in known.items() if member in chosen]


def who_rows(profile: Common) -> Iterator[Row]:
    """Say age and languages."""
    known = {**words.BANDS, AgeBand.ADULT: words.AGES[AgeBand.ADULT]}
    yield Row(_("Age"), [str(known[profile.age])], "about")
    spoken = [language_name(code) for code in sorted(profile.languages)]
    yield Row(_("Languages"), spoken, "about")


def common_rows(profile: Common, settings: Settings, *, region_on: str) -> Iterator[Row]:
    """Say how, when and where, as far as it was told; `region_on` is the page that asks it."""
    yield Row(_("How to talk"), [str(words.FORMATS[profile.format])], "how")
    yield Row(_("When"), _times(profile.day_blocks), "how")
    yield Row(_("Looking in"), [str(words.LOOK_INS[profile.look_in])], "how")
    relay = _("Is fine for you") if profile.relay_ok else _("Is not fine for you")
    yield Row(_("Talking without end-to-end encryption"), [relay], "how")
    if profile.region:
        named = in_words(settings.regions[profile.region])
        yield Row(_("Part of the world"), [named], region_on)
    if profile.talk:
        yield Row(_("How to talk with you"), labels(words.TALK, profile.talk), "how")
    if profile.address:
        spoken = [str(words.ADDRESSES[profile.address])]
        yield Row(_("Addressing you in Arabic"), spoken, "how")


def _times(blocks: frozenset[int]) -> list[str]:
    if not blocks:
        return [_("Any time")]
    hours = _(", ").join(f"{start}\N{EN DASH}{end}" for start, end in _spans(blocks))
    return [_("%(hours)s in world time (UTC), worked out from your times", hours=hours)]


def _spans(blocks: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Join blocks that follow each other, over midnight too, into hours from and to."""
    if len(blocks) == BLOCKS_A_DAY:
        yield 0, BLOCKS_A_DAY * BLOCK_HOURS
        return
    for first in sorted(blocks):
        if (first - 1) % BLOCKS_A_DAY in blocks:
            continue
        last = first
        while (last + 1) % BLOCKS_A_DAY in blocks:
            last += 1
        yield first * BLOCK_HOURS, (last % BLOCKS_A_DAY + 1) * BLOCK_HOURS
