"""What every template keeps to: words through gettext, nothing active, nothing foreign."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale
from jinja2 import Environment

from matcher.web.public.languages import OWN_NAMES
from tests.world import World

WEB = Path(__file__).resolve().parent.parent.parent / "matcher" / "web"
TEMPLATES = sorted(WEB.rglob("*.html"))
STYLES = sorted(WEB.rglob("*.css"))

COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
OWN_SCRIPT = re.compile(
    r"""<script type="module" src="{{ url_for\('static', filename="""
    r"""(?:name|'[a-z-]+\.js')\) }}"></script>"""
)
TAG = re.compile(r"<[^>]*>")
WORDY = re.compile(r"""\b(?:title|alt|placeholder|aria-label)="([^"]*)\"""")
PHYSICAL = re.compile(
    r"(?<![-\w])(?:left|right|(?:margin|padding|border)-(?:left|right|top|bottom)"
    r"|(?:min-|max-)?(?:width|height)|top|bottom)\s*:"
)


def loose_text(source: str) -> Iterator[str]:
    """Find the text of a template that stands outside `trans` blocks."""
    in_trans = in_block = False
    kept: list[str] = []
    for _, kind, value in Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).lex(
        COMMENT.sub("", source)
    ):
        if kind == "block_begin":
            in_block = True
        elif in_block and kind == "name":
            in_trans = {"trans": True, "endtrans": False}.get(value, in_trans)
            in_block = False
        elif kind == "data" and not in_trans:
            kept.append(value)
        elif kind == "variable_begin":
            kept.append("§")
    text = "".join(kept)
    yield from TAG.sub("\n", re.sub(r"\saria-\w+=\"§\"", "", text)).split("\n")
    yield from WORDY.findall(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_word_stands_outside_gettext(path: Path) -> None:
    lines = loose_text(path.read_text("utf-8"))

    assert [line for line in lines if re.search(r"[A-Za-z]{2}", line)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_a_script_a_style_or_an_outside_address(path: Path) -> None:
    source = OWN_SCRIPT.sub("", path.read_text("utf-8"))

    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:|https?://", source)


def test_titles_tell_nothing() -> None:
    title = re.compile(r"{% block title %}(.*?){% endblock %}")
    said = re.compile(r"endtrans|trans|parts\.title|form|_|\W")
    titles = [t for path in TEMPLATES for t in title.findall(path.read_text("utf-8"))]

    words = " ".join(said.sub(" ", found) for found in titles).lower().split()

    telling = {"peer", "seeker", "help", "support", "crisis", "volunteer", "lgbtq", "queer"}
    assert len(titles) > 10
    assert not telling & set(words)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_style_sheet_knows_left_and_right(path: Path) -> None:
    style = path.read_text("utf-8")
    rules = re.sub(r"@media[^{]*", "", re.sub(r"/\*.*?\*/", "", style))

    assert PHYSICAL.findall(rules) == []
    assert "url(" not in style
    assert "@import" not in style


def test_languages_are_named_as_babel_names_them() -> None:
    named = {code: Locale.parse(code).get_display_name() for code in OWN_NAMES}

    assert named == OWN_NAMES


def test_every_language_of_the_settings_has_its_name_at_hand(world: World) -> None:
    assert set(world.settings.languages) <= set(OWN_NAMES)
