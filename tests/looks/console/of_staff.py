"""The door of the console, one's own account, who coordinates, acts and their log."""

from matcher.domain.coordinator import Rank
from tests.coordinating import PASSPHRASE, Holder, come_in
from tests.looks.console.ground import Ground, Seen
from tests.looks.visitor import Visitor

JOIN = "Make my account"


def door(ground: Ground) -> Seen:
    """Stand before the door, and get its questions wrong."""
    one = ground.stranger()
    yield "sign-in", one.open("/en/sign-in")
    yield "sign-in-wrong", one.press("Sign in", {"name": "Ana", "passphrase": "x"})
    yield "join", one.open("/en/join")
    yield "join-wrong", one.press(JOIN, {"code": "1234", "name": "A", "passphrase": "short"})


def account(ground: Ground, one: Visitor) -> Seen:
    """Look at one's own account, and get the forms wrong."""
    yield "account", one.open("/en/account")
    yield "passphrase", one.open("/en/account/passphrase")
    yield "passphrase-wrong", one.press("Change it", {"fresh": "short"})
    yield "digits", one.open("/en/account/digits")
    yield "digits-wrong", one.press("Use this one from now on", {"digits": "1"})
    ground.console.coordinators.open_account("Lina")
    yield "account-asked-for", one.open("/en/account")
    yield "home-asked-for", one.open("/en/")
    one.open("/en/account").press("Make the code useless")


def staff(ground: Ground, one: Visitor) -> Seen:
    """Look at who coordinates, and ask for changes."""
    come_in(ground.console, "Ben")
    yield "coordinators", one.open("/en/coordinators")
    yield "coordinators-code", one.press("Make a one-time code")
    one.open("/en/coordinators").press("Ask to make them a coordinator only")
    other = ground.arrives(Holder(name="Cleo"), Rank.COORDINATOR)
    yield "coordinators-for-others", other.open("/en/coordinators")


def acts(ground: Ground, one: Visitor) -> Seen:
    """Look at what waits, and at what was done."""
    yield "acts", one.open("/en/acts")
    yield "log", one.open("/en/log")
    ground.arrives(Holder(name="Dan"), Rank.COORDINATOR)
    back = ground.console.coordinators.open_account("Dan")
    stranger = ground.stranger().open("/en/join")
    secret = stranger.page.form_with(JOIN).values["secret"]
    digits = Holder(name="Dan", secret=secret).digits(ground.world.now())
    passphrases = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    stranger.press(JOIN, {"code": back, "name": "Dan", "digits": digits, **passphrases})
    yield "home-given-back", one.open("/en/")


def bad_days(ground: Ground, one: Visitor) -> Seen:
    """Come to what is not there, not one's own to do, or damaged."""
    yield "error-404", one.open("/en/nowhere")
    yield "error-405", one.open("/en/acts/agree")
    other = ground.arrives(Holder(name="Eve"), Rank.COORDINATOR)
    token = other.open("/en/").page.form_with("Sign out").values["token"]
    yield "error-403", other.post("/en/coordinators/invite", {"token": token})
    folder = ground.console.settings.folders.state
    (folder / "asked-rules-main.json").write_text("{")
    yield "rules-wishes-damaged", one.open("/en/rules")
    for name in ("acts", "asked-services"):
        (folder / f"{name}-main.json").write_text("{")
    yield "home-damaged", one.open("/en/")
    yield "services-damaged", one.open("/en/services")
    yield "error-damaged", one.open("/en/log")
    (folder / "rules-main.json").write_text("{")
    yield "rules-damaged", one.open("/en/rules")
    yield "rules-damaged-paused", one.press("Pause them now")
    yield "home-damaged-paused", one.open("/en/")
