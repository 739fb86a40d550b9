"""Ways to divide people, and the names of groups."""

from collections.abc import Mapping

from flask_babel import gettext as _, lazy_gettext as _l

from matcher.domain.counted import SEVERAL, By
from matcher.domain.profile import AgeBand, Language, Region
from matcher.web.common.i18n import in_words
from matcher.web.common.wiring import settings
from matcher.web.public.languages import language_name
from matcher.web.public.words import AGES, BANDS

TITLES: Mapping[By, str] = {
    By.GROUP: _l("By what matters most"),
    By.LANGUAGE: _l("By language"),
    By.AGE: _l("By age"),
    By.REGION: _l("By region"),
}


def group_name(by: By, group: str) -> str:
    """Name a group of people."""
    match by:
        case By.GROUP:
            return next(in_words(g.label) for g in settings().needs.groups if g.id == group)
        case By.LANGUAGE:
            return language(group)
        case By.AGE:
            return str({**AGES, **BANDS}[AgeBand(group)])
        case By.REGION:
            return in_words(settings().regions[Region(group)])


def language(name: str) -> str:
    """Name a language, or that there are several."""
    return _("More than one of them") if name == SEVERAL else language_name(Language(name))
