"""Runs `sanad explain`: takes the score of one drawn pair apart, for a reader and a script."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from matcher.domain.barriers import Barrier, Pair, barriers
from matcher.domain.card import Card, common_part, draw_card
from matcher.domain.errors import SettingsError
from matcher.domain.needs import Needs
from matcher.domain.room import room_kind
from matcher.domain.rules import Rules
from matcher.engine.company import Company, shown_of
from matcher.engine.crowd import Crowd
from matcher.engine.explain import Explanation, explain
from matcher.engine.population import Population, draw
from matcher.engine.scoring import Scorer
from matcher.settings.model import Settings

BAR = 32
PART = "█"
NO_CARD = "no card: these two are never suggested to each other"
BETWEEN: Mapping[Barrier, str] = {
    Barrier.LANGUAGE: "they have no language in common",
    Barrier.AGE: "the rules do not let these ages meet",
    Barrier.SAME_AGE: "the seeker asks for somebody of the same age band only",
    Barrier.TIME: "there is no way and no time of day that suits both",
    Barrier.RELAY: "one of them wants end-to-end encrypted conversations only",
    Barrier.NEVER_TOPIC: "the seeker ticked something that the peer never takes",
    Barrier.TRAINING: "the peer has no training for, or did not opt into, a need of the seeker"
    " where formal help comes first",
    Barrier.ACUTE: "the peer is in the middle of the same crisis",
    Barrier.LISTENING: "the seeker just wants to talk, and the peer does not offer to listen",
    Barrier.IDENTITY: "the peer does not share an identity that the seeker asks for",
    Barrier.GENDER: "the seeker asks not to meet this gender, or the peer tells none",
    Barrier.MANNER: "the seeker asks to be spared a manner that the peer has or leaves open",
    Barrier.NEARNESS: "the seeker asks for somebody near, or far, and the peer is not",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which pair of which drawn people; both are counted from 0."""

    seed: int
    seekers: int
    peers: int
    seeker: int
    peer: int

    @classmethod
    def of(cls, pair: str, *, seed: int, seekers: int, peers: int) -> Self:
        """Take what the command line read.

        Raises
        ------
        SettingsError
            If `pair` is not two numbers, or there is no such seeker or peer.
        """
        given = [one.strip() for one in pair.split(",")]
        if [one.isdecimal() for one in given] != [True, True]:
            raise SettingsError("--pair takes a seeker and a peer, counted from 0: 3,5")
        seeker, peer = map(int, given)
        if seeker >= seekers or peer >= peers:
            raise SettingsError(
                f"there is no pair {pair}: seekers go from 0 to {seekers - 1}, peers from 0 to"
                f" {peers - 1}"
            )
        return cls(seed=seed, seekers=seekers, peers=peers, seeker=seeker, peer=peer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What there is to say about one pair; there are cards only where the two may meet.

    The seeker sees the `card`, the peer of it what many who wait would show: `peers_card`.
    """

    wish: Wish
    parts: Explanation
    barriers: tuple[Barrier, ...]
    floor: float
    card: Card | None
    peers_card: Card | None


def run(wish: Wish, settings: Settings, *, as_json: bool) -> None:
    """Draw the people, take the pair's score apart, print it."""
    found = tell(wish, needs=settings.needs, rules=settings.rules)
    if as_json:
        print(json.dumps(as_plain(found), ensure_ascii=False))  # noqa: T201 - was asked for
    else:
        show(found, Console())


def tell(wish: Wish, *, needs: Needs, rules: Rules) -> Told:
    """Take the score of a drawn pair apart, under rules, and say what stands between them."""
    people = draw(wish.seekers, wish.peers, wish.seed, needs=needs)
    seekers = [one.profile for one in people.seekers]
    peers = [one.profile for one in people.peers]
    parts = explain(Scorer.of(seekers, peers, needs=needs, rules=rules), wish.seeker, wish.peer)
    seeker, peer = seekers[wish.seeker], peers[wish.peer]
    between = barriers(Pair(seeker=seeker, peer=peer, needs=needs, musts=rules.musts))
    kind = room_kind(seeker.format, peer.format)
    may_meet = not between and parts.share >= rules.floor
    card = peers_card = None
    if may_meet and kind is not None:
        card = draw_card(seeker, peer, kind=kind, needs=needs, best_first=parts.best_first)
        is_common = _company(people, needs, rules).of(people.peers[wish.peer].handle, peer)
        peers_card = common_part(card, needs, is_common)
    return Told(
        wish=wish,
        parts=parts,
        barriers=between,
        floor=rules.floor,
        card=card,
        peers_card=peers_card,
    )


def _company(people: Population, needs: Needs, rules: Rules) -> Company:
    """Let everybody who was drawn wait, as in a round."""
    crowd = Crowd.of(people, needs)
    shown = shown_of((one.profile for one in people.seekers), crowd.people.ids)
    return Company(crowd, shown, rules.musts)


def as_plain(told: Told) -> dict[str, object]:
    """Give every number; the parts of `score` add up to it."""
    parts = told.parts
    return {
        "seed": told.wish.seed,
        "seeker": told.wish.seeker,
        "peer": told.wish.peer,
        "score": parts.total,
        "parts": {
            "needs": parts.needs,
            "unsaid": parts.unsaid,
            "listening": parts.listening,
            "terms": parts.terms,
        },
        "share": parts.share,
        "floor": told.floor,
        "may_meet": told.card is not None,
        "barriers": {str(one): BETWEEN[one] for one in told.barriers},
        "cards": told.card
        and told.peers_card
        and {"seeker": _plain(told.card), "peer": _plain(told.peers_card)},
    }


def show(told: Told, console: Console) -> None:
    """Print the parts as bars, then whether the two may meet and what each card would show."""
    lines = list(_lines(told.parts))
    longest = max((value for _, value in lines), default=0.0) or 1.0
    title = f"seeker {told.wish.seeker} and peer {told.wish.peer}, seed {told.wish.seed}"
    table = Table(title=title, title_justify="left", show_footer=True, padding=(0, 1, 0, 0))
    table.add_column("part", footer="sum: the score", no_wrap=True)
    table.add_column("adds", footer=f"{told.parts.total:.4f}", justify="right")
    table.add_column("", min_width=BAR)
    for name, value in lines:
        table.add_row(escape(name), f"{value:.4f}", PART * round(BAR * value / longest))
    console.print(table)
    console.print(
        f"of what was asked for, the peer has lived through {told.parts.share:.0%};"
        f" the rules ask for {told.floor:.0%}",
        highlight=False,
    )
    for barrier in told.barriers:
        console.print(f"they may not meet: {BETWEEN[barrier]}")
    if told.card is None or told.peers_card is None:
        console.print(NO_CARD)
        return
    console.print(f"the seeker's card shows: {_card(told.card)}", highlight=False)
    console.print(
        f"the peer's card shows what many of those drawn would: {_card(told.peers_card)}",
        highlight=False,
    )


def _lines(parts: Explanation) -> Iterator[tuple[str, float]]:
    """Name the parts in the order of a score; small ones that add nothing are left out."""
    for need, value in parts.needs.items():
        yield f"said: {need}", value
    yield "left unsaid", parts.unsaid
    small = {"just listening": parts.listening} | {
        f"small term: {name}": value for name, value in parts.terms.items()
    }
    yield from ((name, value) for name, value in small.items() if value)


def _card(card: Card) -> str:
    named = (*card.needs, *(f"something of {group}" for group in card.groups))
    told = [", ".join(named) or "no need", ", ".join(sorted(card.languages)) or "no language"]
    told.append(card.kind or "not how they would talk")
    return escape("; ".join(told))


def _plain(card: Card) -> dict[str, object]:
    return {
        "needs": card.needs,
        "groups": card.groups,
        "languages": sorted(card.languages),
        "kind": card.kind,
    }
