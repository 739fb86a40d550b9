"""Reads forms and links out of a page, the way a browser without JavaScript does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

Answers = Mapping[str, tuple[str, ...]]
Pair = tuple[str, str]


@dataclass(slots=True, kw_only=True)
class Control:
    """One field of a form; `values` are what it may hold, where that is a closed list."""

    name: str
    kind: str
    value: str = ""
    is_on: bool = False
    values: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class PageForm:
    """A form, with its fields in their order."""

    action: str
    method: str
    controls: list[Control] = field(default_factory=list)

    @property
    def names(self) -> frozenset[str]:
        """The names of its fields and buttons."""
        return frozenset(control.name for control in self.controls)

    def filled(self, answers: Answers) -> list[Pair]:
        """Fill it in: what `answers` name is chosen, everything else stays as it is."""
        return [
            (control.name, value)
            for control in self.controls
            for value in _said(control, answers)
            if control.name
        ]


@dataclass(slots=True, kw_only=True)
class PageContent:
    """What a page offers."""

    forms: list[PageForm] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def read_page(html: str) -> PageContent:
    """Find the forms, links and texts of a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.found


def _said(control: Control, answers: Answers) -> Sequence[str]:
    chosen = answers.get(control.name)
    match control.kind:
        case "submit":
            return []
        case "checkbox" | "radio":
            is_on = control.is_on if chosen is None else control.value in chosen
            return [control.value] if is_on else []
        case "select":
            wanted = [value for value in chosen or () if value in control.values]
            return wanted or [control.value]
        case "hidden":
            return [control.value]
        case _:
            return chosen or [control.value]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = PageContent()
        self._form: PageForm | None = None
        self._select: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in said:
            self.found.links.append(said["href"])
        elif tag == "form":
            self._form = PageForm(
                action=said.get("action", ""), method=said.get("method", "get")
            )
            self.found.forms.append(self._form)
        elif self._form is not None:
            self._control(self._form, tag, said)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if words := data.strip():
            self.found.text.append(words)

    def _control(self, form: PageForm, tag: str, said: dict[str, str]) -> None:
        name, value = said.get("name", ""), said.get("value", "")
        match tag:
            case "input":
                kind = said.get("type", "text")
                value = value or ("on" if kind in {"checkbox", "radio"} else "")
                control = Control(name=name, kind=kind, value=value, is_on="checked" in said)
                form.controls.append(control)
            case "button":
                form.controls.append(Control(name=name, kind="submit", value=value))
            case "textarea":
                form.controls.append(Control(name=name, kind="textarea"))
            case "select":
                self._select = Control(name=name, kind="select")
                form.controls.append(self._select)
            case "option" if self._select is not None:
                self._option(self._select, value, is_chosen="selected" in said)

    def _option(self, select: Control, value: str, *, is_chosen: bool) -> None:
        if is_chosen or not select.values:
            select.value = value
        select.values.append(value)
