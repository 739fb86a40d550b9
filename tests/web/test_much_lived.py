"""What a peer has lived through: a long page, as long whatever is ticked on it."""

import pytest

from matcher.domain.invitation import Scope
from matcher.domain.profile import PeerProfile
from tests.web.browsing import Browser, Given
from tests.web.people import PEERS_ABOUT, PEERS_HOW, note_code, who
from tests.world import World

PACKED = {"Accept-Encoding": "gzip"}


@pytest.fixture
def lived(browser: Browser, world: World) -> Browser:
    """Yield somebody invited, on the page of what they have lived through."""
    (invitation,) = world.services.invitations.create(
        count=1, scope=frozenset({Scope.ADULTS}), trained_for=frozenset()
    )
    browser.open("/en/join").press("Open", {"code": invitation})
    return browser.press("Go on", {"agreed": "yes"}).press("Go on", PEERS_ABOUT)


def everything(page: Browser) -> Given:
    """Say something of every need, and hide it where that is asked."""
    names = {name for form in page.page.forms for name in form.names}
    needs = [name.removeprefix("lived-") for name in names if name.startswith("lived-")]
    return {
        **{name: "some" for name in names if name.startswith("group-")},
        **{f"lived-{need}": "123"[int(need) % 3] for need in needs},
        **{f"since-{need}": ["now", "recent", "past"][int(need) % 3] for need in needs},
        "hide": sorted(needs, key=int),
    }


@pytest.mark.parametrize("language", ["en", "ar"])
def test_much_that_is_ticked_makes_the_page_no_longer(lived: Browser, language: str) -> None:
    def length(filled: Browser) -> int:
        _, sent = filled.prepared("Back", {})
        path = f"/{language}/join"
        back = filled.client.post(path, data=sent, headers=PACKED)
        return len(back.data)

    given = everything(lived)
    empty = length(lived.press("Go on"))
    lived.press("Back")
    full = length(lived.press("Go on", given))

    assert full == empty < 10_000


def test_what_is_hidden_and_since_when_comes_back_and_is_kept(
    lived: Browser, world: World
) -> None:
    given: Given = {
        "group-people": "some",
        "lived-12": "3",
        "since-12": "past",
        "lived-13": "1",
        "hide": ["12"],
    }
    lived.press("Go on", given).press("Back")
    form = lived.page.form_with("Go on")
    assert {name: form.values.getlist(name) for name in given} == {
        name: [value] if isinstance(value, str) else value for name, value in given.items()
    }
    assert not form.values.get("since-13")

    lived.press("Go on").press("Go on").press("Go on", PEERS_HOW)
    note_code(lived.press("Agree and send", {"keep": "yes"}))

    profile = world.services.places.answers(who(lived, world).visitor)
    assert isinstance(profile, PeerProfile)
    assert profile.hidden == {"people/lonely"}
