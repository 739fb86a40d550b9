"""The public app: seekers' and peers' pages."""

from pathlib import Path

from flask import Flask

from matcher.bootstrap import Services
from matcher.web.common import i18n, limits, numbers, switch, work
from matcher.web.common.app import bare_app
from matcher.web.public.after import views as after
from matcher.web.public.ask import views as ask
from matcher.web.public.back import views as back
from matcher.web.public.change import views as change
from matcher.web.public.front import views as front
from matcher.web.public.guide import views as guide
from matcher.web.public.here import errands, news, views as here
from matcher.web.public.join import views as join
from matcher.web.public.keep import views as keep
from matcher.web.public.kept import views as kept
from matcher.web.public.near import views as near
from matcher.web.public.remind import views as remind
from matcher.web.public.start import views as start
from matcher.web.public.talk import views as talk

_ENTRY = (front, near, start, join, keep, back, kept, guide)
_STAY = (here, errands, news, change, talk, after, ask, remind)


def create_app(services: Services) -> Flask:
    """Build the public app around services that are already wired."""
    app = bare_app(Path(__file__).parent, services, cookie="stay")
    work.attach(app)
    limits.attach(app)
    prefix = i18n.prefix(services.settings.site.languages)
    for page in (*_ENTRY, *_STAY):
        app.register_blueprint(page.bp, url_prefix=prefix)
    app.add_url_rule("/", view_func=front.to_start)
    switch.attach(app)
    numbers.attach(app)
    limits.for_codes(app, "back.send", "join.open_invitation")
    return app
