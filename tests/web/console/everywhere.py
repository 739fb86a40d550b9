"""A coordinator who goes every way there is in the console."""

from datetime import timedelta

from flask import Flask

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.coordinator import OPERATOR, Rank
from matcher.service.digits import STEP_SECONDS
from matcher.web.console.rules import words as rules_words
from tests.authenticator import Device
from tests.coordinating import PASSPHRASE, Holder, come_in
from tests.telling import tell
from tests.web.browsing import Browser, Given
from tests.world import World

PAGES = (
    *("/en/outcomes", "/en/outcomes/weights", "/en/fairness", "/en/needs", "/en/needs.csv"),
    *("/en/acts", "/en/log", "/en/coordinators", "/en/invitations", "/en/notes", "/en/account"),
    *("/en/rules", "/en/rules/history", "/en/rules/version", "/en/rules/text"),
    "/en/rules/trial",
    "/en/rules/draft?preset=more-people",
    *(f"/en/rules/draft/part?part={part}" for part in rules_words.PAGES),
    *("/en/reports", "/en/notices", "/en/services", "/en/services/add"),
    *("/en/services/change?service=example-line", "/en/services/text", "/en/services/cards"),
)


ANOTHER = PASSPHRASE[::-1]
SERVICE: Given = {
    "id": "a-clinic",
    "name-en": "A clinic",
    "text-en": "Tests",
    "hours-en": "always",
    "cost-en": "free",
    "reach-phone": "113",
    "languages": ["en"],
    "ages": ["18-plus"],
}


def go_every_way(app: Flask, console: ConsoleServices, world: World) -> Browser:
    """Come in with a code, look at every page, send every form once; ends signed in."""
    browser = Browser(app.test_client()).open("/")
    browser.open("/en/join")
    secret = browser.page.form_with("Make my account").values["secret"]
    ana = Holder(name="Ana", secret=secret)
    made = {
        "code": str(console.coordinators.open_door(Rank.OWNER)),
        "name": ana.name,
        "passphrase": PASSPHRASE,
        "again": PASSPHRASE,
        "digits": ana.digits(console.clock.now()),
    }
    browser.press("Make my account", {**made})
    come_in(console, "Ben")
    for path in PAGES:
        browser.open(path)
    changes(browser, console)
    rules(browser)
    trial(browser)
    world.services.notes.write(world.peer(how=None).visitor, "What do I say?")
    browser.open("/en/notes").press("Open the notes")
    browser.press("Send the answer", {"text": "Say it early."})
    handle_reports(browser, world)
    browser.open("/en/notices").press("Put it up", {"says-en": "We are closed on Friday."})
    browser.press("Take it down")
    services(browser)
    use_a_passkey(browser, Device())
    browser.open("/en/").press("Sign out")
    for file in ("/look/site.css", "/static/console.css"):
        browser.client.get(file)
    sign_in(browser, ana, console, world)
    prove_anew(browser, console)
    return browser


def changes(browser: Browser, console: ConsoleServices) -> None:
    """Ask for every change, withdraw it, agree to another one's; make cards and revoke them."""
    for button in (
        "Make a one-time code",
        "Ask to make them a coordinator only",
        "Make a code for their account",
        "Ask to remove their account",
    ):
        form = browser.open("/en/coordinators").page.form_with(button)
        sure: Given = {"passphrase": PASSPHRASE} if "passphrase" in form.names else {}
        browser.press(button, sure)
        browser.open("/en/acts").press("Withdraw")
    ben = console.coordinators.roster().named("Ben")
    console.staff.ask_to_invite(ben.id if ben else OPERATOR, Rank.COORDINATOR)
    browser.open("/en/acts").press("Agree")
    browser.open("/en/invitations").press("Make the cards", {"purpose": "spring"})
    browser.open("/en/invitations").press("Revoke what is left of them")


