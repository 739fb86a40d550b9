"""The steps of a walk: which page comes after which, and what is kept on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from werkzeug.datastructures import MultiDict

from matcher.domain.errors import DraftGoneError
from matcher.settings.model import Settings
from matcher.web.common.drafts import Answers, Draft
from matcher.web.common.forms import Field, Form, filled, is_wrong
from matcher.web.common.switch import GO, STAY
from matcher.web.public.answers.both import note_clock

NEXT, BACK, TO = "next", "back", "to-"

_MOST_VALUES = 200
_MOST_CHARACTERS = 200


def _is_fine(_form: Form, _answers: Answers, _settings: Settings) -> None:
    """Find nothing wrong between the questions of a page."""


def _no(_answers: Answers) -> bool:
    return False


def _nothing_more(_answers: Answers, _settings: Settings) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a walk.

    `check` adds errors that concern several questions; `shows` gives the template what it
    needs beyond them. With `leads_on` a correction leads to the page after this one.
    `leaves` tells whether the answers lead out of the walk.
    """

    name: str
    number: int
    fields: Callable[[Answers, Settings], Mapping[str, Field]]
    check: Callable[[Form, Answers, Settings], None] = _is_fine
    shows: Callable[[Answers, Settings], Mapping[str, Any]] = _nothing_more
    is_skipped: Callable[[Answers], bool] = _no
    leaves: Callable[[Answers], bool] = _no
    leads_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Pages in their order; the last one shows all answers and sends them.

    `lives` says how long what is sent there is kept, where it is new. What is asked in a walk
    that `follows_rules` depends on the rules that are in force when it is asked.
    """

    name: str
    endpoint: str
    folder: str
    pages: tuple[Page, ...]
    lives: Callable[[Settings], timedelta] | None = None
    is_signed_in: bool = False
    follows_rules: bool = False

    @property
    def steps(self) -> int:
        """How many steps people are told there are."""
        return self.pages[-1].number

    def page(self, name: str) -> Page:
        """Find a page by its name."""
        found = next((page for page in self.pages if page.name == name), None)
        if found is None:
            raise DraftGoneError
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a sent page leads to: a page to show, the way out, or the end of the walk."""

    draft: Draft
    page: Page
    form: Form
    has_left: bool = False
    is_done: bool = False


def show(walk: Walk, draft: Draft, name: str, settings: Settings) -> Turn:
    """Show a page with what was answered on it so far."""
    page = walk.page(name)
    is_near_end = draft.is_near_end or page is walk.pages[-1]
    draft = replace(draft, page=name, is_near_end=is_near_end)
    return Turn(draft=draft, page=page, form=_form(page, draft, settings))


def turn(
    walk: Walk, draft: Draft, posted: MultiDict[str, str], *, now: datetime, settings: Settings
) -> Turn:
    """Take in a sent page and find out what comes next."""
    page = walk.page(draft.page)
    draft = replace(draft, answers=_with_posted(page, draft, posted, now, settings))
    wanted = posted.get(GO, NEXT)
    if wanted == STAY:
        return show(walk, draft, page.name, settings)
    if wanted == BACK:
        return show(walk, draft, _before(walk, page, draft).name, settings)
    earlier = {f"{TO}{other.name}" for other in walk.pages[:-1]}
    if wanted in earlier:
        return show(walk, draft, wanted.removeprefix(TO), settings)
    return _forward(walk, page, draft, settings)


def _forward(walk: Walk, page: Page, draft: Draft, settings: Settings) -> Turn:
    """Go on from a page that is right; nobody sees the last page while another is wrong."""
    last = walk.pages[-1]
    here = _judged(page, draft, settings)
    if here.has_left or is_wrong(here.form):
        return here
    following = last if page is last else _after(walk, page, draft)
    if following is not last:
        return show(walk, draft, following.name, settings)
    for other in walk.pages[:-1]:
        found = _judged(other, draft, settings)
        if not other.is_skipped(draft.answers) and (found.has_left or is_wrong(found.form)):
            return found
    return (
        replace(here, is_done=True) if page is last else show(walk, draft, last.name, settings)
    )


def _judged(page: Page, draft: Draft, settings: Settings) -> Turn:
    form = _form(page, draft, settings)
    form.validate()
    page.check(form, draft.answers, settings)
    has_left = not is_wrong(form) and page.leaves(draft.answers)
    return Turn(draft=replace(draft, page=page.name), page=page, form=form, has_left=has_left)


def _form(page: Page, draft: Draft, settings: Settings) -> Form:
    return filled(page.fields(draft.answers, settings), draft.answers)


def _with_posted(
    page: Page,
    draft: Draft,
    posted: MultiDict[str, str],
    now: datetime,
    settings: Settings,
) -> Answers:
    said = {
        name: tuple(v[:_MOST_CHARACTERS] for v in posted.getlist(name)[:_MOST_VALUES] if v)
        for name in page.fields(draft.answers, settings)
    }
    return note_clock(draft.answers, {**draft.answers, **said}, now)


def _before(walk: Walk, page: Page, draft: Draft) -> Page:
    earlier = walk.pages[: walk.pages.index(page)]
    asked = [other for other in earlier if not other.is_skipped(draft.answers)]
    return asked[-1] if asked else page


def _after(walk: Walk, page: Page, draft: Draft) -> Page:
    later = walk.pages[walk.pages.index(page) + 1 :]
    if draft.is_near_end and not page.leads_on:
        return walk.pages[-1]
    return next(other for other in later if not other.is_skipped(draft.answers))
