"""The rules: what is in force, drafts right and wrong, previews, history."""

from urllib.parse import parse_qs, urlsplit

from matcher.domain.preview import Compared, Crowd
from matcher.store.previews import Previews
from tests.coordinating import PASSPHRASE
from tests.looks.console.ground import Ground, Seen
from tests.looks.visitor import Visitor
from tests.web.browsing import Given
from tests.web.console.test_tables import AFTER, BEFORE

TRY = "Try it on some rounds"
LOOK, PREVIEW, ASK = "Look at what it would change", "Preview", "Ask for a second yes"
WHY: Given = {"reason": "Our peers are tired", "passphrase": PASSPHRASE}
COUNTS: dict[str, dict[str, int | None]] = {
    "matched": {"people": 120, "home": None, "all": 120},
    "waiting": {"people": 40, "home": 25, "all": 65},
    "waits": {"up to a day": 65, "longer": None, "all": 65},
}


def rules(ground: Ground, one: Visitor) -> Seen:
    """Look at the rules, try a draft, get one wrong, publish one, ask for another."""
    yield "draft", one.open("/en/rules/draft")
    text = one.page.form_with(LOOK).values["text"]
    wrong = text.replace("a_day = 3", "a_day = 51").replace("floor = 0.15", 'floor = "x"')
    yield "draft-wrong", one.press(LOOK, {"text": wrong})
    yield "draft-open-wrong", one.open("/en/rules/draft").press(LOOK, {"text": 'a = "x'})
    yield "draft-file-wrong", one.open("/en/rules/draft").press("Take this file")
    for part in ("musts", "floor", "needs"):
        yield f"draft-part-{part}", one.open(f"/en/rules/draft/part?part={part}")
    one.open("/en/rules/draft?preset=spare-our-peers").press(LOOK)
    yield "draft-changed", one
    yield "draft-reason-wrong", one.press("Publish")
    one.open("/en/rules/draft?preset=spare-our-peers").press("Publish", WHY)
    yield from _previews(ground, one)
    yield from _trial(one)
    yield "draft-looser", one.open("/en/rules/draft?preset=more-people")
    one.press(ASK, {"reason": "Many wait"})
    yield "rules", one.open("/en/rules")
    yield "rules-history", one.open("/en/rules/history")
    yield "rules-version", one.open("/en/rules/version?number=2")
    one.open("/en/rules").press("Pause them now").press("Close it to newcomers now")
    yield "rules-paused", one


def _trial(one: Visitor) -> Seen:
    yield "trial-none", one.open("/en/rules/trial")
    text = one.open("/en/rules/draft").page.form_with(LOOK).values["text"]
    one.press(LOOK, {"text": text.replace("a_day = 1", "a_day = 0")})
    yield "draft-try-wrong", one.press(TRY, {"reason": "To see", "share": "70"})
    yield "trial", one.press(TRY, {"share": "20"})
    yield "trial-wrong", one.press("Keep the tried rules")
    yield "trial-ended", one.press("Drop the tried rules")


def _previews(ground: Ground, one: Visitor) -> Seen:
    one.open("/en/rules/draft?preset=more-people").press(PREVIEW, {"on": "live"})
    yield "preview-waits", one
    which = parse_qs(urlsplit(one.response.request.url).query)["which"][0]
    sides = {f"{side}.{name}": t for side in ("before", "after") for name, t in COUNTS.items()}
    Previews(ground.world.backing).answer(which, Compared(live=sides, off_by=11.3))
    yield "preview-live", one.open(f"/en/rules/preview?which={which}")
    drawn = Compared(drawn=(BEFORE, AFTER), crowd=Crowd(young=2.5, minors=0.05))
    Previews(ground.world.backing).answer(which, drawn)
    yield "preview-drawn", one.open(f"/en/rules/preview?which={which}")
    yield "preview-gone", one.open("/en/rules/preview?which=x")
