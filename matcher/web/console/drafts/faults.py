"""What is wrong in a draft, in the language of the page; commands say it in English.

The reasons of the loader and of the parser are sentences with a few words filled in: here they
are known again. One that is not known stays as it is.
"""

import re
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from matcher.settings.toml_file import TomlError
from matcher.web.common.i18n import locale

_ENGLISH = "en"

_KNOWN: tuple[tuple[str, str], ...] = (
    ("the key '(?P<what>.+)' is missing", _l("The key %(what)s is missing.")),
    ("this key is not known", _l("This key is not known.")),
    ("'(?P<what>.*)' is not known here", _l("%(what)s is not known here.")),
    ("this number is out of range", _l("This number is out of range.")),
    ("this time is out of range", _l("This time is out of range.")),
    ("this number has too many digits", _l("This number has too many digits.")),
    ("this has to be a whole number, not .*", _l("This has to be a whole number.")),
    ("this has to be a number, not .*", _l("This has to be a number.")),
    ("this has to be true or false, not .*", _l("This has to be true or false.")),
    ("this has to be a text in quotes, not .*", _l("This has to be a text in quotes.")),
    (r"this has to be a list in \[ \], not .*", _l("This has to be a list in [ ].")),
    ("this has to be a table, not .*", _l("This has to be a table.")),
    ("this has to be .*", _l("This has to be of another kind.")),
    ("expected a time such as .*", _l("This has to be a time, such as 10 min, 24 h or 14 d.")),
    ("this time is longer than any .*", _l("This time is longer than any that can be meant.")),
    (
        "no need of needs.toml has the id '(?P<what>.*)'",
        _l("No need has the id %(what)s."),
    ),
    (
        "nobody of 18 or older is brought together with somebody younger",
        _l("Nobody of 18 or older is brought together with somebody younger."),
    ),
    (
        "'(?P<what>[^']+)' says who somebody is, .*: write (?P<least>[0-9.]+) or more .*",
        _l(
            "%(what)s says who somebody is. No rule may lower anybody's chances because of "
            "that: please write %(least)s or more for it, or let other needs count less."
        ),
    ),
    (
        ".* can only .*: no rule may lower .*",
        _l(
            "This can only add, never take away: no rule may lower anybody's chances because "
            "of who they are."
        ),
    ),
    ("this step changes nothing: .*", _l("This step changes nothing: give a floor or drops.")),
    (
        "each step comes later than .*",
        _l("Each step comes later than the one before, the first after 0 s."),
    ),
    (
        "a floor only falls while somebody waits: it was (?P<what>[0-9.e+-]+) before this step",
        _l("A floor only falls while somebody waits: it was %(what)s before this step."),
    ),
    (
        r"\[(?P<what>.+)\] stands here twice .*",
        _l("[%(what)s] stands here twice."),
    ),
    (
        r"write \[\[(?P<what>.+)\]\] with two .*",
        _l("Please write [[%(what)s]], twice in brackets."),
    ),
    ("too many brackets inside each other", _l("Too many brackets stand inside each other.")),
    ("longer than (?P<what>[0-9]+) characters", _l("Longer than %(what)s characters.")),
    ("Unterminated string|Illegal character .*", _l("A text in quotes is not closed.")),
    ("Unclosed array|Unclosed inline table", _l("A bracket is not closed.")),
    (
        "(Cannot (overwrite|mutate|redefine)|Duplicate inline) .*",
        _l("This key stands here twice."),
    ),
    ("Expected '=' after a key.*", _l("After a key, = is missing.")),
    (
        "(Expected|Invalid|Found|Unescaped|Escaped|There is|An object) ?.*",
        _l("This line is not written as TOML has it."),
    ),
)
_MORE: tuple[tuple[str, str], ...] = (
    ("allowed: (?P<what>.+)", _l("Allowed: %(what)s.")),
    (r"did you mean '(?P<what>.+)'\?", _l("Is %(what)s meant?")),
    ("known here: (?P<what>.+)", _l("Known here: %(what)s.")),
)
_RANGE = re.compile(r"(?P<least>[0-9.]+(?: [a-z]+)?) to (?P<most>[0-9.]+(?: [a-z]+)?)")
_TO = _l("%(least)s to %(most)s")


def told(fault: TomlError) -> str | None:
    """Say what is wrong in the language of the page; None: as it stands, in English."""
    if locale() == _ENGLISH:
        return None
    main, _, more = fault.reason.partition("; ")
    said = _say(main, _KNOWN)
    if said is None or not more:
        return said
    return f"{said} {_say(more, _MORE) or ''}".rstrip()


def _say(reason: str, known: Iterable[tuple[str, str]]) -> str | None:
    for pattern, words in known:
        if found := re.fullmatch(pattern, reason, re.DOTALL):
            filled = {name: _apart(text) for name, text in found.groupdict().items()}
            return str(words) % filled
    return None


def _apart(text: str) -> str:
    """Say a range in words, and keep what is typed as it is typed (U+2066 and U+2069)."""
    if found := _RANGE.fullmatch(text):
        return str(_TO) % {
            name: f"\u2066{part}\u2069" for name, part in found.groupdict().items()
        }
    return f"\u2066{text}\u2069"
