"""A page as a tree, to ask what stands where in it."""

from collections.abc import Iterator
from html.parser import HTMLParser

_EMPTY = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
_ENDLESS = {"option"}  # a page may leave their ends away


class Node:
    """An element: its attributes, what it holds, and what holds it."""

    def __init__(self, tag: str, given: dict[str, str], parent: "Node | None" = None) -> None:
        self.tag = tag
        self.given = given
        self.parent = parent
        self.held: list[Node | str] = []

    def all(self, *tags: str) -> Iterator["Node"]:
        """Go through every element below this one, of these kinds if any are named."""
        for one in self.held:
            if isinstance(one, Node):
                if not tags or one.tag in tags:
                    yield one
                yield from one.all(*tags)

    def above(self) -> Iterator["Node"]:
        """Go through what holds this element, from the inside out."""
        one = self.parent
        while one is not None:
            yield one
            one = one.parent

    def is_of(self, name: str) -> bool:
        """Tell whether it is of a class."""
        return name in self.given.get("class", "").split()

    @property
    def text(self) -> str:
        """Return its words, evenly spaced."""
        return " ".join(self.words().split())

    def words(self) -> str:
        """Return all that is written in it, as it stands in the page."""
        return "".join(one if isinstance(one, str) else one.words() for one in self.held)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.at = Node("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if tag in _ENDLESS and self.at.tag == tag:
            self._leave(tag)
        node = Node(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.held.append(node)
        if tag not in _EMPTY:
            self.at = node

    def handle_endtag(self, tag: str) -> None:
        """End an element, and those in it whose ends were left away."""
        self._leave(tag)

    def handle_data(self, data: str) -> None:
        """Note words."""
        self.at.held.append(data)

    def _leave(self, tag: str) -> None:
        for one in (self.at, *self.at.above()):
            if one.tag == tag and one.parent is not None:
                self.at = one.parent
                return


def tree(html: str) -> Node:
    """Read a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.root
