"""What a form of a page asks, and answers to it: nothing, nonsense, or what could be right."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.looks.tree import Node

Sent = Mapping[str, list[str]]

TOO_LONG = "x" * 700
TOO_LONG_FOR_MANY_LINES = "x" * 2_100
ODD = "no answer of ours"
WORDS = "two words"
_SILENT = {"hidden", "submit", "button"}
_TYPED = {"text", "password"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One name under which a form sends answers; `offered` are those it offers."""

    name: str
    kind: str
    given: Mapping[str, str]
    offered: tuple[str, ...] = ()
    has_lines: bool = False

    @property
    def is_choice(self) -> bool:
        """Tell whether answers are chosen, and not typed."""
        return self.kind not in _TYPED

    @property
    def is_secret(self) -> bool:
        """Tell whether what is typed here never comes back."""
        return self.kind == "password" or self.given.get("autocomplete") == "one-time-code"

    @property
    def nonsense(self) -> str:
        """Return what can be no answer; no proof that is already known is ever tried."""
        if self.given.get("autocomplete") == "current-password":
            return ""
        if self.is_choice:
            return ODD
        return TOO_LONG_FOR_MANY_LINES if self.has_lines else TOO_LONG

    @property
    def fine(self) -> str:
        """Return what could be an answer, not the one that stands there first."""
        return self.offered[-1] if self.is_choice else WORDS


def questions(form: Node) -> list[Question]:
    """List what a form asks, each name once."""
    found: dict[str, list[Node]] = {}
    for one in form.all("input", "select", "textarea"):
        if one.given.get("type") not in _SILENT and "name" in one.given:
            found.setdefault(one.given["name"], []).append(one)
    return [_question(name, nodes) for name, nodes in found.items()]


def kept(form: Node) -> dict[str, list[str]]:
    """Read what a form would send as it stands, by name."""
    found: dict[str, list[str]] = {}
    for one in form.all("input", "select", "textarea"):
        found.setdefault(one.given.get("name", ""), []).extend(_values(one))
    return found


def hidden(form: Node) -> dict[str, list[str]]:
    """Read what a form sends along without asking."""
    silent = [one for one in form.all("input") if one.given.get("type") == "hidden"]
    return {one.given["name"]: [one.given.get("value", "")] for one in silent}


def nothing(asked: Sequence[Question]) -> Sent:
    """Answer nothing; what is typed comes empty, what is ticked does not come."""
    return {one.name: [""] for one in asked if not one.is_choice}


def nonsense(asked: Sequence[Question]) -> Sent:
    """Answer every question with what can be no answer."""
    return {one.name: [one.nonsense] for one in asked}


def all_but(asked: Sequence[Question], broken: Question) -> Sent:
    """Answer every question as it could be, but one."""
    return {**{one.name: [one.fine] for one in asked}, broken.name: [broken.nonsense]}


def _question(name: str, nodes: Sequence[Node]) -> Question:
    (first, *_) = nodes
    kind = {"input": first.given.get("type", "text"), "textarea": "text"}.get(
        first.tag, first.tag
    )
    offered = tuple(value for node in nodes for value in _offered(node))
    has_lines = first.tag == "textarea"
    return Question(
        name=name, kind=kind, given=first.given, offered=offered, has_lines=has_lines
    )


def _offered(node: Node) -> Iterator[str]:
    options = [node] if node.tag == "input" else node.all("option")
    yield from (one.given.get("value", "") for one in options)


def _values(node: Node) -> list[str]:
    match node.tag:
        case "select":
            return [one.given["value"] for one in node.all("option") if "selected" in one.given]
        case "textarea":
            return ["".join(one for one in node.held if isinstance(one, str))]
        case _ if node.given.get("type") in {"radio", "checkbox"}:
            return [node.given["value"]] if "checked" in node.given else []
        case _:
            return [node.given.get("value", "")]
