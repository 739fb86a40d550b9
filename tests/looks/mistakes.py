"""Every form of both apps, sent empty, with nonsense, and right but for one answer.

Forms are found on the pages themselves, in every state that is looked at: a new form is covered
by being looked at, and a test asks for each that is not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, template_rendered
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse
from wtforms.form import BaseForm

from matcher.web.console.rules.words import PAGES
from tests.coordinating import Holder
from tests.looks.console.every_state import WAYS as DESK_WAYS
from tests.looks.console.ground import Ground, ground as console_ground
from tests.looks.console.of_staff import door
from tests.looks.every_state import WAYS, ground as public_ground
from tests.looks.questions import (
    Question,
    Sent,
    all_but,
    hidden,
    kept,
    nonsense,
    nothing,
    questions,
)
from tests.looks.tree import Node, tree
from tests.looks.visitor import Visitor
from tests.web.routes import every_route

NO_MISTAKES = {
    "errands.load",  # a menu whose answers are all right
    *("services.check", "staff.invite"),  # a line that may stay empty, a choice with a default
    *("account.remove", "acts.agree"),  # a button each, on pages that are not looked at
}
"""What cannot be answered wrongly by hand."""

NOTHING, NONSENSE = "nothing", "nonsense"
ONCE = {"after.tell"}
"""Where no answer is an answer too, and can be given once: these are not sent empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was said of one question: under its name, and every error."""

    name: str
    label: str
    is_choice: bool
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A form that was sent wrongly, and the page that came back."""

    endpoint: str
    how: str
    language: str
    asked: tuple[str, ...]
    page: Node
    told: tuple[Told, ...]

    def __str__(self) -> str:
        """Name it, as failures do."""
        return f"{self.endpoint} {self.how} {self.language} {self.asked[0]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A form that was right but for one answer: what was sent, and what came back of it."""

    endpoint: str
    broken: Question
    asked: tuple[Question, ...]
    sent: Sent
    back: Sent

    def __str__(self) -> str:
        """Name it, as failures do."""
        return f"{self.endpoint} {self.broken.name}"


@dataclass(kw_only=True)
class Found:
    """All that was told, nonsense that was not, and which forms ask nothing."""

    posts: set[str]
    mistakes: list[Mistake] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    untold: set[tuple[str, int]] = field(default_factory=set)
    unasked: set[str] = field(default_factory=set)


def mistakes_in_public() -> Found:
    """Go every way of the public pages, and send each form wrongly where it is first met."""
    with public_ground() as ground:
        sender = _Sender(ground.app, ground.languages)
        for way in WAYS:
            for _, visitor in way(ground):
                sender.send_all(visitor)
    return sender.found


def mistakes_at_the_desk() -> Found:
    """Go every way of the console likewise."""
    with console_ground() as desk:
        sender = _Sender(desk.app, desk.languages)
        for visitor in _desks(desk):
            sender.send_all(visitor)
    return sender.found


def _desks(desk: Ground) -> Iterator[Visitor]:
    """Go every way of the console, and to each part of the rules."""
    for _, stranger in door(desk):
        yield stranger
    one = desk.arrives(Holder(name="Lina"))
    for part in PAGES:
        yield one.open(f"/en/rules/draft/part?part={part}")
    for way in DESK_WAYS:
        for _, visitor in way(desk, one):
            yield visitor


class _Sender:
    """Sends the forms of one app, each once."""

    def __init__(self, app: Flask, languages: tuple[str, ...]) -> None:
        posts = {one.endpoint for one in every_route(app) if one.method == "POST"}
        self.found = Found(posts=posts)
        self._app = app
        self._languages = languages
        self._met: set[tuple[str, ...]] = set()

    def send_all(self, visitor: Visitor) -> None:
        """Send every form of the page that is open, unless one like it was sent before."""
        if visitor.client.application is not self._app:
            return  # on a bad day
        for form in tree(visitor.response.get_data(as_text=True)).all("form"):
            if form.given.get("method") == "post":
                self._send_each(visitor, form)

    def _send_each(self, visitor: Visitor, form: Node) -> None:
        endpoint, asked = self._endpoint(form), questions(form)
        met = (endpoint, *sorted(one.name for one in asked))
        if all(one.is_secret for one in asked) and len(asked) <= 1:  # at most: is it you?
            self.found.unasked.add(endpoint)
        elif met not in self._met and endpoint not in NO_MISTAKES:
            self._met.add(met)
            self._mistake(visitor, form, NONSENSE, nonsense(asked))
            if endpoint not in ONCE:
                self._mistake(visitor, form, NOTHING, nothing(asked))
            for broken in {one.name: one for one in (asked[0], asked[-1])}.values():
                self._slip(visitor, form, broken)

    def _mistake(self, visitor: Visitor, form: Node, how: str, answers: Sent) -> None:
        for language in self._languages:
            with _told() as told:
                answer = self._answer(visitor, form, answers, language)
            page = tree(answer.get_data(as_text=True))
            if any(one.is_of("wrong") for one in page.all("div")):
                mistake = Mistake(
                    endpoint=self._endpoint(form),
                    how=how,
                    language=language,
                    asked=tuple(one.name for one in questions(form)),
                    page=page,
                    told=tuple(told),
                )
                self.found.mistakes.append(mistake)
            elif how == NONSENSE:
                self.found.untold.add((self._endpoint(form), answer.status_code))

    def _slip(self, visitor: Visitor, form: Node, broken: Question) -> None:
        asked, endpoint = questions(form), self._endpoint(form)
        sent = all_but(asked, broken)
        answer = self._answer(visitor, form, sent, self._languages[0])
        page = tree(answer.get_data(as_text=True))
        if again := next((one for one in page.all("form") if _is_wrong(one)), None):
            slip = Slip(
                endpoint=endpoint,
                broken=broken,
                asked=tuple(asked),
                sent=sent,
                back=kept(again),
            )
            self.found.slips.append(slip)

    def _answer(
        self, visitor: Visitor, form: Node, answers: Sent, language: str
    ) -> TestResponse:
        path = form.given["action"].replace("/en/", f"/{language}/", 1)
        sent: MultiDict[str, str] = MultiDict()
        for name, values in {**hidden(form), **answers}.items():
            sent.setlist(name, values)
        return visitor.client.post(path, data=sent)

    def _endpoint(self, form: Node) -> str:
        adapter = self._app.url_map.bind("sanad.test")
        path = form.given["action"].partition("#")[0]
        return str(adapter.match(path, method="POST")[0])


def _is_wrong(form: Node) -> bool:
    return any(one.is_of("error") for one in form.all("p"))


@contextmanager
def _told() -> Iterator[list[Told]]:
    """Note what the forms of a page say while it is rendered."""
    found: list[Told] = []

    def note(_app: Flask, context: dict[str, Any], **_more: object) -> None:
        for form in (one for one in context.values() if isinstance(one, BaseForm)):
            for one in form:
                is_choice = hasattr(one, "choices")
                errors = tuple(map(str, one.errors))
                found.append(
                    Told(
                        name=one.name, label=one.label.text, is_choice=is_choice, errors=errors
                    )
                )

    with template_rendered.connected_to(note):
        yield found
