"""A seeker's answers as a profile, and back."""

from matcher.domain.needs import JUST_TALK, CardShows, Need, NeedId, Needs, StageKind
from matcher.domain.profile import (
    Consent,
    Identity,
    Manner,
    Nearness,
    SeekerProfile,
    Stage,
    Wishes,
)
from matcher.web.common.drafts import Answers, many, one
from matcher.web.common.forms import YES
from matcher.web.public.answers.both import in_order, read_common, write_common

ONLY, BETTER = "only", "better"
STAGE_FIELDS = {StageKind.PATH: "stage_path", StageKind.TIME: "stage_time"}


def wish_field(identity: Identity) -> str:
    """Name the question for one wished identity."""
    return f"wish-{identity.value}"


def chosen_needs(answers: Answers, needs: Needs) -> tuple[Need, ...]:
    """List the needs that are ticked, in the order of their file."""
    if one(answers, "just") == YES:
        return (needs.by_id[JUST_TALK],)
    ticked = set(many(answers, "needs"))
    return tuple(need for need in needs.all if need.id in ticked)


def main_need(answers: Answers, needs: Needs) -> Need | None:
    """Find the need that matters most: the one that was named, or the only one."""
    chosen = chosen_needs(answers, needs)
    named = chosen[0].id if len(chosen) == 1 else one(answers, "main")
    return next((need for need in chosen if need.id == named != JUST_TALK), None)


def read_seeker(answers: Answers, needs: Needs) -> SeekerProfile:
    """Read a seeker's profile from answers that the forms have checked."""
    chosen = tuple(need.id for need in chosen_needs(answers, needs))
    main = main_need(answers, needs)
    return SeekerProfile(
        **read_common(answers),
        needs=chosen,
        shown=frozenset(chosen) - {NeedId(need) for need in many(answers, "hide")},
        main=main.id if main else None,
        stage=_read_stage(answers, main),
        wishes=_read_wishes(answers),
        consent=Consent(
            matching=one(answers, "matching") == YES,
            unsaid=one(answers, "unsaid") == YES,
            statistics=one(answers, "statistics") == YES,
        ),
    )


def write_seeker(profile: SeekerProfile, needs: Needs) -> Answers:
    """Write a seeker's profile as answers, to be changed by them."""
    written = write_common(profile)
    if profile.just_talks:
        written["just"] = (YES,)
    else:
        written["needs"] = profile.needs
    written["hide"] = tuple(need for need in profile.needs if _is_hidden(need, profile, needs))
    if profile.main:
        written["main"] = (profile.main,)
        written |= _written_stage(profile.stage, needs.by_id[profile.main])
    return written | _written_wishes(profile.wishes) | _written_consent(profile.consent)


def _is_hidden(need: NeedId, profile: SeekerProfile, needs: Needs) -> bool:
    """Tell what somebody chose to hide from what no card ever shows, which nobody is asked."""
    return need not in profile.shown and needs.by_id[need].card is not CardShows.NOTHING


def _read_stage(answers: Answers, main: Need | None) -> Stage | None:
    field = STAGE_FIELDS.get(main.stage) if main else None
    said = one(answers, field) if field else ""
    return Stage(said) if said else None


def _written_stage(stage: Stage | None, main: Need) -> dict[str, tuple[str, ...]]:
    field = STAGE_FIELDS.get(main.stage)
    return {field: (stage.value,)} if field and stage else {}


def _read_wishes(answers: Answers) -> Wishes:
    strength = {identity: one(answers, wish_field(identity)) for identity in Identity}
    return Wishes(
        identity_only=frozenset(i for i in Identity if strength[i] == ONLY),
        identity_better=frozenset(i for i in Identity if strength[i] == BETTER),
        gender_not=frozenset(Identity(i) for i in many(answers, "gender_not")),
        manner_not=frozenset(Manner(m) for m in many(answers, "manner_not")),
        nearness=Nearness(one(answers, "nearness") or Nearness.ANY),
        same_age_only=one(answers, "same_age") == YES,
    )


def _written_wishes(wishes: Wishes) -> dict[str, tuple[str, ...]]:
    only = {wish_field(identity): (ONLY,) for identity in wishes.identity_only}
    better = {wish_field(identity): (BETTER,) for identity in wishes.identity_better}
    rest = {
        "gender_not": in_order(wishes.gender_not),
        "manner_not": in_order(wishes.manner_not),
        "nearness": (wishes.nearness.value,),
        "same_age": (YES,) if wishes.same_age_only else (),
    }
    return only | better | rest


def _written_consent(consent: Consent) -> dict[str, tuple[str, ...]]:
    given = {
        "matching": consent.matching,
        "unsaid": consent.unsaid,
        "statistics": consent.statistics,
    }
    return {name: (YES,) for name, is_given in given.items() if is_given}
