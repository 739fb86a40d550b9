"""What a preview shows, in words: lengths of waiting, and what keeps two people apart."""

from collections.abc import Mapping

from flask_babel import gettext as _, lazy_gettext as _l

from matcher.domain.amounts import BARRIERS
from matcher.domain.barriers import Barrier
from matcher.domain.preview import LEAST, WISHES, Crowd
from matcher.domain.profile import Language
from matcher.web.common.i18n import in_words, told
from matcher.web.common.wiring import settings
from matcher.web.public.languages import language_name

WAITS: Mapping[str, str] = {
    "up to a day": _l("Up to a day"),
    "up to three days": _l("Up to three days"),
    "up to a week": _l("Up to a week"),
    "longer": _l("Longer than a week"),
    "all": _l("All together"),
}


_TIMES = "× {:g}"  # noqa: RUF001 - so many times


def wait(name: str) -> str:
    """Say how long somebody has waited."""
    return str(WAITS.get(name, name))


def group(name: str) -> str:
    """Name a group of needs."""
    if name == "all":
        return str(WAITS[name])
    labels = {str(group.id): group.label for group in settings().needs.groups}
    return in_words(labels[name]) if name in labels else name


def barrier(name: str) -> str:
    """Say what keeps two people apart."""
    if name in {one.value for one in Barrier}:
        return told(BARRIERS[Barrier(name)])
    if name == WISHES:
        return str(_("Hardly any peer fits all wishes of that person together."))
    return str(_("They share less than the rules ask for."))


def load(name: str) -> str:
    """Say how many suggestions a peer gets."""
    return str(_("With so many suggestions: %(number)s", number=name))


def count(number: int | None) -> str:
    """Write a count; where it is small it is not told."""
    return str(_("fewer than %(number)s", number=LEAST)) if number is None else f"{number:,}"


def drawn_like(crowd: Crowd) -> list[tuple[str, str]]:
    """Say of whom more or fewer were drawn than usual: who they are, and how many."""
    labels = {str(group.id): group.label for group in settings().needs.groups}
    factors = {
        _("From 18 to 25"): crowd.young,
        _("With something for which formal help comes first"): crowd.burdened,
        **{language_name(Language(code)): one for code, one in crowd.languages.items()},
        **{in_words(labels[name]): one for name, one in crowd.mix.items() if name in labels},
    }
    told = [(label, _TIMES.format(one)) for label, one in factors.items() if one != 1]
    if crowd.minors:
        told.insert(0, (_("Under 18, of 100 on both sides"), f"{100 * crowd.minors:.0f}"))
    return told


def share(part: float | None) -> str:
    """Write a share of one; where it is made of a small count it is not told."""
    return str(_("hidden")) if part is None else f"{100 * part:.0f}\u00a0%"
