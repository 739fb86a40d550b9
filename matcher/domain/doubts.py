"""Rules that are allowed, and probably not meant: each doubt as one plain sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from matcher.domain.amounts import BANDS, HOUR, TERMS, length, number, percent
from matcher.domain.place import CheckIn
from matcher.domain.profile import ADULTS, MINORS, AgeBand, LookIn
from matcher.domain.rules import AcuteGuard, Rules, Term
from matcher.domain.sentences import Sentence, counted, said

MOST_OF_GUESSES = 0.8
MOST_OF_TERMS = 0.3
HIGH_FLOOR = 0.5
FEW_PEERS = 15
MANY_AT_ONCE = 10
MANY_MISSED = 5
LONGEST_STAY = timedelta(days=56)
"""What `place_most` of default.toml is: no seeker waits for longer."""
LONGEST_LIVE = max(how.lasts for how in CheckIn if how.is_live)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What may not be meant, and where it stands in the file (a number: which `[[step]]`)."""

    path: tuple[str | int, ...]
    says: Sentence


def doubts(rules: Rules) -> tuple[Doubt, ...]:
    """Find every odd value and combination, in the order of the file."""
    checks = (_musts, _weights, _similarity, _floor, _relax, _priority, _offers, _peers)
    return tuple(Doubt(path=path, says=says) for check in checks for path, says in check(rules))


def _musts(rules: Rules) -> Iterator[tuple[tuple[str, ...], Sentence]]:
    ages = rules.musts.ages
    if rules.musts.acute_guard is AcuteGuard.OFF:
        yield (
            ("musts", "acute_guard"),
            said("Two people in the middle of the same crisis may be brought together."),
        )
    met = frozenset(band for peers in ages.values() for band in peers)
    for band in AgeBand:
        if band in ADULTS and not ages.get(band):
            yield (
                ("musts", "ages", band) if band in ages else ("musts", "ages"),
                said("Seekers of %(band)s will never find anybody.", band=BANDS[band]),
            )
        if band in ADULTS and band not in met:
            yield (
                ("musts", "ages"),
                said("Peers of %(band)s will never be asked.", band=BANDS[band]),
            )
        if band in MINORS and ages.get(band):
            yield (
                ("musts", "ages", band),
                said("Nobody under 18 can come in here, so this line has no effect."),
            )


def _weights(rules: Rules) -> Iterator[tuple[tuple[str, ...], Sentence]]:
    total = sum(rules.weights.of(term) for term in Term)
    if total > MOST_OF_TERMS:
        yield (
            ("weights",),
            said(
                "The small terms add up to %(points)s: they often outweigh what people have "
                "lived through.",
                points=number(total),
            ),
        )
    for need, weight in rules.weights.needs.items():
        if not weight:
            yield (
                ("weights", "needs", need),
                said(
                    "Who names only %(need)s will hardly ever find anybody, as it counts for "
                    "nothing.",
                    need=need,
                ),
            )


def _similarity(rules: Rules) -> Iterator[tuple[tuple[str, ...], Sentence]]:
    weight, peers = rules.similarity.unsaid_weight, rules.similarity.full_from_peers
    path = ("similarity", "unsaid_weight")
    if not weight:
        yield path, said("Seekers are asked whether guesses may count, but they never will.")
    if weight > MOST_OF_GUESSES:
        yield path, said("Guesses count more than what people said themselves.")
    if weight and peers < FEW_PEERS:
        yield (
            ("similarity", "full_from_peers"),
            counted(
                "Guesses count in full from %(count)s peer on: too few to learn from.",
                "Guesses count in full from %(count)s peers on: too few to learn from.",
                peers,
            ),
        )


def _floor(rules: Rules) -> Iterator[tuple[tuple[str, ...], Sentence]]:
    last = min([rules.floor, *(step.floor for step in rules.relax if step.floor is not None)])
    if not rules.floor:
        yield (
            ("floor", "said"),
            said(
                "From the start somebody may be suggested who shares nothing of what was said."
            ),
        )
    if last > HIGH_FLOOR:
        yield (
            ("floor", "said"),
            said(
                "However long somebody waits, %(percent)s of what was said has to be shared: "
                "many will never find anybody. No step of [[relax]] goes lower.",
                percent=percent(last),
            ),
        )


def _relax(rules: Rules) -> Iterator[tuple[tuple[str | int, ...], Sentence]]:
    dropped: frozenset[Term] = frozenset()
    for nth, step in enumerate(rules.relax):
        for term in Term:
            is_nothing = not rules.weights.of(term) or term in dropped
            if term in step.drops and is_nothing:
                yield (
                    ("relax", nth, "drops"),
                    said("This counts for nothing already: %(term)s.", term=TERMS[term]),
                )
        dropped |= step.drops
        if step.after >= LONGEST_STAY:
            yield (
                ("relax", nth, "after"),
                said(
                    "This step never takes effect: nobody waits longer than %(time)s here, as "
                    "answers are deleted then.",
                    time=length(LONGEST_STAY),
                ),
            )


def _priority(rules: Rules) -> Iterator[tuple[tuple[str, ...], Sentence]]:
    if not rules.priority.waiting_bonus and not rules.relax:
        yield (
            ("priority", "waiting_bonus"),
            said("Waiting changes nothing: who is hard to match may wait in vain."),
        )


def _offers(rules: Rules) -> Iterator[tuple[tuple[str, ...], Sentence]]:
    offers = rules.offers
    if not offers.a_day:
        yield ("offers", "a_day"), said("Nobody will get a suggestion.")
    if offers.a_day > MANY_AT_ONCE:
        yield (
            ("offers", "a_day"),
            counted(
                "%(count)s suggestion a day is a lot for one peer.",
                "%(count)s suggestions a day are a lot for one peer.",
                offers.a_day,
            ),
        )
    if offers.draw_among == 1:
        yield (
            ("offers", "draw_among"),
            said("Somebody with invented answers can aim at one person."),
        )
    look_in = _too_seldom(offers.answer_within)
    if look_in is not None:
        yield (
            ("offers", "answer_within"),
            said(
                "Who looks in every %(time)s will miss suggestions, as answers are not waited "
                "for so long.",
                time=length(look_in),
            ),
        )


def _too_seldom(within: timedelta) -> timedelta | None:
    return min((one.every for one in LookIn if one.every > within), default=None)


def _peers(rules: Rules) -> Iterator[tuple[tuple[str, ...], Sentence]]:
    peers = rules.peers
    if peers.capacity_ceiling > MANY_AT_ONCE:
        yield (
            ("peers", "capacity_ceiling"),
            counted(
                "%(count)s conversation at once is a lot for one peer.",
                "%(count)s conversations at once are a lot for one peer.",
                peers.capacity_ceiling,
            ),
        )
    if peers.hours_a_week < LONGEST_LIVE / HOUR:
        yield (
            ("peers", "hours_a_week"),
            said("A check-in of %(time)s never fits into the week.", time=length(LONGEST_LIVE)),
        )
    if peers.missed_before_pause > MANY_MISSED:
        yield (
            ("peers", "missed_before_pause"),
            said(
                "Suggestions go on for long to peers who are not there; seekers wait for them."
            ),
        )
