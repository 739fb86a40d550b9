"""Shows the pages of a walk and takes them in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from http.client import OK, UNPROCESSABLE_ENTITY

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.errors import DraftGoneError
from matcher.settings.model import Settings
from matcher.store.clock import rounded_up
from matcher.web.common.drafts import FIELD, Answers, Draft, open_draft
from matcher.web.common.forms import is_wrong
from matcher.web.common.switch import Keeps
from matcher.web.common.wiring import services, settings
from matcher.web.public.near.directory import for_young
from matcher.web.public.walk.steps import Turn, Walk, show, turn

Finish = Callable[[Draft], ResponseReturnValue]
Leave = Callable[[], ResponseReturnValue]


def begin(walk: Walk, answers: Answers | None = None, *, at: str = "") -> ResponseReturnValue:
    """Show the first page of a walk, or the page `at`, with answers that are known already."""
    if not walk.is_signed_in:
        services().intake.refuse_when_closed()
    name = at or walk.pages[0].name
    return rendered(walk, show(walk, Draft.begin(walk.name, name, answers), name, _known(walk)))


def young() -> str:
    """Show those who are under 18 who is there for them."""
    return render_template("near/young.html", services=for_young())


def take(walk: Walk, finish: Finish, leave: Leave = young) -> ResponseReturnValue:
    """Take in a sent page; the last one calls `finish`, the way out calls `leave`.

    Raises
    ------
    DraftGoneError
        If newcomers sent all their pages already and are through: no answer is shown again.
    """
    draft = open_draft(request.form.get(FIELD, ""), walk=walk.name)
    now = services().clock.now()
    taken = turn(walk, draft, request.form, now=now, settings=_known(walk))
    if taken.is_done:
        return finish(taken.draft)  # which itself knows a draft that was sent before
    if not walk.is_signed_in and services().intake.is_settled(draft.seed):
        raise DraftGoneError
    if taken.has_left:
        return leave()
    return rendered(walk, taken), UNPROCESSABLE_ENTITY if is_wrong(taken.form) else OK


def rendered(walk: Walk, shown: Turn) -> str:
    """Render one page of a walk."""
    return render_template(
        f"{walk.folder}/{shown.page.name}.html",
        walk=walk,
        page=shown.page,
        form=shown.form,
        draft=shown.draft.sealed(),
        ends=_end(walk, shown),
        keeps=Keeps(path=url_for(walk.endpoint)),
        **shown.page.shows(shown.draft.answers, settings()),
    )


def _known(walk: Walk) -> Settings:
    """Return the settings, where it matters with the rules that are in force by now."""
    found = settings()
    return replace(found, rules=services().places.rules()) if walk.follows_rules else found


def _end(walk: Walk, shown: Turn) -> datetime | None:
    """Say when what is about to be sent would go; pages before the last need no clock."""
    if walk.lives is None or shown.page is not walk.pages[-1]:
        return None
    lifetimes = settings().lifetimes
    return rounded_up(services().clock.now() + walk.lives(settings()), lifetimes.grain)
