"""Doing once, before a process forks, what every fork would do again and keep for itself."""

import gc

from flask import Flask


def warm(app: Flask) -> Flask:
    """Compile all templates: forks share them, and no two threads compile at the same time."""
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    gc.collect()
    return app
