"""Which files of the state folder coordinators may have to hear of, in words."""

from collections.abc import Iterable, Mapping

from flask import Flask
from flask_babel import lazy_gettext as _l

from matcher.web.common.wiring import settings

FILES: Mapping[str, str] = {
    "acts": _l("the log of acts, with what waits for a second yes"),
    "asked-rules": _l("rules that were asked for and are not in force yet"),
    "asked-services": _l("changes of services that were asked for"),
    "batches": _l("the list of invitations"),
    "cards": _l("the cards of partners"),
    "coordinator-key": _l("the key that opens reports and notes"),
    "coordinator-public": _l("the key by which reports and notes are sealed"),
    "coordinators": _l("the list of coordinators"),
    "entrance": _l("whether anybody new is taken in"),
    "invitations": _l("the invitations that nobody has used yet"),
    "pause": _l("whether all suggestions are paused"),
    "rules": _l("the versions of the rules"),
    "services": _l("the directory of services"),
    "trials": _l("the trials of rules"),
}
"""By the beginning of their names; the names themselves stand on no page."""

_WISHES = frozenset({"asked-rules", "asked-services"})


def attach(app: Flask) -> None:
    """Let templates say what is damaged."""
    app.add_template_global(damaged_file)


def damaged_file(name: str) -> str:
    """Say which kind of file this is; empty where it is of no kind."""
    return str(FILES.get(_kind(name), ""))


def are_wishes(names: Iterable[str]) -> bool:
    """Tell whether only what waits for a second yes needs these files, which are some."""
    kinds = {_kind(name) for name in names}
    return bool(kinds) and kinds <= _WISHES


def _kind(name: str) -> str:
    return name.removesuffix(f"-{settings().pool}.json")
