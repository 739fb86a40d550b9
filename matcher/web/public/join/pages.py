"""The order of a peer's pages, and what each shows beside its questions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from matcher.settings.model import Settings
from matcher.web.common.drafts import Answers
from matcher.web.public.answers.both import is_minor
from matcher.web.public.answers.peer import asked_groups, asked_needs
from matcher.web.public.join import forms
from matcher.web.public.join.summary import summary
from matcher.web.public.walk.steps import Page, Walk
from matcher.web.public.words import GROUND_RULES


def _shows_rules(_answers: Answers, _settings: Settings) -> Mapping[str, Any]:
    return {"ground_rules": GROUND_RULES}


def _shows_groups(_answers: Answers, settings: Settings) -> Mapping[str, Any]:
    asked = asked_groups(settings.needs)
    return {"groups": [(group, asked_needs(group)) for group in asked]}


def _shows_summary(answers: Answers, settings: Settings) -> Mapping[str, Any]:
    return {"rows": summary(answers, settings)}


def _shows_edit(answers: Answers, settings: Settings) -> Mapping[str, Any]:
    return {**_shows_summary(answers, settings), "counts_after": settings.lifetimes.edits}


def _lives(settings: Settings) -> timedelta:
    return settings.lifetimes.peer


_ABOUT_YOU = (
    Page(
        name="about",
        number=2,
        fields=forms.about,
        check=forms.check_about,
        leaves=is_minor,
    ),
    Page(name="lived", number=3, fields=forms.lived, shows=_shows_groups),
    Page(
        name="limits",
        number=4,
        fields=forms.limits,
        check=forms.check_limits,
        shows=_shows_groups,
    ),
    Page(name="how", number=5, fields=forms.how, check=forms.check_how),
)
WALK = Walk(
    name="join",
    endpoint="join.send",
    folder="join",
    pages=(
        Page(name="rules", number=1, fields=forms.rules, shows=_shows_rules),
        *_ABOUT_YOU,
        Page(name="check", number=6, fields=forms.check, shows=_shows_summary),
    ),
    lives=_lives,
    follows_rules=True,
)
CHANGE = Walk(
    name="change-peer",
    endpoint="change.send",
    folder="join",
    pages=(
        *_ABOUT_YOU,
        Page(name="check", number=6, fields=forms.check, shows=_shows_edit),
    ),
    is_signed_in=True,
    follows_rules=True,
)
