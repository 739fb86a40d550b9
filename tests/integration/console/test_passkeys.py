"""A passkey in the place of digits: for its own site, once, and only with the passphrase."""

from dataclasses import replace

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.errors import NotSignedInError, PasskeyError
from matcher.service.coordinators import Me, Second
from matcher.service.passkeys import GOOD_FOR, Sent
from tests.authenticator import Device, as_text
from tests.coordinating import PASSPHRASE, Holder, come_in, join
from tests.world import World


@pytest.fixture
def ana(console: ConsoleServices) -> Me:
    return console.coordinators.me(join(console, Holder(name="Ana")))


@pytest.fixture
def device(console: ConsoleServices, ana: Me) -> Device:
    """Yield a device whose passkey Ana has added."""
    return added(console, ana, Device())


def added(console: ConsoleServices, ana: Me, found: Device) -> Device:
    challenge = console.account.challenge()
    console.account.add(ana, sent(found, found.made(challenge), challenge))
    return found


def sent(device: Device, answer: str, challenge: str) -> Sent:
    return Sent(answer=answer, challenge=challenge, site=device.site, origin=device.origin)


def signed(console: ConsoleServices, device: Device) -> Sent:
    challenge = console.account.challenge()
    return sent(device, device.signed(challenge), challenge)


def is_let_in(
    console: ConsoleServices, proof: Sent, *, name: str = "Ana", passphrase: str = PASSPHRASE
) -> bool:
    try:
        cookie = console.coordinators.sign_in(name, passphrase, Second(passkey=proof))
    except NotSignedInError:
        return False
    return console.coordinators.me(cookie).name == name


def test_a_passkey_signs_in_again_and_again(console: ConsoleServices, device: Device) -> None:
    assert [is_let_in(console, signed(console, device)) for _ in range(3)] == [True] * 3


@pytest.mark.parametrize("counts_by", [0, 1])
def test_what_was_sent_once_is_never_taken_again(
    console: ConsoleServices, ana: Me, counts_by: int
) -> None:
    proof = signed(console, added(console, ana, Device(counts_by=counts_by)))

    assert [is_let_in(console, proof) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("spelled", ["{}=", "{}!!!!", "    {}"])
def test_a_challenge_spelled_in_another_way_is_no_other_one(
    console: ConsoleServices, ana: Me, spelled: str
) -> None:
    proof = signed(console, added(console, ana, Device(counts_by=0)))
    assert is_let_in(console, proof)

    assert not is_let_in(console, replace(proof, challenge=spelled.format(proof.challenge)))


def test_a_passkey_needs_the_passphrase_and_its_own_account(
    console: ConsoleServices, device: Device
) -> None:
    come_in(console, "Ben")

    assert not is_let_in(console, signed(console, device), passphrase="another passphrase")  # noqa: S106 - a wrong one
    assert not is_let_in(console, signed(console, device), name="Ben")
    assert not is_let_in(console, signed(console, Device()))


def test_a_passkey_of_another_site_or_address_proves_nothing(
    console: ConsoleServices, device: Device
) -> None:
    elsewhere = replace(device, site="elsewhere.test")
    address = replace(device, origin="http://elsewhere.test")

    assert not is_let_in(console, signed(console, elsewhere))
    assert not is_let_in(console, replace(signed(console, address), origin=device.origin))


def test_a_device_whose_count_goes_back_is_a_copy(
    console: ConsoleServices, device: Device
) -> None:
    copy = replace(device)
    assert is_let_in(console, signed(console, device))

    assert not is_let_in(console, signed(console, copy))


@pytest.mark.parametrize(
    "challenge", ["", "made-up", as_text(bytes(40)), "é", as_text(bytes(8))]
)
def test_a_challenge_that_is_not_ours_is_refused(
    console: ConsoleServices, device: Device, challenge: str
) -> None:
    assert not is_let_in(console, sent(device, device.signed(challenge), challenge))


def test_a_challenge_ends(console: ConsoleServices, device: Device, world: World) -> None:
    proof = signed(console, device)
    world.advance(GOOD_FOR)

    assert not is_let_in(console, proof)
    assert is_let_in(console, signed(console, device))


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"rawId": 7}', '{"rawId": "é"}'])
def test_whatever_else_is_sent_is_no_passkey(
    console: ConsoleServices, ana: Me, device: Device, answer: str
) -> None:
    challenge = console.account.challenge()
    with pytest.raises(PasskeyError):
        console.account.add(ana, sent(device, answer, challenge))

    assert not is_let_in(console, sent(device, answer, console.account.challenge()))
    assert len(console.account.passkeys(ana.id)) == 1


@pytest.mark.parametrize("part", [1, 3, -1, -2, -3])
def test_a_key_without_one_of_its_parts_is_none(
    console: ConsoleServices, ana: Me, part: int
) -> None:
    broken, challenge = Device(leaves_out=part), console.account.challenge()

    with pytest.raises(PasskeyError):
        console.account.add(ana, sent(broken, broken.made(challenge), challenge))

    assert console.account.passkeys(ana.id) == ()


def test_a_removed_passkey_opens_nothing(
    console: ConsoleServices, ana: Me, device: Device
) -> None:
    (key,) = console.account.passkeys(ana.id)
    console.account.remove(ana, key.mark)

    assert not is_let_in(console, signed(console, device))
