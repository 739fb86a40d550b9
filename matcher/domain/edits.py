"""What becomes of a peer's changed answers: what counts at once, and what only a day later.

A peer who could try one profile after another would soon find out who waits. So new answers
count only after `lifetimes.edits`. What takes something away counts at once, because nobody is
to be asked a day longer about what they have just ruled out; it takes people away and never
lets the others fit better, so that it cannot be used to aim. Who takes something away twice
within that time, or more than anybody may rule out, is asked nothing until all of it counts:
one profile a day, whatever they do.
"""

from dataclasses import dataclass, replace

from matcher.domain.needs import MAX_NEVER, NeedId
from matcher.domain.profile import (
    GENDERS,
    Experience,
    Format,
    Lived,
    Manner,
    PeerProfile,
    Since,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A peer's changed answers.

    `later` counts from `lifetimes.edits` on, None where all counts at once. `takes_away`: open
    suggestions were made on more than is left. `is_quiet`: until then nobody is suggested.
    `is_new`: something else is said than before, so that the time begins anew.
    """

    at_once: PeerProfile
    later: PeerProfile | None
    takes_away: bool
    is_quiet: bool
    is_new: bool


def edited(
    counting: PeerProfile, said: PeerProfile, wanted: PeerProfile, *, is_settled: bool
) -> Edit:
    """Split an edit of a peer who has been here.

    `counting` is what counts now, `said` what they said last (the same, or what counts later);
    `is_settled`: their last edit lies longer back than `lifetimes.edits`.
    """
    before = _with_free(counting, wanted)
    left = _narrowed(before, wanted)
    contradicts = _contradicts(before, wanted)
    takes_away = contradicts or left != before
    return Edit(
        at_once=left,
        later=None if left == wanted else wanted,
        takes_away=takes_away,
        is_quiet=contradicts or (takes_away and not is_settled) or len(left.never) > MAX_NEVER,
        is_new=_with_free(said, wanted) != wanted,
    )


def _with_free(before: PeerProfile, wanted: PeerProfile) -> PeerProfile:
    """Take over what decides nothing about whom somebody meets."""
    return replace(
        before,
        capacity=wanted.capacity,
        rest=wanted.rest,
        talk=wanted.talk,
        address=wanted.address,
        look_in=wanted.look_in,
    )


def _narrowed(before: PeerProfile, wanted: PeerProfile) -> PeerProfile:
    """Take away what was taken back; nothing in it is more than it was before.

    What somebody has lived through stays as it is, and what they no longer tell becomes a
    topic they never take: with less beside it, the rest would fit others better than before.
    """
    kept_genders = before.identity & GENDERS
    return replace(
        before,
        languages=before.languages & wanted.languages,
        help=before.help & wanted.help,
        format=_format(before, wanted),
        day_blocks=_day_blocks(before, wanted),
        relay_ok=before.relay_ok and wanted.relay_ok,
        hidden=before.hidden | wanted.hidden,
        never=before.never | wanted.never | _taken_back(before, wanted),
        opted_in=before.opted_in & wanted.opted_in,
        identity=(before.identity & wanted.identity) | kept_genders,
        manner=_manner(before, wanted),
    )


def _contradicts(before: PeerProfile, wanted: PeerProfile) -> bool:
    """Say whether no answer between the two would be right for everybody.

    Who they are decides what others have ruled out; times that do not meet leave none.
    """
    return (
        before.age is not wanted.age
        or before.region != wanted.region
        or before.identity & GENDERS != wanted.identity & GENDERS
        or not before.languages & wanted.languages
        or {before.format, wanted.format} == {Format.LIVE, Format.NOW_AND_THEN}
        or _are_apart(before.day_blocks, wanted.day_blocks)
    )


def _taken_back(before: PeerProfile, wanted: PeerProfile) -> frozenset[NeedId]:
    """Find what they no longer tell, and what they are in the middle of by now."""
    told = {need for need, one in before.lived.items() if one.lived > Lived.NOT_AT_ALL}
    return frozenset(
        need for need in told if _is_less(before.lived[need], wanted.lived.get(need))
    )


def _is_less(before: Experience, wanted: Experience | None) -> bool:
    if wanted is None or wanted.lived is Lived.NOT_AT_ALL:
        return True
    return wanted.since is Since.NOW and before.since is not Since.NOW


def _format(before: PeerProfile, wanted: PeerProfile) -> Format:
    return wanted.format if before.format is Format.EITHER else before.format


def _day_blocks(before: PeerProfile, wanted: PeerProfile) -> frozenset[int]:
    """Keep the hours that both name; none named means any."""
    if not before.day_blocks or not wanted.day_blocks:
        return before.day_blocks | wanted.day_blocks
    return before.day_blocks & wanted.day_blocks or before.day_blocks


def _are_apart(one: frozenset[int], other: frozenset[int]) -> bool:
    return bool(one and other) and not one & other


def _manner(before: PeerProfile, wanted: PeerProfile) -> frozenset[Manner] | None:
    """Keep every manner that either names; one that is not told meets nobody who minds."""
    if before.manner is None or wanted.manner is None:
        return None
    return before.manner | wanted.manner
