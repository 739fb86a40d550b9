"""The lists of words that codes are written in: files that browsers may ask for too."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from flask import Flask

from matcher.domain import code_words
from matcher.domain.code_words import WordList
from matcher.domain.codes import Code
from matcher.settings.languages import ENGLISH
from matcher.web.common.i18n import locale

_BEFORE, _AFTER = "code-words-", ".txt"


def attach(app: Flask) -> None:
    """Let pages name the list that scripts ask for."""
    app.add_template_global(language, "word_list")


def language() -> str:
    """Say in which language's words this page writes codes: its own, if there is a list."""
    return locale() if locale() in lists() else ENGLISH


def spelled(code: Code) -> tuple[str, ...]:
    """Write a code in words."""
    return lists()[language()].spelled(code)


def parse(typed: str) -> Code:
    """Read a code as it was typed, also in the words of any language."""
    return code_words.parse(typed, lists().values())


@cache
def lists() -> Mapping[str, WordList]:
    """Read every list there is, by its language."""
    folder = files("matcher.web") / "public" / "static"
    return {
        file.name.removeprefix(_BEFORE).removesuffix(_AFTER): WordList.of(
            file.read_text("utf-8").split()
        )
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.startswith(_BEFORE)
    }
