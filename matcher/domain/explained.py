"""Every rule as one plain sentence with its value."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from matcher.domain.amounts import BANDS, TERMS, length, number, percent
from matcher.domain.profile import MINORS, AgeBand
from matcher.domain.rules import (
    HOURS_OF_A_WEEK,
    AcuteGuard,
    Objective,
    Relaxation,
    Rules,
    Term,
)
from matcher.domain.sentences import Sentence, counted, said


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One rule: its key as in the file, and what it says."""

    key: str
    says: Sentence


def explained(rules: Rules) -> tuple[Explained, ...]:
    """Say every rule, in the order of the file."""
    return tuple(Explained(key=key, says=says) for key, says in _all(rules))


def _all(rules: Rules) -> Iterator[tuple[str, Sentence]]:
    yield "musts.acute_guard", ACUTE[rules.musts.acute_guard]
    for band in AgeBand:
        if band not in MINORS or rules.musts.ages.get(band):
            yield f"musts.ages.{band}", _ages(rules, band)
    yield "weights.main", _main(rules)
    for term in Term:
        yield f"weights.{term}", _term(rules, term)
    yield from _needs(rules)
    for key, say in _REST.items():
        yield key, say(rules)
        if key == "floor.said":
            for nth, step in enumerate(rules.relax):
                yield f"relax.{nth + 1}", _relaxation(step)


ACUTE: Mapping[AcuteGuard, Sentence] = {
    AcuteGuard.OFF: said(
        "A peer who is in the middle of something may be asked to talk about the same thing."
    ),
    AcuteGuard.FORMAL_FIRST: said(
        "A peer who is in the middle of something is not asked to talk about the same thing, "
        "where formal help comes first."
    ),
    AcuteGuard.EVERY: said(
        "A peer who is in the middle of something is not asked to talk about the same thing, "
        "whatever it is."
    ),
}

AIMS: Mapping[Objective, Sentence] = {
    Objective.BEST: said("A round makes the fit of all pairs together as good as it can be."),
    Objective.MOST: said(
        "A round pairs as many people as it can, and among such rounds takes the best fit."
    ),
    Objective.FAIR: said(
        "A round first raises the need whose people find somebody least often, then takes the "
        "best fit."
    ),
}


def _ages(rules: Rules, band: AgeBand) -> Sentence:
    peers = rules.musts.ages.get(band, frozenset())
    if not peers:
        return said("Seekers of %(band)s are brought together with nobody.", band=BANDS[band])
    return said(
        "Seekers of %(band)s may meet peers of: %(bands)s.",
        band=BANDS[band],
        bands=tuple(BANDS[peer] for peer in AgeBand if peer in peers),
    )


def _main(rules: Rules) -> Sentence:
    if rules.weights.main == 1:
        return said("What matters most to a seeker counts no more than the rest.")
    return said(
        "What matters most to a seeker counts %(times)s times as much as each other thing.",
        times=number(rules.weights.main),
    )


def _term(rules: Rules, term: Term) -> Sentence:
    weight = rules.weights.of(term)
    if not weight:
        return said("This adds nothing to a score: %(term)s.", term=TERMS[term])
    return said(
        "This adds up to %(points)s to a score, to which what was said adds 0.5 at most: "
        "%(term)s.",
        points=number(weight),
        term=TERMS[term],
    )


def _needs(rules: Rules) -> Iterator[tuple[str, Sentence]]:
    if not rules.weights.needs:
        yield "weights.needs", said("All needs count the same.")
    for need, weight in rules.weights.needs.items():
        yield (
            f"weights.needs.{need}",
            said(
                "The need %(need)s counts %(times)s times as much as an ordinary one.",
                need=need,
                times=number(weight),
            ),
        )


def _unsaid(rules: Rules) -> Sentence:
    if not rules.similarity.unsaid_weight:
        return said("Guesses never count.")
    return said(
        "For seekers who agreed to it, guesses count %(percent)s: what often goes together "
        "with what they said.",
        percent=percent(rules.similarity.unsaid_weight),
    )


def _never_infer(rules: Rules) -> Sentence:
    if not rules.similarity.never_infer:
        return said(
            "No need is kept from guesses besides those that are always kept from them."
        )
    return said(
        "Besides those that are always kept from guesses, these are too: %(needs)s.",
        needs=tuple(said(need) for need in sorted(rules.similarity.never_infer)),
    )


