"""Every key of the store, in one table: its name, what it holds, how long it may live."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from matcher.domain.notice import LONGEST_NOTICE_DAYS
from matcher.domain.offer import LONGEST_ANSWER
from matcher.settings.model import PoolName, Settings, length_of
from matcher.store.bounds import capsule_most, stay_most, tell_most, ticket_most


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyKind:
    """Keys that begin with `name` after the pool's prefix; none outlives `longest`."""

    name: str
    holds: str
    longest: Callable[[Settings], timedelta]


def _stay(settings: Settings) -> timedelta:
    return stay_most(settings.lifetimes)


def count_most(settings: Settings) -> timedelta:
    """Bound how long a count lives: as long as the longest of its limits looks back."""
    limits = settings.limits
    rates = limits.form, limits.code, limits.loopback, limits.person
    return max(*map(length_of, rates), settings.pressure.stays + MINUTE)


MINUTE = timedelta(minutes=1)
"""Minutes are when offers and counts end, so that many share each end."""

VISIT_GRAIN = timedelta(minutes=10)
"""Sessions, sent drafts and check-ins end on multiples of this, and so date no visit."""

DESK_IDLE, DESK_MOST = timedelta(minutes=15), timedelta(hours=8)
DESK_SURE = timedelta(minutes=5)
"""A coordinator's session: unused, at the most, and how long one passphrase does for acts."""

RULES_LIVE = timedelta(minutes=10)
ASK_LIVES = timedelta(hours=1)
CLOCK_LEASE = timedelta(seconds=3)
FENCE_LIVES = timedelta(days=7)
WANTED_LIVES = timedelta(minutes=10)
ANSWER_LIVES = timedelta(days=1)
ASKED_LIVE = timedelta(days=2)
SUMS_LIVE = timedelta(days=63)  # eight weeks that are over, and this one
WAITS_LIVE = timedelta(days=30)  # four weeks of days that are over, and today
STANDING_LIVES = timedelta(days=30)
TAPS_LIVE = timedelta(days=30)  # four weeks of days that are over, and today

