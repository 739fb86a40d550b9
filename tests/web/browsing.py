"""A browser without JavaScript: it reads the forms of a page, fills them in and sends them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from typing import Self

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import Client, TestResponse

Given = dict[str, str | list[str]]


@dataclass
class WebForm:
    """A form as it stands in a page, with what is filled in already."""

    action: str
    method: str
    id: str = ""
    values: MultiDict[str, str] = field(default_factory=MultiDict)
    names: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """What a page holds: its text, links and forms."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[WebForm] = []
        self.links: dict[str, str] = {}
        self.text = ""
        self.title = ""
        self._open: list[tuple[str, dict[str, str]]] = []
        self._select = ""
        self._is_inert = False
        self._gathered = ""
        self._loose: list[tuple[dict[str, str], str]] = []
        self.feed(html)
        self.forms += [self._apart(given, words) for given, words in self._loose]

    def form_with(self, button: str) -> WebForm:
        """Find the form that has a button with these words."""
        for form in self.forms:
            if any(words == button for _, _, words in form.buttons):
                return form
        known = [words for form in self.forms for _, _, words in form.buttons]
        raise AssertionError((button, known, self.text[:2000]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms, fields and what begins here; a template is for scripts alone."""
        self._is_inert = self._is_inert or tag == "template"
        if self._is_inert:
            return
        given = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                method = given.get("method", "get")
                self.forms.append(WebForm(given["action"], method, given.get("id", "")))
            case "input":
                self._input(given)
            case "select":
                self._select = given["name"]
                self.forms[-1].names.add(given["name"])
            case "option" if "selected" in given:
                self.forms[-1].values.add(self._select, given["value"])
            case "button" | "a" | "textarea" | "title":
                self._open.append((tag, given))
                self._gathered = ""

    def handle_data(self, data: str) -> None:
        """Gather text."""
        if self._is_inert:
            return
        self.text += data
        self._gathered += data

    def handle_endtag(self, tag: str) -> None:
        """Note what ends here."""
        self._is_inert = self._is_inert and tag != "template"
        if not self._open or self._open[-1][0] != tag:
            return
        _, given = self._open.pop()
        words = " ".join(self._gathered.split())
        match tag:
            case "a":
                self.links[words] = given.get("href", "")
            case "button" if "hidden" in given:
                pass  # for the key Enter alone
            case "button" if "form" in given:
                self._loose.append((given, words))
            case "button":
                button = (given.get("name", ""), given.get("value", ""), words)
                self.forms[-1].buttons.append(button)
            case "textarea":
                self.forms[-1].names.add(given["name"])
                self.forms[-1].values.add(given["name"], self._gathered)
            case _:
                self.title = words

    def _apart(self, given: dict[str, str], words: str) -> WebForm:
        """Take a button outside its form as a form of its own that sends the same."""
        form = next(form for form in self.forms if form.id == given["form"])
        buttons = [(given["name"], given["value"], words)]
        action = given.get("formaction", form.action)
        return WebForm(action, form.method, form.id, form.values, form.names, buttons)

    def _input(self, given: dict[str, str]) -> None:
        if "name" not in given:
            return  # for scripts alone: it is never sent
        name = given["name"]
        self.forms[-1].names.add(name)
        is_choice = given.get("type") in {"radio", "checkbox"}
        if not is_choice or "checked" in given:
            self.forms[-1].values.add(name, given.get("value", ""))


class Browser:
    """Somebody who goes from page to page."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.response: TestResponse
        self.page: Page

    def open(self, path: str) -> Self:
        """Go to an address."""
        return self._arrive(self.client.get(path, follow_redirects=True))

    def press(self, button: str, given: Given | None = None) -> Self:
        """Fill in the form that has this button, and press it."""
        action, data = self.prepared(button, given)
        form = self.page.form_with(button)
        if form.method == "get":
            return self.open(action)
        return self._arrive(self.client.post(action, data=data, follow_redirects=True))

    def bring(self, button: str, name: str, content: bytes) -> Self:
        """Choose a file in the form that has this button, and press it."""
        action, data = self.prepared(button)
        sent = {**data, name: FileStorage(BytesIO(content), filename="chosen")}
        answer = self.client.post(
            action, data=sent, content_type="multipart/form-data", follow_redirects=True
        )
        return self._arrive(answer)

    def prepared(
        self, button: str, given: Given | None = None
    ) -> tuple[str, MultiDict[str, str]]:
        """Say where a form would go, and with what."""
        form = self.page.form_with(button)
        values = form.values.copy()
        for name, value in (given or {}).items():
            if name not in form.names:
                raise AssertionError((name, sorted(form.names)))
            values.setlist(name, [value] if isinstance(value, str) else list(value))
        name, value, _ = next(b for b in form.buttons if b[2] == button)
        if name:
            values.add(name, value)
        return form.action, values

    @property
    def text(self) -> str:
        """Return the words of the page, evenly spaced."""
        return " ".join(self.page.text.split())

    def _arrive(self, response: TestResponse) -> Self:
        self.response = response
        self.page = Page(response.get_data(as_text=True))
        return self
