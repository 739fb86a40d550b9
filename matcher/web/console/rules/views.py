"""Shows the rules in force and those before them; hands their text out."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TypeVar

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matcher.domain.changes import Change
from matcher.domain.errors import DamagedError, SettingsError
from matcher.domain.rules import Rules
from matcher.domain.versions import Asked, Version
from matcher.web.common.headers import RULES
from matcher.web.console import damaged
from matcher.web.console.acts.words import ENDS, Names
from matcher.web.console.gate import be_sure, console, me
from matcher.web.console.rules import words

bp = Blueprint("rules", __name__, template_folder="templates")

TOML = "application/toml"

T = TypeVar("T")
Waiting = list[tuple[Asked, tuple[Change, ...]]]


@bp.get("/rules")
def show() -> ResponseReturnValue:
    """Say what is in force, what waits for a second yes, and what to begin a draft with.

    Whatever cannot be read: what one person may do at once is here.
    """
    tuning, pausing, door = console().tuning, console().pausing, console().doorkeeping
    unread = dict.fromkeys(one for one in (pausing.unread(), door.unread()) if one)
    nothing: Waiting = []
    version = _read(tuning.current, None, unread)
    _read(lambda: bool(console().oversight.entries()), otherwise=False, unread=unread)
    return render_template(
        "rules/rules.html",
        version=version,
        rules=version and _usable(version),
        waiting=_read(lambda: list(_waiting()), nothing, unread),
        presets=words.presets(tuning.presets()),
        names=_names(),
        words=words,
        trial=_read(console().trials.newest, None, unread),
        ends=ENDS,
        is_paused=_read(pausing.is_paused, otherwise=False, unread=unread),
        is_beside=pausing.is_beside(),
        before=_read(_before_the_pause, None, unread),
        is_open=door.is_open(),
        unread=list(unread),
        can_publish=version and damaged.are_wishes(unread),
    )


@bp.post("/rules/pause")
def pause() -> ResponseReturnValue:
    """Let nobody be suggested to anybody any more, at once."""
    be_sure()
    pausing = console().pausing
    if not _read(pausing.is_paused, otherwise=False, unread={}):
        pausing.begin(me().id, reason=_("All suggestions are paused."))
    return redirect(url_for("rules.show"), code=303)


@bp.post("/rules/close")
def close() -> ResponseReturnValue:
    """Take nobody new in, at once."""
    be_sure()
    if console().doorkeeping.is_open():
        console().doorkeeping.close(me().id)
    return redirect(url_for("rules.show"), code=303)


@bp.post("/rules/open")
def reopen() -> ResponseReturnValue:
    """Ask for people to be let in again."""
    be_sure()
    if console().doorkeeping.is_open():
        return redirect(url_for("rules.show"), code=303)
    console().doorkeeping.ask_to_open(me().id)
    return redirect(url_for("acts.show"), code=303)


def _before_the_pause() -> Version | None:
    """Find the newest version by which peers get suggestions: a pause may have several."""
    versions = ((one, _usable(one)) for one in console().tuning.history())
    return next((one for one, rules in versions if rules and rules.offers.a_day), None)


@bp.get("/rules/history")
def history() -> ResponseReturnValue:
    """List every version, the newest first."""
    versions = console().tuning.history()
    return render_template("rules/history.html", versions=versions, names=_names(), words=words)


@bp.get("/rules/version")
def version() -> ResponseReturnValue:
    """Say what one version said, and what it changed."""
    chosen = asked_for()
    return render_template(
        "rules/version.html",
        version=chosen,
        is_in_force=chosen == console().tuning.current(),
        rules=_usable(chosen),
        changes=_changes(chosen),
        names=_names(),
        words=words,
    )


@bp.get("/rules/text")
def text() -> ResponseReturnValue:
    """Hand the text of a version out, to be kept or taken elsewhere."""
    answer = Response(asked_for().text, mimetype=TOML)
    answer.headers["Content-Disposition"] = RULES
    return answer


def asked_for() -> Version:
    """Find the version that an address names, or else the one in force."""
    versions = console().tuning.history()
    number = request.args.get("number", type=int)
    return next((one for one in versions if one.number == number), versions[0])


def _changes(version: Version) -> tuple[Change, ...] | None:
    """Say what a version changed; None where the one before cannot be read any more."""
    with suppress(SettingsError):
        return console().tuning.changes(version.number - 1, version.number)
    return None


def _usable(version: Version) -> Rules | None:
    with suppress(SettingsError):
        return console().tuning.opened(version)[1]
    return None


def _read(read: Callable[[], T], otherwise: T, unread: dict[str, None]) -> T:
    """Read something, or else note the file of it that cannot be read."""
    try:
        return read()
    except DamagedError as error:
        unread[error.file] = None
        return otherwise


def _waiting() -> Iterator[tuple[Asked, tuple[Change, ...]]]:
    for asked in console().publishing.waiting(me().id):
        yield asked, console().tuning.check(asked.wanted.text).changes


def _names() -> Names:
    return Names(console().coordinators.roster())
