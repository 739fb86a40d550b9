"""Times, shares, age bands and barriers in words."""

from collections.abc import Mapping
from datetime import timedelta

from matcher.domain.barriers import Barrier
from matcher.domain.profile import AgeBand
from matcher.domain.rules import Term
from matcher.domain.sentences import Sentence, counted, said

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

BANDS: Mapping[AgeBand, Sentence] = {
    AgeBand.UNDER_13: said("under 13"),
    AgeBand.YOUTH: said("13 to 17"),
    AgeBand.ADULT: said("18 or older (no more said)"),
    AgeBand.FROM_18: said("18 to 25"),
    AgeBand.FROM_26: said("26 to 39"),
    AgeBand.FROM_40: said("40 to 59"),
    AgeBand.FROM_60: said("60 or older"),
}

TERMS: Mapping[Term, Sentence] = {
    Term.STAGE: said("how far along the peer is"),
    Term.HELP: said("the kind of help that is asked for"),
    Term.IDENTITY: said("an identity the seeker would like"),
    Term.NEARNESS: said("near or far, as the seeker would like"),
}

BARRIERS: Mapping[Barrier, Sentence] = {
    Barrier.LANGUAGE: said("The two have no language in common."),
    Barrier.AGE: said("The rules do not bring their age bands together."),
    Barrier.SAME_AGE: said("The seeker asked for somebody of the same age band."),
    Barrier.TIME: said("They can neither write now and then nor be there at the same hours."),
    Barrier.RELAY: said(
        "One of them does not want a conversation without end-to-end encryption."
    ),
    Barrier.NEVER_TOPIC: said("The seeker named something that the peer never talks about."),
    Barrier.TRAINING: said(
        "Formal help comes first for something the seeker named, and the peer is not trained "
        "for it or has not opted in to it."
    ),
    Barrier.ACUTE: said(
        "The peer is in the middle of the same thing now, and the rules guard against that."
    ),
    Barrier.LISTENING: said("The seeker just wants to talk, and the peer does not offer that."),
    Barrier.IDENTITY: said("The seeker asked only for an identity that the peer has not told."),
    Barrier.GENDER: said(
        "The seeker asked for nobody of a gender that the peer has told, or the peer told none."
    ),
    Barrier.MANNER: said(
        "The seeker asked to be spared a manner that the peer has, or the peer told none."
    ),
    Barrier.NEARNESS: said(
        "The seeker asked only for somebody near, or only for somebody far, and the peer is "
        "not or has not told."
    ),
}


def length(time: timedelta) -> Sentence:
    """Tell a length of time in its largest whole unit, a day at the most."""
    if time % DAY == timedelta(0):
        return counted("%(count)s day", "%(count)s days", time // DAY)
    if time % HOUR == timedelta(0):
        return counted("%(count)s hour", "%(count)s hours", time // HOUR)
    minutes = round(time / timedelta(minutes=1))
    return counted("%(count)s minute", "%(count)s minutes", minutes)


def percent(share: float) -> str:
    """Tell a share of one."""
    return f"{100 * share:.4g} %"


def number(value: float) -> str:
    """Tell a number without digits that say nothing."""
    return f"{value:.4g}"
