"""Reads what came with a request as a whole, before anything is done with it."""

from flask import Flask, request


def attach(app: Flask) -> None:
    """Read every body first; this is the only place where an unreadable one is met."""
    app.before_request(_read)


def _read() -> None:
    """Read on past the form.

    A form of unknown length that reaches the limit would be cut there and taken for whole;
    reading on is what refuses it.
    """
    request.get_data(cache=False, parse_form_data=True)
