"""The pages in the order in which they are listed at the top."""

from flask import Flask
from flask_babel import lazy_gettext as _l

PAGES = (
    ("home.show", _l("Overview")),
    ("fairness.show", _l("Is it fair")),
    ("outcomes.show", _l("Does it help")),
    ("demand.show", _l("What is needed")),
    ("acts.show", _l("Second yes")),
    ("staff.show", _l("Coordinators")),
    ("acts.log", _l("Log")),
)


def attach(app: Flask) -> None:
    """Let templates list the pages."""
    app.add_template_global(lambda: PAGES, "pages")
