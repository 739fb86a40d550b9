"""Where a page finds the services it calls."""

from flask import Flask, current_app

from matcher.bootstrap import Services
from matcher.settings.model import Settings

_NAME = "sanad"


def attach(app: Flask, services: Services) -> None:
    """Hang the services on the app."""
    app.extensions[_NAME] = services


def services() -> Services:
    """Return the services of the app that answers this request."""
    return attached(current_app)


def attached(app: Flask) -> Services:
    """Return the services that hang on an app."""
    found = app.extensions[_NAME]
    if not isinstance(found, Services):
        raise TypeError
    return found


def settings() -> Settings:
    """Return the settings of the app that answers this request."""
    return services().settings
