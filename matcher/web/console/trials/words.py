"""Both sides of a trial of rules, in words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from matcher.domain.counted import By
from matcher.domain.extent import Arm
from matcher.web.console.fairness.words import group_name

ARMS: Mapping[Arm, str] = {Arm.LIVE: _l("Rules in force"), Arm.TRIED: _l("Tried rules")}


def group(name: str) -> str:
    """Name those for whom one group of needs matters most."""
    return group_name(By.GROUP, name)
