"""What people read when their code is mistyped, in letters and digits or in words."""

from collections.abc import Mapping

from flask_babel import gettext as _

from matcher.domain.errors import (
    LettersMissingError,
    MatcherError,
    MistypedCodeError,
    UnknownWordError,
    WordsMissingError,
    WordsMixedUpError,
)
from matcher.web.common import code_words, errors

_NUMBER = "{number}"


def sentence(error: MatcherError) -> str:
    """Say what is wrong with a code, and where."""
    match error:
        case LettersMissingError(count=count):
            return _letters(str(count))
        case UnknownWordError(number=number):
            return _unknown(str(number))
        case WordsMissingError(count=count):
            return _count(str(count))
        case WordsMixedUpError():
            return _mixed()
        case _:
            return errors.sentence(error)


def for_scripts() -> Mapping[str, str]:
    """Give the script the same sentences, each with a place for its number, and all lists.

    They stand in the form, as its attributes.
    """
    said = {
        "lists": " ".join(code_words.lists()),
        "mistyped": errors.sentence(MistypedCodeError()),
        "letters": _letters(_NUMBER),
        "unknown": _unknown(_NUMBER),
        "count": _count(_NUMBER),
        "mixed": _mixed(),
        "failed": _("The list of words did not arrive. Please press the button once more."),
    }
    return {f"data-{name}": words for name, words in said.items()}


def _letters(count: str) -> str:
    return str(
        _(
            "A code has 28 letters and digits, and these are %(count)s. Please compare them "
            "with your note, group by group.",
            count=count,
        )
    )


def _unknown(number: str) -> str:
    return str(
        _(
            "Word %(number)s is none of our words. Please compare it with your note.",
            number=number,
        )
    )


def _count(count: str) -> str:
    return str(
        _(
            "A code has 14 words, and these are %(count)s. Please compare them with your note.",
            count=count,
        )
    )


def _mixed() -> str:
    return str(
        _(
            "One of these words is not the one in your note, or two have changed places. "
            "Please compare them, one by one."
        )
    )
