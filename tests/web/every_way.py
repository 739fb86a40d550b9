"""People who go every way there is: every button of every page, in every state of a person."""

import re
from collections.abc import Callable

from flask import Flask

from tests.web.browsing import Browser, Given
from tests.web.people import begin_to_talk, come_in_as_seeker, meet, to_the_check_page
from tests.world import World

Somebody = Callable[[], Browser]
Scene = Callable[[World, Somebody], list[Browser]]


def strangers(_world: World, somebody: Somebody) -> list[Browser]:
    """Let nobody come in."""
    return [somebody().open("/en/")]


def arriving(_world: World, somebody: Somebody) -> list[Browser]:
    """Let somebody get a code, and not note it yet."""
    browser = somebody()
    to_the_check_page(browser)
    return [browser.press("Agree and send", {"matching": "yes"})]


def coming_back(_world: World, somebody: Somebody) -> list[Browser]:
    """Let somebody come back with their code, and pause."""
    browser = somebody()
    code = come_in_as_seeker(browser)
    browser.client.get("/en/leave")
    browser.open("/en/back").press("Open", {"code": code})
    return [browser.press("Pause")]


def suggested(world: World, somebody: Somebody) -> list[Browser]:
    """Let a peer be asked while a seeker waits."""
    seeker, peer = somebody(), somebody()
    meet(world, seeker, peer)
    return [seeker, peer]


def talking(world: World, somebody: Somebody) -> list[Browser]:
    """Let two be in their conversation."""
    both = suggested(world, somebody)
    begin_to_talk(*both)
    both[1].press("Send", {"text": "Hello"})
    return both


def parted(world: World, somebody: Somebody) -> list[Browser]:
    """Let two be asked how their conversation was."""
    both = talking(world, somebody)
    both[1].open(both[1].page.links["End and erase"]).press("Yes, end and erase")
    question = "How was your conversation? A few questions, if you like"
    return [one.open(one.open("/en/here").page.links[question]) for one in both]


def asking(world: World, somebody: Somebody) -> list[Browser]:
    """Let a peer ask the coordinators."""
    peer = suggested(world, somebody)[1]
    text: Given = {"text": "What do I say?"}
    return [peer.open("/en/here/ask").press("Send it to the coordinators", text)]


def telling(world: World, somebody: Somebody) -> list[Browser]:
    """Let somebody be about to tell the team, by a code alone."""
    person = world.seeker()
    world.room(person, world.peer())
    return [somebody().open("/en/back/team").press("Go on", {"code": person.code})]


SCENES: tuple[Scene, ...] = (
    *(strangers, arriving, coming_back, suggested, talking, parted, asking, telling),
)
TOLD: Given = {"what": "unkind"}  # what has to be chosen, where it is asked
PAGES = (
    *("/en/here", "/en/here/erase", "/en/here/remind", "/en/change"),
    *("/en/start", "/en/back", "/en/join", "/en/here/team"),
    *("/en/near", "/en/card", "/en/letter"),
)


def buttons(browser: Browser) -> dict[str, tuple[int, str]]:
    """List what somebody can send: by its address a button, and its page's place in `paths`."""
    found = {}
    for place, path in enumerate(paths(browser)):
        page = (browser.open(path) if path else browser).page
        for form in page.forms:
            if form.method == "post" and form.buttons:
                address = re.sub("/(talk|after)/[^/]+", r"/\1/room", form.action)
                found[address] = (place, form.buttons[0][2])
    return found


def paths(browser: Browser) -> list[str]:
    """List the pages somebody can open, first of all the one that is open (an empty path)."""
    here = Browser(browser.client).open("/en/here")  # the page that is open stays so
    rooms = [link for link in here.page.links.values() if "/talk/" in link]
    below = [f"{room.partition('#')[0]}/{page}" for room in rooms for page in ("end", "team")]
    return ["", *PAGES, *rooms, *below]


def go_every_way(app: Flask, world: World) -> None:
    """Send every form of every page, each in a scene of its own, until it worked once."""

    def somebody() -> Browser:
        return Browser(app.test_client())

    worked: set[str] = set()
    for scene in SCENES:
        for nth, person in enumerate(scene(world, somebody)):
            for address, (place, button) in buttons(person).items():
                if address not in worked and _works(scene(world, somebody)[nth], place, button):
                    worked.add(address)


def _works(person: Browser, place: int, button: str) -> bool:
    path = paths(person)[place]
    page = (person.open(path) if path else person).page
    is_telling = page.form_with(button).action.partition("#")[0].endswith("/team")
    given = TOLD if is_telling else None
    sent = person.press(button, given)
    return sent.response.status_code < 400
