"""The words that translators write, kept beside the pages they stand for: `poe words`.

It gathers every message of the pages and of the domain, brings each language's catalogue up to
date, and lists what is missing. What no page says any more goes; nothing is guessed.
"""

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from matcher.settings.languages import ENGLISH, catalogue, shipped
from tests.architecture.source import ROOT

_GATHERED = ("matcher/web", "matcher/domain")
_METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
_OPTIONS = {"**/templates/**.html": {"trimmed": "false", "silent": "false"}}
_KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "said": None, "counted": (1, 2)}
_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def gathered() -> Catalog:
    """Gather every message there is; it names the files, since lines change every day."""
    found = Catalog()
    for folder in _GATHERED:
        for name, _line, message, comments, context in extract_from_dir(
            ROOT / folder, _METHODS, _OPTIONS, keywords=_KEYWORDS
        ):
            places = [(str(Path(folder) / name), 1)]
            found.add(message, None, places, auto_comments=comments, context=context)
    return found


def written(language: str) -> Catalog:
    """Read the catalogue of a language as it stands."""
    with catalogue(language).open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> bytes:
    """Write the catalogue of a language as it should stand."""
    words = written(language)
    words.update(gathered(), no_fuzzy_matching=True)
    words.obsolete.clear()
    packed = BytesIO()
    write_po(packed, words, width=96, omit_header=True, include_lineno=False)
    header = _HEADER.format(language=language, plurals=words.plural_forms)
    return header.encode() + packed.getvalue()


def forms(message: Message) -> list[str]:
    """List every form of a translation."""
    told = message.string or ""
    return [told] if isinstance(told, str) else list(told)


def untold(words: Iterable[Message]) -> Iterator[str]:
    """List what has no translation, or not in every form."""
    for message in words:
        if message.id and not all(forms(message)):
            yield message.id if isinstance(message.id, str) else message.id[0]


def main() -> None:
    """Bring every catalogue up to date, and say what is missing in it."""
    for language in shipped():
        if language != ENGLISH:
            catalogue(language).write_bytes(updated(language))
            missing = list(untold(written(language)))
            lines = [f"{language}: {len(missing)} to be translated", *missing]
            sys.stdout.write("\n  ".join(lines) + "\n")


if __name__ == "__main__":
    main()
