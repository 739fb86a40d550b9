# ruff: noqa: D301 - click keeps the lines of a paragraph that a backspace begins
"""The commands of `sanad notes`."""

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from matcher.domain.errors import MatcherError, SettingsError
from matcher.domain.note import MAX_NOTE_CHARACTERS, NoteId, OpenNote
from matcher.local import terminal
from matcher.settings.load import load

if TYPE_CHECKING:
    from matcher.service.notes import NoteDesk

LEAST_OF_A_NAME = 4
SHOWN_OF_A_NAME = 8


class NoSuchNoteError(MatcherError):
    """No note that waits for an answer begins so, or several do."""


class AnswerError(MatcherError):
    """An answer has to say something, and in no more than it may hold."""


as_json_option = click.option("--json", "as_json", is_flag=True, help="One line of JSON.")


@click.group()
def notes() -> None:
    """Read and answer what peers ask coordinators, without a name on it.

    Each note is sealed so that only the key in the state folder opens it, and goes within
    seven days. Whose it is cannot be found out here. Run it where that folder is.

    \b
    sanad notes list
    sanad notes answer 3f2a9c01
    """


@notes.command("list")
@as_json_option
def show(*, as_json: bool) -> None:
    """Show every note without an answer, those that go first at the top.

    \b
    sanad notes list
    sanad notes list --json
    """
    found = _desk().waiting()
    if as_json:
        told = [{"note": n.id, "until": f"{n.until:%Y-%m-%d}", "text": n.text} for n in found]
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    if not found:
        click.echo("nobody waits for an answer")
    for one in found:
        click.echo(f"{one.id[:SHOWN_OF_A_NAME]}  goes on {one.until:%Y-%m-%d}")
        words = one.text or "(this key, or this machine's vault, does not open it)"
        click.echo("".join(f"    {line}\n" for line in words.splitlines()))


@notes.command()
@click.argument("note")
@as_json_option
def answer(note: str, *, as_json: bool) -> None:
    """Answer a note: its words go, and only its writer reads what comes in their place.

    NOTE is the beginning of its name. The answer is read from standard input, never from the
    command line, which others on this machine could see.

    \b
    sanad notes answer 3f2a9c01
    sanad notes answer 3f2a9c01 < answer.txt
    """
    desk = _desk()
    found = _named(note, desk.waiting())
    if sys.stdin.isatty():
        click.echo("Your answer, then Ctrl-D on a line of its own:", err=True)
    words = sys.stdin.read().strip()
    if not 0 < len(words) <= MAX_NOTE_CHARACTERS:
        raise AnswerError(f"an answer has 1 to {MAX_NOTE_CHARACTERS} characters")
    desk.answer(found, words)
    click.echo(json.dumps({"answered": found}) if as_json else "answered; its words are gone")


@notes.command()
@as_json_option
def key(*, as_json: bool) -> None:
    """Print the public key for which all is sealed; a pair is made if there is none yet.

    Where pages run on another machine than this one, set it there as
    SANAD_COORDINATORS_PUBLIC_KEY: then no machine that shows pages can open a note or report.

    \b
    sanad notes key
    """
    from matcher.bootstrap import coordinator_key  # noqa: PLC0415 - help and exec stay quick

    public = coordinator_key(load(terminal.environ())).public().hex()
    click.echo(json.dumps({"public_key": public}) if as_json else public)


def _desk() -> "NoteDesk":
    from matcher.bootstrap.desks import note_desk  # noqa: PLC0415 - help and exec stay quick

    settings = load(terminal.environ())
    if not settings.store_url:
        raise SettingsError("no store is known: start `sanad up`, or set SANAD_STORE_URL")
    return note_desk(settings)


def _named(name: str, waiting: Sequence[OpenNote]) -> NoteId:
    found = [one.id for one in waiting if one.id.startswith(name.lower())]
    if len(name) < LEAST_OF_A_NAME or len(found) != 1:
        raise NoSuchNoteError
    return found[0]
