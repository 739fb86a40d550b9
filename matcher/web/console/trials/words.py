"""How trials of rules end, in words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from matcher.domain.counted import By
from matcher.domain.extent import Arm
from matcher.domain.trial import Why
from matcher.web.console.fairness.words import group_name

ENDS: Mapping[Why, str] = {
    Why.FEWER: _l(
        "It ended by itself: by the tried rules, fewer newcomers were suggested somebody."
    ),
    Why.WORST: _l(
        "It ended by itself: by the tried rules, those worst off were suggested somebody less "
        "often."
    ),
    Why.UNUSABLE: _l("It ended by itself: the tried rules cannot be used any more."),
    Why.OVER: _l("Its time is over."),
    Why.DROPPED: _l("The tried rules were dropped."),
    Why.REPLACED: _l("Other rules came into force, and a trial compares with those before."),
    Why.KEPT: _l("The tried rules were kept: now all rounds go by them."),
}
ARMS: Mapping[Arm, str] = {Arm.LIVE: _l("Rules in force"), Arm.TRIED: _l("Tried rules")}


def group(name: str) -> str:
    """Name those for whom one group of needs matters most."""
    return group_name(By.GROUP, name)
