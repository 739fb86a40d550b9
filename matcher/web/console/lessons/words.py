"""What a pair may have, and what many have told of such pairs, as coordinators read it."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _, lazy_gettext as _l
from markupsafe import Markup

from matcher.domain.rules import Term
from matcher.domain.taught import Difference, Lesson, Way

HAD: Mapping[Term, str] = {
    Term.STAGE: _l("The peer was a step further along"),
    Term.HELP: _l("The peer gave the kind of help that was asked for"),
    Term.IDENTITY: _l("The peer had an identity that was wished for"),
    Term.NEARNESS: _l("The peer was near or far, as was wished for"),
}
_REASONS: Mapping[Way, str] = {
    Way.MORE: _l("Where this was so, people said more often that it helped: %(what)s"),
    Way.LESS: _l("Where this was so, people said less often that it helped: %(what)s"),
}
DRAWN: Mapping[Way, str] = {Way.MORE: "first", Way.LESS: "second", Way.OPEN: "open"}
"""The class under which an interval is drawn; its words say the same."""

_NUMBER = Markup('<bdi dir="ltr">{}</bdi>')


def difference(found: Difference | None) -> str | Markup:
    """Say which way answers point, and how far they may; never less than one of a hundred."""
    if found is None:
        return str(_("too few to tell"))
    low, _best, high = (_NUMBER.format(abs(one)) for one in points(found))
    if found.way is Way.MORE:
        said = _("It helped more often: likely in %(low)s to %(high)s more of 100.")
    elif found.way is Way.LESS:
        low, high = high, low
        said = _("It helped less often: likely in %(low)s to %(high)s fewer of 100.")
    else:
        said = _(
            "Nothing can be said yet: anything from %(low)s fewer to %(high)s more of 100."
        )
    return Markup(said) % {"low": low, "high": high}  # noqa: S704 - our own sentences


def limit(lesson: Lesson) -> str:
    """Say why a difference that is told leads to no try."""
    if lesson.difference is None or lesson.wish is not None or lesson.weight is None:
        return ""
    match lesson.difference.way:
        case Way.MORE:
            return str(_("More weight would outweigh what people have lived through."))
        case Way.LESS:
            return str(_("Its weight is 0 already."))
        case Way.OPEN:
            return ""


def reason(lesson: Lesson) -> str:
    """Say why a draft was begun; whoever publishes it may write another reason."""
    way = lesson.difference.way if lesson.difference else Way.OPEN
    return str(_REASONS[way] % {"what": HAD[lesson.feature]}) if way in _REASONS else ""


def points(found: Difference) -> tuple[int, int, int]:
    """Round a difference to whole ones of a hundred: low, best, high."""
    return (_points(found.low), _points(found.best), _points(found.high))


def reach(lessons: Iterable[Lesson]) -> int:
    """Say how far a drawing has to reach on either side, for all to be drawn alike."""
    ends = (points(one.difference) for one in lessons if one.difference)
    return max((abs(end) for found in ends for end in found), default=0)


def _points(share: float) -> int:
    """Round away from none: what is not none never reads as none."""
    rounded = round(100 * share)
    return rounded or (1 if share > 0 else -1 if share < 0 else 0)