def _relaxation(step: Relaxation) -> Sentence:
    after = length(step.after)
    dropped = tuple(TERMS[term] for term in Term if term in step.drops)
    if step.floor is None:
        return said(
            "After %(after)s of waiting, this no longer counts: %(dropped)s.",
            after=after,
            dropped=dropped,
        )
    share = percent(step.floor)
    if not dropped:
        return said(
            "After %(after)s of waiting, %(percent)s of what was said is enough.",
            after=after,
            percent=share,
        )
    return said(
        "After %(after)s of waiting, %(percent)s of what was said is enough, and this no "
        "longer counts: %(dropped)s.",
        after=after,
        percent=share,
        dropped=dropped,
    )


def _rare_needs(rules: Rules) -> Sentence:
    if not rules.priority.rare_needs:
        return said("A rare need adds nothing to anybody's priority.")
    return said(
        "A rare need adds up to %(percent)s to the priority of those who have it: the fewer "
        "peers know it, the more.",
        percent=percent(rules.priority.rare_needs),
    )


def _a_day(rules: Rules) -> Sentence:
    if not rules.offers.a_day:
        return said("No peer gets any suggestion.")
    return counted(
        "A peer gets at most %(count)s suggestion a day.",
        "A peer gets at most %(count)s suggestions a day.",
        rules.offers.a_day,
    )


def _repeats(rules: Rules) -> Sentence:
    if not rules.offers.repeats:
        return said("A pair that let a suggestion pass is never suggested again.")
    return counted(
        "A pair that let a suggestion pass may be suggested again once.",
        "A pair that let a suggestion pass may be suggested again %(count)s times.",
        rules.offers.repeats,
    )


def _draw(rules: Rules) -> Sentence:
    if rules.offers.draw_among == 1:
        return said("Nothing is drawn: a suggestion goes where the round as a whole fits best.")
    return counted(
        "Each suggestion is drawn among the %(count)s peer who suits a seeker best, after "
        "what others need that peer for.",
        "Each suggestion is drawn among the %(count)s peers who suit a seeker best, after "
        "what others need those peers for.",
        rules.offers.draw_among,
    )


def _hours(rules: Rules) -> Sentence:
    if rules.peers.hours_a_week >= HOURS_OF_A_WEEK:
        return said("A peer may be here live for as long as they like.")
    return counted(
        "Who has been here live for %(count)s hour within seven days rests.",
        "Who has been here live for %(count)s hours within seven days rests.",
        rules.peers.hours_a_week,
    )


def _rest(rules: Rules) -> Sentence:
    if rules.peers.rest_after_room == timedelta(0):
        return said("After a conversation a peer rests only if they chose to.")
    return said(
        "After each conversation a peer rests for %(time)s at least.",
        time=length(rules.peers.rest_after_room),
    )


_REST: Mapping[str, Callable[[Rules], Sentence]] = {
    "similarity.unsaid_weight": _unsaid,
    "similarity.full_from_peers": lambda rules: counted(
        "With fewer than %(count)s peer, guesses fade to nothing.",
        "With fewer than %(count)s peers, guesses fade to nothing.",
        rules.similarity.full_from_peers,
    ),
    "similarity.never_infer": _never_infer,
    "floor.said": lambda rules: said(
        "A peer is suggested only if they have lived through %(percent)s of what was said.",
        percent=percent(rules.floor),
    ),
    "priority.waiting_bonus": lambda rules: said(
        "Each day of waiting adds %(percent)s to somebody's priority.",
        percent=percent(rules.priority.waiting_bonus),
    ),
    "priority.rare_needs": _rare_needs,
    "objective.aim": lambda rules: AIMS[rules.objective],
    "offers.answer_within": lambda rules: said(
        "An answer to a suggestion is waited for at most %(time)s.",
        time=length(rules.offers.answer_within),
    ),
    "offers.a_day": _a_day,
    "offers.repeat_after": lambda rules: said(
        "A pair that let a suggestion pass is not suggested again for %(time)s.",
        time=length(rules.offers.repeat_after),
    ),
    "offers.repeats": _repeats,
    "offers.draw_among": _draw,
    "peers.capacity_ceiling": lambda rules: counted(
        "A peer has at most %(count)s open suggestion or conversation at once.",
        "A peer has at most %(count)s open suggestions and conversations at once.",
        rules.peers.capacity_ceiling,
    ),
    "peers.hours_a_week": _hours,
    "peers.rest_after_room": _rest,
    "peers.missed_before_pause": lambda rules: counted(
        "After %(count)s suggestion without an answer a peer is paused: not asked any more "
        "until they check in again.",
        "After %(count)s suggestions without an answer a peer is paused: not asked any more "
        "until they check in again.",
        rules.peers.missed_before_pause,
    ),
}
