"""The console's application factory: coordinators' pages, on which no person can be seen."""

from pathlib import Path

from flask import Blueprint, Flask, redirect, url_for
from flask.typing import ResponseReturnValue
from jinja2 import FileSystemLoader

from matcher.bootstrap.console import ConsoleServices
from matcher.web.common import i18n, limits, numbers, switch
from matcher.web.common.app import bare_app
from matcher.web.console import damaged, figures, gate, navigation
from matcher.web.console.account import proofs as account
from matcher.web.console.acts import views as acts
from matcher.web.console.advanced import views as advanced
from matcher.web.console.demand import views as demand
from matcher.web.console.drafts import views as drafts
from matcher.web.console.entry import views as entry
from matcher.web.console.fairness import views as fairness
from matcher.web.console.home import views as home
from matcher.web.console.invitations import views as invitations
from matcher.web.console.lessons import views as lessons
from matcher.web.console.notes import views as notes
from matcher.web.console.notices import views as notices
from matcher.web.console.outcomes import views as outcomes
from matcher.web.console.partners import views as partners
from matcher.web.console.previews import views as previews
from matcher.web.console.reports import views as reports
from matcher.web.console.rules import views as rules
from matcher.web.console.services import views as directory
from matcher.web.console.staff import views as staff
from matcher.web.console.trials import views as trials

FOLDER = Path(__file__).parent
LOOK = FOLDER.parent / "public"
"""Style and parts of forms are those of the public pages: one look, kept in one place."""

_PAGES = (
    *(entry, home, fairness, outcomes, lessons, demand),
    *(rules, drafts, advanced, previews, trials),
    *(reports, notices, invitations, notes, directory, partners, acts, staff, account),
)


def create_app(services: ConsoleServices) -> Flask:
    """Build the console around services that are already wired."""
    app = bare_app(FOLDER, services, cookie="desk")
    app.jinja_loader = FileSystemLoader([FOLDER / "templates", LOOK / "templates"])
    gate.attach(app)
    limits.attach(app)
    prefix = i18n.prefix(services.settings.site.languages)
    for page in _PAGES:
        app.register_blueprint(page.bp, url_prefix=prefix)
    look = Blueprint("look", __name__, static_folder=LOOK / "static", static_url_path="/look")
    app.register_blueprint(look)
    app.add_url_rule("/", view_func=to_home)
    switch.attach(app)
    numbers.attach(app)
    figures.attach(app)
    navigation.attach(app)
    damaged.attach(app)
    limits.for_codes(app, "entry.join")
    return app


@gate.for_everybody
def to_home() -> ResponseReturnValue:
    """Lead to the first page in the language the browser likes best."""
    return redirect(url_for("home.show", lang=i18n.wanted()), code=303)
