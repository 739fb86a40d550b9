"""Who gets into the console, and who does not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.coordinator import Rank
from matcher.domain.errors import (
    MatcherError,
    NameTakenError,
    NoSessionError,
    NotSignedInError,
    NotSureError,
    OpeningGoneError,
    TooManyTriesError,
)
from matcher.service.coordinators import Newcomer, Second
from matcher.service.digits import STEP_SECONDS
from matcher.settings.model import Settings
from matcher.store.keys import DESK_IDLE, DESK_MOST, DESK_SURE, MINUTE
from tests.coordinating import PASSPHRASE, Holder, come_in, join, wired
from tests.servers import Running
from tests.world import World

STEP = timedelta(seconds=STEP_SECONDS)


@pytest.fixture
def ana(console: ConsoleServices) -> Holder:
    """Yield the first coordinator."""
    found = Holder(name="Ana")
    join(console, found)
    return found


def later(world: World) -> None:
    """Let new digits come."""
    world.advance(STEP)


def sign_in(console: ConsoleServices, holder: Holder) -> str:
    digits = holder.digits(console.clock.now())
    return console.coordinators.sign_in(holder.name, holder.passphrase, Second(digits=digits))


def test_the_first_code_makes_an_owner(console: ConsoleServices) -> None:
    assert console.coordinators.are_none()

    me = console.coordinators.me(join(console, Holder(name="Ana")))

    assert (me.name, me.rank) == ("Ana", Rank.OWNER)
    assert not console.coordinators.are_none()


def test_a_code_works_once_also_for_many_at_once(console: ConsoleServices) -> None:
    code = console.coordinators.open_door(Rank.OWNER)

    def attempt(number: int) -> bool:
        try:
            join(console, Holder(name=f"Somebody {number}"), code)
        except OpeningGoneError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(attempt, range(4))).count(True) == 1


def test_a_code_ends_after_a_day(console: ConsoleServices, world: World) -> None:
    code = console.coordinators.open_door(Rank.OWNER)
    world.advance(timedelta(hours=24))

    with pytest.raises(OpeningGoneError):
        join(console, Holder(name="Ana"), code)


def test_wrong_digits_and_a_taken_name_leave_the_code_good(
    console: ConsoleServices, ana: Holder
) -> None:
    code = console.coordinators.open_door(Rank.COORDINATOR)
    unfit = Newcomer(name="Ben", passphrase=PASSPHRASE, secret=ana.secret, typed="12345")

    with pytest.raises(NotSignedInError):
        console.coordinators.join(code, unfit)
    with pytest.raises(NameTakenError):
        join(console, Holder(name=" ANA "), code)
    me = console.coordinators.me(join(console, Holder(name="Ben"), code))

    assert me.rank is Rank.COORDINATOR


def test_somebody_comes_back_with_new_digits(
    console: ConsoleServices, ana: Holder, world: World
) -> None:
    later(world)

    cookie = sign_in(console, ana)

    assert console.coordinators.me(cookie).name == "Ana"


def test_digits_are_taken_once_whoever_sends_them(
    console: ConsoleServices,
    ana: Holder,
    world: World,
    settings: Settings,
    both_servers: tuple[Running, Running],
) -> None:
    later(world)
    digits = ana.digits(console.clock.now())
    other = wired(settings, *both_servers)

    def attempt(services: ConsoleServices) -> bool:
        try:
            services.coordinators.sign_in(ana.name, ana.passphrase, Second(digits=digits))
        except NotSignedInError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        tries = list(threads.map(attempt, [console, other, console, other]))

    assert tries.count(True) == 1


def test_older_digits_than_those_last_used_are_refused(
    console: ConsoleServices, ana: Holder, world: World
) -> None:
    later(world)
    before = ana.digits(console.clock.now() - STEP)
    sign_in(console, ana)

    with pytest.raises(NotSignedInError):
        console.coordinators.sign_in(ana.name, ana.passphrase, Second(digits=before))


WRONG = {
    "unknown name": ("Nobody", PASSPHRASE, True),
    "wrong passphrase": ("Ana", "another passphrase", True),
    "wrong digits": ("Ana", PASSPHRASE, False),
    "no digits": ("Ana", PASSPHRASE, None),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_whatever_is_wrong_is_told_alike(
    console: ConsoleServices, ana: Holder, world: World, wrong: str
) -> None:
    later(world)
    name, passphrase, has_digits = WRONG[wrong]
    right = ana.digits(console.clock.now())
    other = ana.others(console.clock.now())
    digits = "" if has_digits is None else right if has_digits else other

    with pytest.raises(NotSignedInError) as told:
        console.coordinators.sign_in(name, passphrase, Second(digits=digits))

    assert str(told.value) == ""
    assert sign_in(console, ana)  # and uses nothing up


@pytest.mark.parametrize("name", ["Ana", "Nobody"])
def test_a_name_has_five_tries_a_minute_and_others_have_theirs(
    console: ConsoleServices, ana: Holder, world: World, name: str
) -> None:
    ben = Holder(name="Ben")
    join(console, ben, console.coordinators.open_door(Rank.COORDINATOR))
    world.begin(MINUTE)

    def attempt() -> type[MatcherError]:
        with pytest.raises(MatcherError) as told:
            console.coordinators.sign_in(name, "a wrong passphrase", Second(digits="000000"))
        return told.type

    assert [attempt() for _ in range(7)] == [NotSignedInError] * 5 + [TooManyTriesError] * 2
    assert sign_in(console, ben)
    world.begin(MINUTE)
    assert sign_in(console, ana)


def test_a_new_login_ends_the_old_one(
    console: ConsoleServices, ana: Holder, world: World
) -> None:
    later(world)
    old = sign_in(console, ana)
    later(world)
    new = sign_in(console, ana)

    with pytest.raises(NoSessionError):
        console.coordinators.me(old)
    assert console.coordinators.me(new).name == "Ana"


def test_a_session_ends_unused_and_after_hours_in_any_case(
    console: ConsoleServices, world: World
) -> None:
    cookie = join(console, Holder(name="Ana"))
    begun = world.now()

    while world.now() + DESK_IDLE / 2 < begun + DESK_MOST:
        world.advance(DESK_IDLE / 2)
        console.coordinators.me(cookie)
    world.advance(DESK_IDLE / 2 + MINUTE)

    with pytest.raises(NoSessionError):
        console.coordinators.me(cookie)


def test_an_unused_session_ends(console: ConsoleServices, world: World) -> None:
    cookie = join(console, Holder(name="Ana"))
    world.advance(DESK_IDLE + MINUTE)

    with pytest.raises(NoSessionError):
        console.coordinators.me(cookie)


def test_signing_out_ends_it_and_a_made_up_cookie_opens_nothing(
    console: ConsoleServices,
) -> None:
    cookie = join(console, Holder(name="Ana"))
    console.coordinators.sign_out(cookie)

    for given in (cookie, "made-up", "", None):
        with pytest.raises(NoSessionError):
            console.coordinators.me(given)


def test_a_passphrase_makes_sure_for_five_minutes(
    console: ConsoleServices, world: World
) -> None:
    cookie = join(console, Holder(name="Ana"))
    me = console.coordinators.me(cookie)

    with pytest.raises(NotSureError):
        console.coordinators.make_sure(me, cookie, "another passphrase")
    assert not console.coordinators.me(cookie).is_sure
    console.coordinators.make_sure(me, cookie, PASSPHRASE)
    assert console.coordinators.me(cookie).is_sure
    world.advance(DESK_SURE)
    assert not console.coordinators.me(cookie).is_sure


def test_what_is_kept_holds_no_passphrase_no_secret_no_code_and_no_cookie(
    console: ConsoleServices, settings: Settings, world: World
) -> None:
    code = console.coordinators.open_door(Rank.OWNER)
    unused = console.coordinators.open_door(Rank.OWNER)
    ana = Holder(name="Ana")
    cookie = join(console, ana, code)

    files = [p.read_text() for p in settings.folders.state.iterdir() if p.suffix == ".json"]
    dump = [world.redis.dump(key) for key in world.redis.scan_iter()]
    seen = "".join(files) + str(dump) + str(list(world.redis.scan_iter()))

    assert "Ana" in seen
    for secret in (ana.passphrase, ana.secret, str(code), str(unused), cookie):
        assert secret not in seen


def test_who_is_no_coordinator_any_more_is_out_at_once(
    console: ConsoleServices,
) -> None:
    come_in(console, "Ana", Rank.OWNER)
    cookie = join(console, Holder(name="Ben"))
    me = console.coordinators.me(cookie)
    console.coordinators.remove(me.id)

    with pytest.raises(NoSessionError):
        console.coordinators.me(cookie)
