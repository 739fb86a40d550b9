"""Runs a demo: people come, wait, answer, talk, and erase everything."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from matcher.domain.barriers import Pair, allows
from matcher.domain.invitation import Scope
from matcher.engine.explain import explain
from matcher.engine.population import draw
from matcher.engine.scoring import Scorer
from matcher.local import invite
from matcher.local.demo.browser import Browser
from matcher.local.demo.ground import Ground, until_worker
from matcher.local.demo.people import Peer, Person, Seeker
from matcher.local.demo.report import Findings, average, high, jobs_left, keys_left, middle

P = TypeVar("P", bound=Person)

AT_ONCE = 12
QUIET_S = 8.0
"""With nothing new for so long (several rounds), whoever still waits has nobody to wait for."""

PEER_YES, SEEKER_YES = 0.85, 0.95
REPLIES_DRAWN = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody in the demo."""

    seekers: tuple[Seeker, ...]
    peers: tuple[Peer, ...]

    @property
    def everybody(self) -> tuple[Person, ...]:
        """Seekers and peers."""
        return (*self.seekers, *self.peers)


def play(ground: Ground, *, seekers: int, peers: int, seed: int, console: Console) -> Findings:
    """Let drawn people go the whole way through the real pages, and count what happened."""
    until_worker(ground.queue, console)
    cast = _cast(ground, seekers=seekers, peers=peers, seed=seed)
    columns = (TextColumn("{task.description:28}"), BarColumn(), MofNCompleteColumn())
    with (
        Progress(*columns, TimeElapsedColumn(), console=console) as bars,
        ThreadPoolExecutor(AT_ONCE) as threads,
    ):
        play = _Play(threads, bars)
        play.each(cast.peers, Peer.join, "Peers fill in their pages")
        play.each(cast.seekers, Seeker.join, "Seekers fill in theirs")
        play.until_quiet(cast)
        findings = _findings(cast, ground)
        play.each(cast.everybody, Person.erase, "Everybody erases everything")
    for person in cast.everybody:
        person.browser.close()
    return findings(keys_left(ground.store, ground.settings), jobs_left(ground.queue))


class _Play:
    def __init__(self, threads: ThreadPoolExecutor, bars: Progress) -> None:
        self._threads = threads
        self._bars = bars

    def each(self, people: Sequence[P], act: Callable[[P], None], what: str) -> None:
        bar = self._bars.add_task(what, total=len(people))
        for _ in self._threads.map(act, people):
            self._bars.advance(bar)

    def until_quiet(self, cast: Cast) -> None:
        """Let everybody look in again and again, until nothing new happens."""
        bar = self._bars.add_task("In conversation", total=len(cast.seekers))
        last, changed = -1, monotonic()
        while monotonic() - changed < QUIET_S:
            for _ in self._threads.map(_look, cast.everybody):
                pass
            self._bars.update(bar, completed=sum(s.peer is not None for s in cast.seekers))
            news = sum(person.asked for person in cast.everybody)
            news += sum(len(peer.met) for peer in cast.peers)
            news += sum(seeker.peer is not None for seeker in cast.seekers)
            if all(seeker.peer is not None for seeker in cast.seekers):
                return
            if news != last:
                last, changed = news, monotonic()


def _look(person: Seeker | Peer) -> None:
    person.look()


def _cast(ground: Ground, *, seekers: int, peers: int, seed: int) -> Cast:
    drawn = draw(seekers, peers, seed, needs=ground.settings.needs)
    chance = np.random.default_rng(seed)

    def replies(yes: float) -> tuple[bool, ...]:
        return tuple(bool(one) for one in chance.random(REPLIES_DRAWN) < yes)

    return Cast(
        seekers=tuple(
            Seeker(
                number=number,
                browser=Browser(ground.url),
                settings=ground.settings,
                says_yes=replies(SEEKER_YES),
                profile=one.profile,
            )
            for number, one in enumerate(drawn.seekers)
        ),
        peers=tuple(
            Peer(
                number=number,
                browser=Browser(ground.url),
                settings=ground.settings,
                says_yes=replies(PEER_YES),
                profile=one.profile,
                invitation=_invitation(ground, one.profile.trained),
            )
            for number, one in enumerate(drawn.peers)
        ),
    )


def _invitation(ground: Ground, trained: Iterable[str]) -> str:
    scope = frozenset({Scope.ADULTS})
    made = invite.make(ground.settings, count=1, scope=scope, trained_for=frozenset(trained))
    return made[0]


def _findings(cast: Cast, ground: Ground) -> Callable[[int, int], Findings]:
    """Count everything now, before it is erased; what is left is counted afterwards."""
    met = [
        (seeker, cast.peers[seeker.peer]) for seeker in cast.seekers if seeker.peer is not None
    ]
    scorer = _scorer(cast, ground)
    scores = [explain(scorer, seeker.number, peer.number).total for seeker, peer in met]
    talking = [seeker for seeker in cast.seekers if seeker.waits_s is not None]
    pairs = [_pair(seeker, peer, ground) for seeker, peer in met]
    times = Counter(number for peer in cast.peers for number in peer.met)

    def after(store_keys: int, queue_keys: int) -> Findings:
        return Findings(
            seekers=len(cast.seekers),
            peers=len(cast.peers),
            suggestions=sum(peer.asked for peer in cast.peers),
            conversations=len(talking),
            greeted_both_ways=len(met),
            unmatched=len(cast.seekers) - len(talking),
            first_suggestion_median_s=middle(
                [s.offered_s for s in cast.seekers if s.offered_s is not None]
            ),
            wait_median_s=middle([s.waits_s for s in talking if s.waits_s is not None]),
            wait_p95_s=high([s.waits_s for s in talking if s.waits_s is not None]),
            mean_score=average(scores),
            pairs_breaking_a_rule=sum(not allows(pair) for pair in pairs),
            double_booked=sum(count > 1 for count in times.values())
            + sum(len(peer.met) > peer.profile.capacity for peer in cast.peers),
            store_keys_left=store_keys,
            queue_keys_left=queue_keys,
        )

    return after


def _scorer(cast: Cast, ground: Ground) -> Scorer:
    return Scorer.of(
        [seeker.profile for seeker in cast.seekers],
        [peer.profile for peer in cast.peers],
        needs=ground.settings.needs,
        rules=ground.settings.rules,
    )


def _pair(seeker: Seeker, peer: Peer, ground: Ground) -> Pair:
    settings = ground.settings
    return Pair(
        seeker=seeker.profile,
        peer=peer.profile,
        needs=settings.needs,
        musts=settings.rules.musts,
    )
