"""Notices in the reader's language, on the first page and on somebody's own."""

from typing import NamedTuple

from matcher.domain.errors import StoreDownError
from matcher.domain.notice import Audience, Notice
from matcher.web.common.i18n import languages, locale
from matcher.web.common.wiring import services


class Told(NamedTuple):
    """What a notice says to whoever reads this page, and in which language it says it."""

    language: str
    text: str


def told(*audiences: Audience) -> list[Told]:
    """Read what is told to these; nothing where the store is away: the page still shows."""
    try:
        standing = services().notices.standing()
    except StoreDownError:
        return []
    return [_spoken(one) for one in standing if one.audience in audiences]


def _spoken(notice: Notice) -> Told:
    """Choose the reader's language, or the first that the notice was written in."""
    order = (locale(), *languages(), *notice.words)
    language = next(one for one in order if one in notice.words)
    return Told(language, notice.words[language])
