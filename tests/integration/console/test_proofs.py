"""Changing what one proves by, and getting an account back that one cannot open any more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.acts import ActKind, Step
from matcher.domain.coordinator import OPERATOR, Rank
from matcher.domain.errors import (
    NameTakenError,
    NoSessionError,
    NotAllowedError,
    NotSignedInError,
    NotSureError,
    OpeningGoneError,
    OtherNameError,
    TooManyTriesError,
    UnknownNameError,
)
from matcher.service.coordinators import Me, Second
from matcher.service.digits import STEP_SECONDS
from matcher.service.factors import Authenticator
from matcher.service.openings import OPENING_LIVES
from matcher.service.passkeys import Sent
from matcher.service.tries import TRIES_A_MINUTE
from tests.authenticator import Device
from tests.coordinating import PASSPHRASE, Holder, come_in, join
from tests.world import World

ANOTHER = "a kettle on the balcony"
STEP = timedelta(seconds=STEP_SECONDS)


@pytest.fixture
def ana() -> Holder:
    """Yield what Ana proves by."""
    return Holder(name="Ana")


@pytest.fixture
def cookie(console: ConsoleServices, ana: Holder) -> str:
    """Yield Ana's session."""
    return join(console, ana)


@pytest.fixture
def me(console: ConsoleServices, cookie: str) -> Me:
    """Yield Ana, as she is signed in."""
    return console.coordinators.me(cookie)


def sign_in(console: ConsoleServices, holder: Holder) -> str:
    digits = holder.digits(console.clock.now())
    return console.coordinators.sign_in(holder.name, holder.passphrase, Second(digits=digits))


def is_over(console: ConsoleServices, cookie: str) -> bool:
    try:
        console.coordinators.me(cookie)
    except NoSessionError:
        return True
    return False


def kinds(console: ConsoleServices) -> list[ActKind]:
    return [one.kind for one in console.oversight.entries()]


def fresh(console: ConsoleServices, holder: Holder) -> Authenticator:
    return Authenticator(secret=holder.secret, typed=holder.digits(console.clock.now()))


def test_another_passphrase_opens_the_same_authenticator_and_ends_other_visits(
    console: ConsoleServices, ana: Holder, me: Me, cookie: str, world: World
) -> None:
    own = console.factors.change_passphrase(me, PASSPHRASE, ANOTHER)

    assert is_over(console, cookie)
    assert console.coordinators.me(own).id == me.id
    assert kinds(console)[-1] is ActKind.CHANGE_PASSPHRASE
    world.advance(STEP)
    with pytest.raises(NotSignedInError):
        sign_in(console, ana)
    assert sign_in(console, replace(ana, passphrase=ANOTHER))


def test_a_new_authenticator_makes_the_old_one_useless_and_ends_other_visits(
    console: ConsoleServices, ana: Holder, me: Me, cookie: str, world: World
) -> None:
    phone = Holder(name="Ana")
    own = console.factors.renew_digits(me, PASSPHRASE, fresh(console, phone))

    assert is_over(console, cookie)
    assert not is_over(console, own)
    assert kinds(console)[-1] is ActKind.RENEW_DIGITS
    with pytest.raises(NotSignedInError):  # its digits were used when it was taken
        sign_in(console, phone)
    world.advance(STEP)
    with pytest.raises(NotSignedInError):
        sign_in(console, ana)
    assert sign_in(console, phone)


def test_without_the_passphrase_or_its_digits_nothing_is_changed(
    console: ConsoleServices, me: Me, cookie: str
) -> None:
    before, lines = console.coordinators.roster(), kinds(console)
    holder = Holder(name="Ana")
    phone, other = fresh(console, holder), holder.others(console.clock.now())

    with pytest.raises(NotSureError):
        console.factors.change_passphrase(me, ANOTHER, ANOTHER)
    with pytest.raises(NotSureError):
        console.factors.renew_digits(me, ANOTHER, phone)
    with pytest.raises(NotSignedInError):
        console.factors.renew_digits(me, PASSPHRASE, replace(phone, typed=other))

    assert console.coordinators.roster() == before
    assert kinds(console) == lines
    assert not is_over(console, cookie)


def test_an_open_visit_does_not_let_anybody_guess_the_passphrase(
    console: ConsoleServices, me: Me
) -> None:
    for _ in range(TRIES_A_MINUTE):
        with pytest.raises(NotSureError):
            console.factors.change_passphrase(me, "a guess", ANOTHER)

    with pytest.raises(TooManyTriesError):
        console.factors.change_passphrase(me, PASSPHRASE, ANOTHER)