KINDS = (
    KeyKind(name="c:", holds="a code's handle, sealed under the code", longest=_stay),
    KeyKind(name="s:", holds="a session, sealed under its cookie", longest=_stay),
    KeyKind(
        name="h:",
        holds="role, age band, lease, state and counts of a handle",
        longest=_stay,
    ),
    KeyKind(name="p:", holds="a profile, sealed under its day", longest=_stay),
    KeyKind(
        name="l:",
        holds="a peer's changed answers until they count, sealed under their day",
        longest=_stay,
    ),
    KeyKind(name="w", holds="who waits, since when (coarse)", longest=_stay),
    KeyKind(name="here", holds="checked-in peers, until when", longest=_stay),
    KeyKind(name="silent", holds="rooms in which the peer has not written", longest=_stay),
    KeyKind(name="v:", holds="a peer's open suggestions, rooms, rests, ration", longest=_stay),
    KeyKind(name="n:", holds="marks of pairs not to be offered again", longest=_stay),
    KeyKind(
        name="o:",
        holds="an offer: two handles, two answers, a deadline, a sealed card each",
        longest=lambda settings: 2 * LONGEST_ANSWER + settings.lifetimes.grain,
    ),
    KeyKind(
        name="r:",
        holds="a room: seats, its sealed key, its last marks",
        longest=_stay,
    ),
    KeyKind(name="m:", holds="a room's messages, sealed under its key", longest=_stay),
    KeyKind(
        name="talked:",
        holds="of which rooms somebody may still say how they were; a seeker's kind of pair",
        longest=_stay,
    ),
    KeyKind(
        name="d:",
        holds="drafts that were sent, by a keyed hash",
        longest=lambda settings: settings.lifetimes.draft + VISIT_GRAIN,
    ),
    KeyKind(
        name="t",
        holds="marks of spent tickets, by keyed hashes",
        longest=lambda settings: ticket_most(settings.lifetimes),
    ),
    KeyKind(
        name="i:",
        holds="unused invitations, by a hash",
        longest=lambda settings: settings.lifetimes.invitation,
    ),
    KeyKind(
        name="note:",
        holds="a peer's note sealed for coordinators, or the answer sealed for the peer",
        longest=lambda settings: settings.lifetimes.note,
    ),
    KeyKind(
        name="notes",
        holds="which notes wait for an answer, by the day on which they end",
        longest=lambda settings: settings.lifetimes.note,
    ),
    KeyKind(
        name="desk:",
        holds="a coordinator's session, sealed under its cookie",
        longest=lambda _: DESK_IDLE + MINUTE,
    ),
    KeyKind(
        name="desk-of:",
        holds="which session of a coordinator is the newest, by a keyed hash",
        longest=lambda _: DESK_MOST + MINUTE,
    ),
    KeyKind(
        name="k:",
        holds="a capsule: the other side of a conversation, sealed under its owner's secret",
        longest=lambda settings: capsule_most(settings.lifetimes),
    ),
    KeyKind(
        name="tell:",
        holds="half of the key to both capsules of a conversation",
        longest=lambda settings: tell_most(settings.lifetimes),
    ),
    KeyKind(
        name="report:",
        holds="a report and its lines, sealed for coordinators, and whether they have seen it",
        longest=lambda settings: settings.lifetimes.report,
    ),
    KeyKind(
        name="reports",
        holds="which reports wait for a decision, by the day on which they end",
        longest=lambda settings: settings.lifetimes.report,
    ),
    KeyKind(
        name="decided",
        holds="what coordinators decided about reports, sealed, until it is carried out",
        longest=lambda settings: settings.lifetimes.report,
    ),
    KeyKind(
        name="suspended",
        holds="which reports can still undo a suspension, by the day on which they end",
        longest=lambda settings: settings.lifetimes.report,
    ),
    KeyKind(
        name="notice:",
        holds="what coordinators tell everybody, or all who help",
        longest=lambda _: timedelta(days=LONGEST_NOTICE_DAYS),
    ),
    KeyKind(name="rules", holds="the published rules", longest=lambda _: RULES_LIVE),
    KeyKind(name="ask", holds="that a round is wanted", longest=lambda _: ASK_LIVES),
    KeyKind(name="run", holds="how far that round has come", longest=lambda _: ASK_LIVES),
    KeyKind(
        name="lease:",
        holds="who works on this pool now",
        longest=lambda settings: max(settings.rounds.lease, CLOCK_LEASE),
    ),
    KeyKind(name="fence:", holds="a count of leases", longest=lambda _: FENCE_LIVES),
    KeyKind(
        name="lim:",
        holds="how many forms came lately, by a keyed hash that changes daily",
        longest=count_most,
    ),
    KeyKind(
        name="used:",
        holds="forms that passed while many came, and taps, by keyed hashes that change daily",
        longest=lambda settings: settings.pressure.lasts + VISIT_GRAIN,
    ),
    KeyKind(
        name="stats:wanted:",
        holds="rules that a coordinator wants to preview",
        longest=lambda _: WANTED_LIVES,
    ),
    KeyKind(
        name="stats:answer:",
        holds="what a preview showed: noised, rounded, small counts hidden",
        longest=lambda _: ANSWER_LIVES,
    ),
    KeyKind(
        name="stats:asked:",
        holds="which previews a day has seen, by keyed hashes",
        longest=lambda _: ASKED_LIVE,
    ),
    KeyKind(
        name="stats:open:",
        holds="sums of a week or day that is not over, noised from the first",
        longest=lambda _: SUMS_LIVE,
    ),
    KeyKind(
        name="stats:sums:",
        holds="sums of a week's answers, noised from the first",
        longest=lambda _: SUMS_LIVE,
    ),
    KeyKind(
        name="stats:found:",
        holds="how many of whom found somebody in a week, noised from the first",
        longest=lambda _: SUMS_LIVE,
    ),
    KeyKind(
        name="stats:replies:",
        holds="what peers said to which need in a week, noised from the first",
        longest=lambda _: SUMS_LIVE,
    ),
    KeyKind(
        name="stats:told:",
        holds="how conversations were, in a week: changed by chance, then noised likewise",
        longest=lambda _: SUMS_LIVE,
    ),
    KeyKind(
        name="stats:lessons:",
        holds="whether it helped, by kinds of pairs, in a week: changed by chance, then noised",
        longest=lambda _: SUMS_LIVE,
    ),
    KeyKind(
        name="stats:rules",
        holds="since when the rules are as they are, by a hash of them",
        longest=lambda _: SUMS_LIVE,
    ),
    KeyKind(
        name="stats:events:",
        holds="how many suggestions and conversations there were in a day, noised likewise",
        longest=lambda _: SUMS_LIVE,
    ),
    KeyKind(
        name="stats:standing:",
        holds="how many wait and are there for what, once a day: noised, small ones hidden",
        longest=lambda _: STANDING_LIVES,
    ),
    KeyKind(
        name="stats:trial:",
        holds="how many newcomers each side of a trial of rules served, noised from the first",
        longest=lambda _: SUMS_LIVE,
    ),
    KeyKind(
        name="stats:waits:",
        holds="how many waited for how long, noised from the first",
        longest=lambda _: WAITS_LIVE,
    ),
    KeyKind(
        name="stats:near:",
        holds="how often a service was called bad or a card used, noised from the first",
        longest=lambda _: TAPS_LIVE,
    ),
)


_OF_A_POOL = re.compile(r"\{[a-z0-9-]+\}:")


def kind_of(key: str) -> KeyKind | None:
    """Find the kind of a key of any pool; None where none is declared."""
    prefix = _OF_A_POOL.match(key)
    if prefix is None:
        return None
    name = key[prefix.end() :]
    for kind in KINDS:
        if name == kind.name or (kind.name.endswith(":") and name.startswith(kind.name)):
            return kind
    return None


class Keys:
    """The names of one pool's keys; the braces keep them on one server of a cluster."""

    def __init__(self, pool: PoolName) -> None:
        self.prefix = f"{{{pool}}}:"

    def __call__(self, kind: str, which: str = "") -> str:
        """Name the key of one kind, for instance ("p:", handle)."""
        return f"{self.prefix}{kind}{which}"
