"""The public app: seekers' and peers' pages."""

from pathlib import Path

from flask import Flask

from matcher.bootstrap import Services
from matcher.web.common import code_words, i18n, limits, numbers, switch, work
from matcher.web.common.app import bare_app
from matcher.web.public.after import views as after
from matcher.web.public.ask import views as ask
from matcher.web.public.back import views as back
from matcher.web.public.card import views as card
from matcher.web.public.change import views as change
from matcher.web.public.find import views as find
from matcher.web.public.front import views as front
from matcher.web.public.guide import views as guide
from matcher.web.public.here import errands, news, views as here
from matcher.web.public.join import views as join
from matcher.web.public.keep import views as keep
from matcher.web.public.kept import views as kept
from matcher.web.public.letter import views as letter
from matcher.web.public.look import views as look
from matcher.web.public.near import views as near
from matcher.web.public.remind import views as remind
from matcher.web.public.start import views as start
from matcher.web.public.talk import telling, views as talk
from matcher.web.public.team import code as team_by_code, views as team

_ENTRY = (
    *(front, near, find, card, letter, start, join, keep, back, kept, guide),
    team_by_code,
)
_STAY = (here, errands, news, change, talk, telling, after, team, ask, remind)

FOLDER = Path(__file__).parent


def create_app(services: Services) -> Flask:
    """Build the public app around services that are already wired."""
    app = bare_app(FOLDER, services, cookie="stay", unsaid="matcher/web/console/")
    work.attach(app)
    limits.attach(app)
    prefix = i18n.prefix(services.settings.site.languages)
    for page in (*_ENTRY, *_STAY):
        app.register_blueprint(page.bp, url_prefix=prefix)
    if services.settings.site.shows_examples:
        app.register_blueprint(look.bp, url_prefix=prefix)
    app.add_url_rule("/", view_func=front.to_start)
    switch.attach(app)
    numbers.attach(app)
    code_words.attach(app)
    limits.for_codes(
        app,
        *("back.send", "join.open_invitation", "team_by_code.open_list"),
        *("near.call_bad", "card.send"),
    )
    return app
