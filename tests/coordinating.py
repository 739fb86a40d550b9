"""Coordinators in tests: accounts, authenticators, and the console's services."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pyotp

from matcher.bootstrap.console import ConsoleServices, build
from matcher.domain.codes import Code
from matcher.domain.coordinator import Rank
from matcher.domain.invitation import Scope
from matcher.domain.needs import NeedId
from matcher.domain.profile import AgeBand
from matcher.local.acl import Role
from matcher.service.batches import Wish
from matcher.service.coordinators import Me, Newcomer
from matcher.service.digits import STEP_SECONDS, new_secret
from matcher.settings.model import Settings
from matcher.settings.services_shape import ReachEntry, ServiceEntry
from tests.servers import Running

STEP = timedelta(seconds=STEP_SECONDS)
PASSPHRASE = "lanterns over the harbour"  # noqa: S105 - nobody's

WISH = Wish(
    purpose="spring training",
    count=3,
    lives=timedelta(days=7),
    scope=frozenset({Scope.ADULTS}),
    trained_for=frozenset({NeedId("health/doctors")}),
)

CLINIC = ServiceEntry(
    id="clinic",
    name={"en": "A clinic", "ar": "عيادة"},
    text="Tests",
    groups=frozenset({"health"}),
    languages=("en",),
    ages=frozenset({AgeBand.ADULT}),
    reach=ReachEntry(phone="113"),
    hours="always",
    cost="free",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody with a passphrase and an authenticator."""

    name: str
    passphrase: str = PASSPHRASE
    secret: str = field(default_factory=new_secret)

    def digits(self, now: datetime) -> str:
        """Read the digits that the authenticator shows."""
        return str(pyotp.TOTP(self.secret).generate_otp(int(now.timestamp()) // STEP_SECONDS))

    def others(self, now: datetime) -> str:
        """Name digits that it does not show, neither now nor a little earlier or later."""
        shown = {self.digits(now + steps * STEP) for steps in range(-3, 4)}
        return next(one for one in map("{:06}".format, range(10)) if one not in shown)


def wired(settings: Settings, store: Running, queue: Running) -> ConsoleServices:
    """Build the console's services, with no more rights than the console has."""
    its_store, its_queue = store.url(Role.CONSOLE), queue.url(Role.CONSOLE)
    return build(replace(settings, store_url=its_store, queue_url=its_queue))


def join(services: ConsoleServices, holder: Holder, code: Code | None = None) -> str:
    """Make an account and sign in; returns the cookie."""
    opening = code or services.coordinators.open_door(Rank.OWNER)
    newcomer = Newcomer(
        name=holder.name,
        passphrase=holder.passphrase,
        secret=holder.secret,
        typed=holder.digits(services.clock.now()),
    )
    return services.coordinators.join(opening, newcomer)


def come_in(services: ConsoleServices, name: str, rank: Rank = Rank.COORDINATOR) -> Me:
    """Let one more coordinator in."""
    code = services.coordinators.open_door(rank)
    return services.coordinators.me(join(services, Holder(name=name), code))
