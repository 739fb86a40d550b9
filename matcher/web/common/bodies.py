"""Reads what came with a request as a whole, before anything is done with it."""

from io import BytesIO

from flask import Flask, Request, request


class InMemory(Request):
    """A request whose uploads stay in memory, so that no disk ever sees one."""

    def _get_file_stream(self, *_told: object, **_also: object) -> BytesIO:
        return BytesIO()


def attach(app: Flask) -> None:
    """Read every body first; this is the only place where an unreadable one is met."""
    app.request_class = InMemory
    app.before_request(_read)


def _read() -> None:
    """Read on past the form.

    A form of unknown length that reaches the limit would be cut there and taken for whole;
    reading on is what refuses it.
    """
    request.get_data(cache=False, parse_form_data=True)
