"""What somebody tells the team on a journey, and all of it that must be found nowhere."""

from msgspec import msgpack

from matcher.domain.codes import Code
from matcher.domain.profile import Role
from matcher.domain.report import Category
from matcher.store.capsules import OtherRecord
from matcher.store.reports import ReportRecord
from tests.privacy.canaries import Canaries
from tests.web.browsing import Browser
from tests.web.people import who
from tests.world import World

WHAT = Category.THREAT
SHOWN = ("message of seeker", "message of peer")
"""What they wrote to each other on the journey, by the names of its canaries."""


def tell_the_team(
    seeker: Browser, peer: Browser, code: Code, *, world: World, canaries: Canaries
) -> None:
    """Let a seeker tell the team about a peer, and look for it by their code from elsewhere."""
    teller, other = who(seeker, world).visitor, who(peer, world).visitor
    packed = msgpack.encode(ReportRecord(WHAT, Role.PEER, other.handle, ""))
    canaries.add("report", packed[:-1])  # without what follows: the name of the hold
    capsule = msgpack.encode(OtherRecord(other.handle, Role.PEER))
    canaries.add("capsule", capsule)
    for name, person in (("teller", teller), ("other", other)):
        canaries.add(f"own secret of {name}", person.own, person.own.hex())
    seeker.open("/en/here").open(seeker.page.links["Open the conversation"])
    seeker.open(seeker.page.links["Tell the team"])
    both = [str(place) for place in range(len(SHOWN))]  # what they wrote to each other
    seeker.press("Tell the team and stay", {"what": WHAT.value, "lines": both})
    assert "The team knows about this conversation" in seeker.text
    _by_code(code, seeker=seeker, canaries=canaries)


def read_at_the_desk(desk: Browser, *, canaries: Canaries) -> None:
    """Let a coordinator open what was told, and read what was shown."""
    desk.open("/en/reports").press("Open it")
    for name in SHOWN:
        assert canaries.forms[name][0].decode() in desk.text.lower()


def _by_code(code: Code, *, seeker: Browser, canaries: Canaries) -> None:
    stranger = Browser(seeker.client)
    stranger.open("/en/back/team").press("Go on", {"code": canaries.word("code to tell with")})
    stranger.open("/en/back/team").press("Go on", {"code": code})
    form = next(form for form in stranger.page.forms if "pass" in form.names)
    canaries.add("what the page carries", form.values["pass"])
    assert "It has arrived." in stranger.text
