"""Only who agreed to it is added to the day's sums."""

from dataclasses import replace

import pytest

from matcher.domain.profile import Consent
from tests.world import SEEKER, World


@pytest.mark.parametrize("agrees", [True, False])
def test_only_who_agreed_is_counted(world: World, *, agrees: bool) -> None:
    consent = Consent(matching=True, statistics=agrees)

    world.seeker(replace(SEEKER, consent=consent))

    sums = [key for key in world.key_names() if "stats:sums" in key]
    assert len(sums) == int(agrees)


def test_peers_are_never_counted(world: World) -> None:
    world.peer()

    assert not [key for key in world.key_names() if "stats:" in key]
