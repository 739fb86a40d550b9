"""Every error of every form says which question it is about and leads there, losing nothing."""

from collections import Counter, defaultdict
from collections.abc import Callable

import pytest
from markupsafe import Markup

from matcher.web.console.rules.words import PAGES
from matcher.web.public.join.pages import WALK as JOIN
from matcher.web.public.start.pages import WALK as START
from tests.looks.mistakes import (
    NO_MISTAKES,
    NONSENSE,
    Found,
    Mistake,
    mistakes_at_the_desk,
    mistakes_in_public,
)
from tests.looks.tree import Node

pytestmark = pytest.mark.timeout(600)

BY_LINES = "drafts.look"
"""Where mistakes are told by the lines of a text, above it and not beside it."""
FOCUSABLE = {"a", "button", "input", "select", "textarea"}
LOOK_AGAIN = {"en": "Please look again – ", "ar": "يُرجى المراجعة – "}  # noqa: RUF001 - dashes


@pytest.fixture(
    scope="module", params=[mistakes_in_public, mistakes_at_the_desk], ids=["public", "console"]
)
def found(request: pytest.FixtureRequest) -> Found:
    """Send every form of an app wrongly, once for all tests."""
    gather: Callable[[], Found] = request.param
    return gather()


def alerts(page: Node) -> list[Node]:
    return [one for one in page.all("div") if one.is_of("wrong")]


def links(mistake: Mistake) -> list[tuple[str, str]]:
    """List what a summary says, and the id of the field that it leads to."""
    found = [link for alert in alerts(mistake.page) for link in alert.all("a")]
    return [(link.given["href"].removeprefix("#"), link.text) for link in found]


MANY = {
    "start.send": len(START.pages),
    "join.send": len(JOIN.pages),
    "advanced.fill": len(PAGES),
}
"""How many forms are taken under one address."""


def test_every_form_there_is_was_sent_wrongly_and_told(found: Found) -> None:
    sent = {one.endpoint for one in found.mistakes}
    forms = defaultdict(set)
    for one in found.mistakes:
        forms[one.endpoint].add(one.asked)

    assert found.posts - sent - found.unasked == found.posts & NO_MISTAKES
    assert found.untold == set()
    assert [name for name in sent & set(MANY) if len(forms[name]) < MANY[name]] == []


def test_no_question_takes_what_is_none_of_its_answers(found: Found) -> None:
    taken = [
        (str(one), told.name)
        for one in found.mistakes
        if one.how == NONSENSE
        for told in one.told
        if told.is_choice and told.name in one.asked and not told.errors
    ]

    assert taken == []
    assert len(found.mistakes) > 60


def test_no_two_questions_of_a_page_are_told_the_same(found: Found) -> None:
    alike = [
        (str(one), words)
        for one in found.mistakes
        for words, count in Counter(words for _, words in links(one)).items()
        if count > 1 and not words.startswith(("Line ", "السطر "))  # what follows differs
    ]

    assert alike == []


def test_no_sentence_is_said_of_two_questions_anywhere(found: Found) -> None:
    names: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, set[str]] = defaultdict(set)
    for one in found.mistakes:
        for told in one.told:
            for words in told.errors:
                names[words].add(told.name)
                labels[words].add(told.label)

    shared = {words for words in names if len(names[words]) > 1 and len(labels[words]) > 1}
    assert shared == set()
    assert len(names) > 100


def test_every_error_stands_in_the_summary_and_beside_its_field(found: Found) -> None:
    unsaid, apart = [], []
    for one in found.mistakes:
        summed = set(links(one))
        told = {(each.name, bare(words)) for each in one.told for words in each.errors}
        beside = {(field_of(node), node.text) for node in one.page.all("p") if field_of(node)}
        unsaid += [(str(one), *each) for each in told - summed]
        if one.endpoint != BY_LINES:
            apart += [(str(one), *each) for each in summed - beside]

    assert unsaid == []
    assert apart == []


def bare(words: str) -> str:
    """Leave the marks out of an error, as it is read."""
    return Markup(words).striptags()  # noqa: S704 - as it was shown


def field_of(node: Node) -> str:
    """Name the field that a paragraph tells an error of."""
    return node.given.get("id", "").rpartition("-error")[0]


def test_every_link_of_a_summary_leads_to_something_that_can_be_answered(found: Found) -> None:
    astray = [
        (str(one), to)
        for one in found.mistakes
        for to, _ in links(one)
        if not is_there(one, to)
    ]

    assert astray == []
    assert all(links(one) for one in found.mistakes)


def test_a_summary_tells_errors_in_the_order_of_the_page(found: Found) -> None:
    out_of_order = []
    for one in found.mistakes:
        ids = [node.given["id"] for node in one.page.all() if "id" in node.given]
        places = [ids.index(to) for to, _ in links(one)]
        out_of_order += [str(one)] if places != sorted(places) else []

    assert out_of_order == []


def is_there(mistake: Mistake, name: str) -> bool:
    """Tell whether there is one such field, that takes focus and is folded away nowhere."""
    targets = [one for one in mistake.page.all() if one.given.get("id") == name]
    return (
        len(targets) == 1
        and not any(
            one.tag == "details" and "open" not in one.given for one in targets[0].above()
        )
        and (targets[0].tag in FOCUSABLE or "tabindex" in targets[0].given)
    )


def test_a_summary_has_the_focus_and_the_title_says_so(found: Found) -> None:
    for one in found.mistakes:
        focused = [node for node in one.page.all() if "autofocus" in node.given]
        (title,) = one.page.all("title")

        assert focused == alerts(one.page), str(one)
        assert focused[0].given["tabindex"] == "-1"
        assert focused[0].given["role"] == "alert"
        assert title.text.startswith(LOOK_AGAIN[one.language].strip()), str(one)


def test_whatever_was_right_comes_back_and_no_secret_does(found: Found) -> None:
    lost = [
        (str(slip), one.name)
        for slip in found.slips
        for one in slip.asked
        if one != slip.broken and not one.is_secret
        if said(slip.back[one.name]) != said(slip.sent[one.name])
    ]
    told = [
        (str(slip), one.name)
        for slip in found.slips
        for one in slip.asked
        if one.is_secret and said(slip.back[one.name])
    ]

    assert lost == []
    assert told == []
    assert len(found.slips) > 20


def said(answers: list[str]) -> list[str]:
    """Leave out of answers what says nothing."""
    return [one.strip() for one in answers if one.strip()]
