"""The order of a seeker's pages, and what each shows beside its questions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from matcher.settings.model import Settings
from matcher.web.common.drafts import Answers, many
from matcher.web.common.wiring import services
from matcher.web.public import questions
from matcher.web.public.answers.both import is_minor
from matcher.web.public.answers.peer import asked_groups, asked_needs
from matcher.web.public.answers.seeker import chosen_needs
from matcher.web.public.near.directory import few_for
from matcher.web.public.start import forms
from matcher.web.public.start.summary import summary
from matcher.web.public.walk.steps import Page, Walk

SUGGESTED = "suggested"
"""The group of needs that somebody's card is about: open on its page, and stored nowhere."""


def _about_check(form: Any, _answers: Answers, _settings: Settings) -> None:  # noqa: ANN401 - WTForms ships no types
    questions.check_band(form)


def _shows_needs(answers: Answers, settings: Settings) -> Mapping[str, Any]:
    return {
        "suggested": many(answers, SUGGESTED),
        "groups": [(group, asked_needs(group)) for group in asked_groups(settings.needs)],
        "first_help": {
            group.id: few_for(need.id for need in group.needs if need.formal_first)
            for group in settings.needs.groups
        },
    }


def _shows_matters(answers: Answers, settings: Settings) -> Mapping[str, Any]:
    chosen = chosen_needs(answers, settings.needs)
    careful = [need.id for need in chosen if need.formal_first]
    return {
        "chosen": chosen,
        "hidden_always": forms.hidden_always(answers, settings),
        "stages": {need.id: need.stage.value for need in chosen} | {"": "none"},
        "first_help": few_for(careful),
    }


def _shows_wishes(_answers: Answers, _settings: Settings) -> Mapping[str, Any]:
    return {"wish_names": forms.WISH_NAMES}


def _shows_summary(answers: Answers, settings: Settings) -> Mapping[str, Any]:
    mix = [need.id for need in chosen_needs(answers, settings.needs)]
    rare = services().intake.better_left_out(mix)
    return {
        "rows": summary(answers, settings),
        "better_left_out": settings.needs.by_id[rare].label if rare else None,
    }


def _lives(settings: Settings) -> timedelta:
    return settings.lifetimes.place


PAGES = (
    Page(
        name="about",
        number=1,
        fields=questions.who,
        check=_about_check,
        leaves=is_minor,
    ),
    Page(
        name="needs",
        number=2,
        fields=forms.needs,
        check=forms.check_needs,
        shows=_shows_needs,
        leads_on=True,
    ),
    Page(
        name="matters",
        number=2,
        fields=forms.matters,
        shows=_shows_matters,
        is_skipped=forms.just_talks,
    ),
    Page(name="how", number=3, fields=forms.how, check=forms.check_how, shows=_shows_wishes),
    Page(name="check", number=4, fields=forms.check, shows=_shows_summary),
)
WALK = Walk(name="start", endpoint="start.send", folder="start", pages=PAGES, lives=_lives)
CHANGE = Walk(
    name="change-seeker", endpoint="change.send", folder="start", pages=PAGES, is_signed_in=True
)