def trial(browser: Browser) -> None:
    """Try rules on some rounds and drop them, try others and keep them; pause all at last."""
    look = "Look at what it would change"
    ends: tuple[tuple[str, Given], ...] = (
        ("Drop the tried rules", {}),
        ("Keep the tried rules", {"reason": "they were"}),
    )
    for button, why in ends:
        text = browser.open("/en/rules/draft").page.form_with(look).values["text"]
        browser.press(
            look, {"text": text.replace("capacity_ceiling = 2", "capacity_ceiling = 1")}
        )
        form = browser.page.form_with("Try it on some rounds")
        sure: Given = {"passphrase": PASSPHRASE} if "passphrase" in form.names else {}
        browser.press("Try it on some rounds", {"reason": "peers are tired", **sure})
        browser.press(button, why)
    browser.open("/en/rules").press("Pause them now").press("Close it to newcomers now")
    browser.press("Ask to let people in again").press("Withdraw")


def rules(browser: Browser) -> None:
    """Look at a draft of rules, publish it, and ask for one that is less safe."""
    for preset, button in (
        ("spare-our-peers", "Publish"),
        ("balanced", "Ask for a second yes"),
    ):
        browser.open(f"/en/rules/draft?preset={preset}").press("Look at what it would change")
        browser.press("Preview").press("Cancel")
        browser.open(f"/en/rules/draft?preset={preset}")
        browser.press(button, {"reason": "peers are tired"})
    browser.open("/en/rules")
    browser.open("/en/acts").press("Withdraw")
    text = browser.open("/en/rules/text").response.get_data()
    browser.open("/en/rules/draft").bring("Take this file", "file", text)
    browser.open("/en/rules/draft/part?part=offers").press("Put it into the draft")


def services(browser: Browser) -> None:
    """Write a service down, ask for it to be shown, and take one away."""
    browser.open("/en/services/add")
    browser.press("Save", SERVICE)
    browser.open("/en/services").press("All of it was checked today")
    browser.open("/en/services")
    browser.open("/en/acts").press("Withdraw")
    browser.open("/en/services").press("Take it away at once")
    given: Given = {"id": "the-clinic", "group": "health"}
    browser.open("/en/services/cards").press("Make the card", given)
    browser.press("Let its code open nothing any more")


def handle_reports(browser: Browser, world: World) -> None:
    """Open two reports; let one go, suspend somebody for the other, and ask to undo that."""
    for button in ("Let it go", "Suspend them"):
        seeker = world.seeker()
        tell(world, seeker, world.room(seeker, world.peer()))
        browser.open("/en/reports").press("Open it").press(button)
    browser.open("/en/reports").press("Ask to undo it")


def use_a_passkey(browser: Browser, device: Device) -> None:
    """Add a passkey, and remove it."""
    form = browser.open("/en/account").page.form_with("Add a passkey")
    made = device.made(form.values["challenge"])
    browser.press("Add a passkey", {"passkey": made}).press("Remove it")


def prove_anew(browser: Browser, console: ConsoleServices) -> None:
    """Take another passphrase and authenticator, and make a code for the account useless."""
    fresh: Given = {"fresh": ANOTHER, "again": ANOTHER}
    browser.open("/en/account/passphrase")
    browser.press("Change it", {"passphrase": PASSPHRASE, **fresh})
    button = "Use this one from now on"
    secret = browser.open("/en/account/digits").page.form_with(button).values["secret"]
    digits = Holder(name="Ana", secret=secret).digits(console.clock.now())
    browser.press(button, {"passphrase": ANOTHER, "digits": digits})
    console.coordinators.open_account("Ana")
    browser.open("/en/account").press("Make the code useless")


def sign_in(browser: Browser, who: Holder, console: ConsoleServices, world: World) -> Browser:
    """Sign in with the digits of the next half a minute."""
    world.begin(timedelta(seconds=STEP_SECONDS))
    given = {"name": who.name, "passphrase": who.passphrase}
    digits = who.digits(console.clock.now())
    return browser.open("/en/sign-in").press("Sign in", {**given, "digits": digits})
