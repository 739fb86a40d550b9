"""What is agreed to about an account that is gone is not said to be done."""

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ActKind, Step
from matcher.domain.coordinator import Rank
from matcher.domain.errors import ActGoneError
from tests.coordinating import come_in


@pytest.mark.parametrize("kind", [ActKind.MAKE_OWNER, ActKind.RECOVER])
def test_what_an_account_was_to_get_that_is_gone_came_to_nothing(
    console: ConsoleServices, kind: ActKind
) -> None:
    ana, ben, eve = (come_in(console, name) for name in ("Ana", "Ben", "Eve"))
    if kind is ActKind.RECOVER:
        console.staff.ask_to_recover(ana.id, eve.id)
    else:
        console.staff.ask_to_rank(ana.id, eve.id, Rank.OWNER)
    (waiting,) = console.oversight.waiting(ben.id)
    console.coordinators.remove(eve.id)

    with pytest.raises(ActGoneError):
        console.oversight.agree(waiting.act.id, ben.id)

    last = console.oversight.entries()[-1]
    assert (last.kind, last.step) == (kind, Step.LAPSED)
