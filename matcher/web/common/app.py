"""A Flask app with everything that every page of ours needs, and no page yet."""

from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from matcher.bootstrap import Common
from matcher.web.common import (
    bodies,
    cookies,
    csrf,
    errors,
    headers,
    i18n,
    sizes,
    wiring,
)
from matcher.web.common.anyhost import AnyHostFlask

MAX_BODY_BYTES = 64 * 1024


def bare_app(folder: Path, services: Common, *, cookie: str, unsaid: str = "") -> Flask:
    """Build an app around services that are already wired; `folder` holds its templates.

    `unsaid` is a folder of words that no page of it says.
    What limits its forms is attached to it next.
    """
    app = AnyHostFlask("sanad", root_path=str(folder), instance_path=str(folder))
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY_BYTES
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    wiring.attach(app, services)
    cookies.attach(app, cookie)
    i18n.attach(app, services.settings.site.languages, unsaid=unsaid)
    headers.attach(app)
    sizes.attach(app)
    errors.attach(app)
    bodies.attach(app)
    csrf.attach(app)
    return app
