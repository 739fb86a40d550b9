"""The console's application factory: one page so far, which names the commands there are."""

from pathlib import Path

from flask import Flask, render_template

from matcher.settings.model import Settings
from matcher.web.common import headers
from matcher.web.common.quiet import QuietFlask

FOLDER = Path(__file__).resolve().parent
MAX_BODY_BYTES = 64 * 1024


def create_app(settings: Settings) -> Flask:
    """Build the app; it opens no store and asks for no queue."""
    app = QuietFlask("console", root_path=str(FOLDER), static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    headers.attach(app)

    @app.get("/")
    def home() -> str:
        """Say what can be done from a terminal."""
        return render_template("home.html", needs=len(settings.needs.by_id))

    return app
