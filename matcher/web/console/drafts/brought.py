"""A rules file that somebody brings along: it takes the place of the text of their draft."""

from codecs import BOM_UTF8

from flask import request

FILE = "file"
TAKE = "take"
"""The button that says that it takes the place; without it a file is not looked at."""


class NoFileError(Exception):
    """No file was chosen, or nothing is in it."""


class NoTextError(Exception):
    """What was chosen is no text in UTF-8."""


def brought() -> str:
    """Read the file that came with this form.

    Raises
    ------
    NoFileError, NoTextError
        If there is nothing to read, or nothing that a person could have written.
    """
    sent = request.files.get(FILE)
    content = sent.read().removeprefix(BOM_UTF8) if sent else b""
    if not content.strip():
        raise NoFileError
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise NoTextError from None
    if "\0" in text:
        raise NoTextError
    return text