def test_a_code_from_the_terminal_gives_an_account_back_with_new_proofs(
    console: ConsoleServices, ana: Holder, me: Me, cookie: str, world: World
) -> None:
    device = Device()
    challenge = console.account.challenge()
    made = Sent(
        answer=device.made(challenge),
        challenge=challenge,
        site=device.site,
        origin=device.origin,
    )
    console.account.add(me, made)
    code = console.coordinators.open_account(" ana ")
    last = console.oversight.entries()[-1]
    assert (last.kind, last.who, last.about) == (ActKind.RECOVER, OPERATOR, me.id)
    assert console.coordinators.me(cookie).is_asked_for
    back = Holder(name="ANA", passphrase=ANOTHER)
    own = join(console, back, code)

    found = console.coordinators.me(own)
    assert (found.id, found.name, found.rank) == (me.id, "Ana", Rank.OWNER)
    assert not found.is_asked_for
    assert is_over(console, cookie)
    assert kinds(console)[-1] is ActKind.GET_BACK_IN
    assert console.account.passkeys(me.id) == ()
    world.advance(STEP)
    with pytest.raises(NotSignedInError):
        sign_in(console, ana)
    assert sign_in(console, back)


def test_the_old_proofs_work_until_the_code_is_used_and_it_ends_after_a_day(
    console: ConsoleServices, ana: Holder, me: Me, world: World
) -> None:
    code = console.coordinators.open_account(me.name)
    world.advance(STEP)
    assert sign_in(console, ana)
    world.advance(OPENING_LIVES)

    with pytest.raises(OpeningGoneError):
        join(console, Holder(name="Ana"), code)


def test_a_code_for_an_account_makes_no_other_and_takes_no_other_name(
    console: ConsoleServices, me: Me
) -> None:
    come_in(console, "Ben")
    code, other = (console.coordinators.open_account(me.name) for _ in range(2))

    for name in ("Ben", "Cleo"):
        with pytest.raises(OtherNameError):
            join(console, Holder(name=name), code)
    with pytest.raises(NameTakenError):
        join(console, Holder(name="Ana"), console.coordinators.open_door(Rank.OWNER))
    with pytest.raises(UnknownNameError):
        console.coordinators.open_account("Cleo")
    assert join(console, Holder(name="Ana"), code)
    for used in (code, other):
        with pytest.raises(OpeningGoneError):
            join(console, Holder(name="Ana"), used)


def test_a_code_for_an_account_that_was_removed_opens_nothing(
    console: ConsoleServices, me: Me
) -> None:
    code = console.coordinators.open_account(me.name)
    console.coordinators.remove(me.id)

    with pytest.raises(OpeningGoneError):
        join(console, Holder(name="Ana"), code)


def test_who_is_no_owner_any_more_does_not_become_one_again_by_a_code(
    console: ConsoleServices, me: Me
) -> None:
    code = console.coordinators.open_account(me.name)
    console.coordinators.rank(me.id, Rank.COORDINATOR)

    back = console.coordinators.me(join(console, Holder(name="Ana"), code))

    assert back.rank is Rank.COORDINATOR


@pytest.mark.parametrize("is_new", [True, False])
def test_codes_that_somebody_asked_for_end_with_their_account(
    console: ConsoleServices, me: Me, *, is_new: bool
) -> None:
    ben, cleo = come_in(console, "Ben"), come_in(console, "Cleo")
    code = (
        console.staff.ask_to_invite(me.id, Rank.OWNER)
        if is_new
        else console.staff.ask_to_recover(me.id, ben.id)
    )
    (one,) = console.oversight.waiting(cleo.id)
    console.oversight.agree(one.act.id, cleo.id)
    console.coordinators.remove(me.id)

    with pytest.raises(OpeningGoneError):
        join(console, Holder(name="Dov" if is_new else "Ben"), code)


def test_an_owner_gives_an_account_back_with_a_second_person_alone(
    console: ConsoleServices, me: Me
) -> None:
    ben, cleo = come_in(console, "Ben"), come_in(console, "Cleo")
    code = console.staff.ask_to_recover(me.id, ben.id)
    (one,) = console.oversight.waiting(cleo.id)
    with pytest.raises(OpeningGoneError):
        join(console, Holder(name="Ben"), code)
    for who in (me.id, ben.id):
        with pytest.raises(NotAllowedError):
            console.oversight.agree(one.act.id, who)
    console.oversight.agree(one.act.id, cleo.id)

    assert console.coordinators.me(join(console, Holder(name="Ben"), code)).id == ben.id
    done = [e for e in console.oversight.entries() if e.kind is ActKind.RECOVER]
    assert [(e.step, e.who, e.about) for e in done] == [
        (Step.ASKED, me.id, ben.id),
        (Step.DONE, cleo.id, ben.id),
    ]


def test_whose_account_is_asked_for_can_say_no_before_and_after(
    console: ConsoleServices, me: Me
) -> None:
    ben, cleo = come_in(console, "Ben"), come_in(console, "Cleo")
    console.staff.ask_to_recover(me.id, ben.id)
    (one,) = console.oversight.waiting(ben.id)
    assert (one.may_agree, one.may_withdraw) == (False, True)
    console.oversight.withdraw(one.act.id, ben.id)
    code = console.staff.ask_to_recover(me.id, ben.id)
    (one,) = console.oversight.waiting(cleo.id)
    console.oversight.agree(one.act.id, cleo.id)
    console.coordinators.keep_account(ben.id)

    assert kinds(console)[-1] is ActKind.KEEP_ACCOUNT
    with pytest.raises(OpeningGoneError):
        join(console, Holder(name="Ben"), code)
