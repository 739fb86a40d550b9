"""Where a page finds the services it calls."""

from flask import Flask, current_app

from matcher.bootstrap import Common, Services
from matcher.settings.model import Settings

_NAME = "sanad"


def attach(app: Flask, found: Common) -> None:
    """Hang the services on the app."""
    app.extensions[_NAME] = found


def common() -> Common:
    """Return what every app has of the app that answers this request."""
    return attached(current_app)


def services() -> Services:
    """Return the services of the public app that answers this request."""
    found = common()
    if not isinstance(found, Services):
        raise TypeError
    return found


def attached(app: Flask) -> Common:
    """Return what hangs on an app."""
    found = app.extensions[_NAME]
    if not isinstance(found, Common):
        raise TypeError
    return found


def settings() -> Settings:
    """Return the settings of the app that answers this request."""
    return common().settings
