"""Two changes of what one proves by, at once: none is lost, and the later one is told so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ActKind
from matcher.domain.coordinator import Roster
from matcher.domain.errors import NotSignedInError, ProofsChangedError
from matcher.service.account import Account
from matcher.service.coordinators import Coordinators, Me, Second
from matcher.service.digits import STEP_SECONDS
from matcher.service.factors import Authenticator, Factors
from matcher.service.passkeys import Sent
from matcher.state.files import StateFile
from tests.authenticator import Device
from tests.coordinating import PASSPHRASE, Holder, join
from tests.world import World

FIRST, LATER = "a kettle on the balcony", "a ladder in the garden"
STEP = timedelta(seconds=STEP_SECONDS)
Doing = Callable[[ConsoleServices, Me], object]


class Interrupted(StateFile[Roster]):
    """A roster in which something else happens right after it was first read."""

    meanwhile: list[Callable[[], object]]

    def read(self) -> Roster:
        """Read, then let it happen."""
        found = super().read()
        while self.meanwhile:
            self.meanwhile.pop()()
        return found


@pytest.fixture
def ana() -> Holder:
    """Yield what Ana proves by."""
    return Holder(name="Ana")


@pytest.fixture
def me(console: ConsoleServices, ana: Holder) -> Me:
    """Yield Ana, as she is signed in."""
    return console.coordinators.me(join(console, ana))


def sent(console: ConsoleServices) -> Sent:
    device, challenge = Device(), console.account.challenge()
    answer = device.made(challenge)
    return Sent(answer=answer, challenge=challenge, site=device.site, origin=device.origin)


def change(console: ConsoleServices, me: Me) -> object:
    return console.factors.change_passphrase(me, PASSPHRASE, FIRST)


def renew(console: ConsoleServices, me: Me) -> object:
    phone = Holder(name="Ana", secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")  # noqa: S106 - a test's
    return console.factors.renew_digits(me, PASSPHRASE, shown(console, phone))


def change_late(console: ConsoleServices, me: Me) -> object:
    return console.factors.change_passphrase(me, PASSPHRASE, LATER)


def renew_late(console: ConsoleServices, me: Me) -> object:
    return console.factors.renew_digits(me, PASSPHRASE, shown(console, Holder(name="Ana")))


def get_back(console: ConsoleServices, me: Me) -> object:
    code = console.coordinators.open_account(me.name)
    return join(console, Holder(name="Ana", passphrase=FIRST), code)


def add_passkey(console: ConsoleServices, me: Me) -> object:
    console.account.add(me, sent(console))
    return None


def shown(console: ConsoleServices, phone: Holder) -> Authenticator:
    return Authenticator(secret=phone.secret, typed=phone.digits(console.clock.now()))


def torn(console: ConsoleServices, doing: Callable[[], object]) -> ConsoleServices:
    """Return the same services with a process in between that is faster."""
    doors = console.factors._doors  # noqa: SLF001 - all but its roster stays
    folder, pool = console.settings.folders.state, console.settings.pool
    roster = Interrupted(folder / f"coordinators-{pool}.json", Roster, Roster())
    roster.meanwhile = [doing]
    late = replace(doors, roster=roster)
    return replace(
        console,
        factors=Factors(late, console.oversight),
        coordinators=Coordinators(late, console.oversight),
        account=Account(roster, doors.passkeys, console.oversight),
    )


def kinds(console: ConsoleServices) -> list[ActKind]:
    return [one.kind for one in console.oversight.entries()]


@pytest.mark.parametrize("first", [change, renew, get_back])
@pytest.mark.parametrize("later", [change_late, renew_late])
def test_the_later_of_two_changes_undoes_nothing_and_is_told_so(
    console: ConsoleServices, me: Me, first: Doing, later: Doing
) -> None:
    late = torn(console, lambda: first(console, me))

    with pytest.raises(ProofsChangedError):
        later(late, me)

    found, logged = console.coordinators.roster().of(me.id), kinds(console)
    assert found is not None
    assert found.lock != me.lock
    done = {ActKind.CHANGE_PASSPHRASE, ActKind.RENEW_DIGITS, ActKind.GET_BACK_IN} & set(logged)
    assert len(done) == 1


def test_who_changes_a_passphrase_that_was_changed_before_is_not_said_to_mistype(
    console: ConsoleServices, me: Me
) -> None:
    change(console, me)

    with pytest.raises(ProofsChangedError):
        console.factors.change_passphrase(me, PASSPHRASE, LATER)


@pytest.mark.parametrize("first", [change, renew, get_back])
def test_no_passkey_slips_in_while_other_visits_are_ended(
    console: ConsoleServices, me: Me, first: Doing
) -> None:
    first(console, me)

    with pytest.raises(ProofsChangedError):
        add_passkey(console, me)

    assert console.account.passkeys(me.id) == ()
    assert ActKind.ADD_PASSKEY not in kinds(console)


def test_a_passkey_added_meanwhile_stays_with_another_passphrase(
    console: ConsoleServices, me: Me
) -> None:
    late = torn(console, lambda: add_passkey(console, me))

    late.factors.change_passphrase(me, PASSPHRASE, FIRST)

    assert len(console.account.passkeys(me.id)) == 1
    assert kinds(console)[-2:] == [ActKind.ADD_PASSKEY, ActKind.CHANGE_PASSPHRASE]


def test_a_passkey_is_forgotten_once_and_logged_once(console: ConsoleServices, me: Me) -> None:
    add_passkey(console, me)
    (key,) = console.account.passkeys(me.id)

    for _ in range(2):
        console.account.remove(me, key.mark)

    assert console.account.passkeys(me.id) == ()
    assert kinds(console).count(ActKind.REMOVE_PASSKEY) == 1


@pytest.mark.parametrize("first", [change, renew, get_back])
def test_old_proofs_do_not_open_what_is_changed_while_they_are_judged(
    console: ConsoleServices, ana: Holder, me: Me, world: World, first: Doing
) -> None:
    world.advance(STEP)
    old = Second(digits=ana.digits(console.clock.now() + STEP))

    def meanwhile() -> None:
        first(console, me)
        world.advance(STEP)

    late = torn(console, meanwhile)
    with pytest.raises(NotSignedInError):
        late.coordinators.sign_in("Ana", PASSPHRASE, old)
