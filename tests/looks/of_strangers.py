"""What everybody can open, and what they read on bad days."""

from collections.abc import Iterator

from tests.looks.visitor import Ground, Visitor

Seen = Iterator[tuple[str, Visitor]]

OPEN = ("near", "kept", "guide", "card", "gone", "look", "browser", "back", "join")
WORDS = "milk, bread, olives, xylem"


def strangers(ground: Ground) -> Seen:
    """Open every door, also with codes that fit nowhere."""
    one = ground.somebody()
    yield "landing", one.open("/en/")
    for name in OPEN:
        yield name, one.open(f"/en/{name}")
    yield "join-wrong", one.press("Open", {"code": "abcd"})
    yield "back-wrong", one.open("/en/back").press("Open", {"code": "abcd efgh"})
    yield "back-words-wrong", one.press("Open", {"code": WORDS})
    yield "back-empty-wrong", one.open("/en/back").press("Open", {"code": ""})


def bad_days(ground: Ground) -> Seen:
    """Meet every kind of error page."""
    one = ground.somebody()
    yield "error-404", one.open("/en/nothing")
    yield "error-401", one.open("/en/here")
    yield "error-405", one.post("/en/", {})
    yield "error-403", one.post("/en/start", {"token": "0.a.b"})
    yield "error-413", one.post("/en/start", {"draft": "x" * 70_000})
    lost = Visitor(ground.lost.test_client())
    sent = ground.somebody().open("/en/back").prepared("Open", {"code": "abcd"})[1]
    yield "error-503", lost.post("/en/back", sent.to_dict())
    pressed = Visitor(ground.pressed.test_client())
    yield "error-429-wait", pressed.open("/en/back").press("Open", {"code": "abcd"})
