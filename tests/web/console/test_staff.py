"""Who coordinates: asked for by owners, agreed to by somebody else, written into the log."""

import pytest

from matcher.bootstrap.console import ConsoleServices
from matcher.domain import codes
from matcher.domain.acts import ActKind, Step
from matcher.domain.coordinator import Rank
from matcher.domain.errors import OpeningGoneError
from matcher.web.console.acts import words
from tests.coordinating import PASSPHRASE, Holder, join
from tests.web.browsing import Browser, Given
from tests.web.console.conftest import Arrive

INVITE, REMOVE = "Make a one-time code", "Ask to remove their account"
PROMOTE = "Ask to make them an owner"
SURE: Given = {"passphrase": PASSPHRASE}


@pytest.fixture
def ben(arrive: Arrive, owner: Browser) -> Browser:
    """Yield the browser of a second coordinator, who is no owner."""
    assert "Ana" in owner.text
    return arrive(Holder(name="Ben"), Rank.COORDINATOR)


def code_on(page: Browser) -> str:
    html = page.response.get_data(as_text=True)
    shown = html.partition('<ol class="code"')[2].partition("</ol>")[0]
    return "".join(part.partition("</bdi>")[0] for part in shown.split("<bdi>")[1:])


def names(console: ConsoleServices) -> dict[str, Rank]:
    return {one.name: one.rank for one in console.coordinators.roster().coordinators}


def test_an_invitation_opens_once_somebody_else_has_agreed(
    owner: Browser, ben: Browser, console: ConsoleServices
) -> None:
    owner.open("/en/coordinators").press(INVITE, {**SURE, "rank": "owner"})
    code = codes.parse(code_on(owner))
    with pytest.raises(OpeningGoneError):
        join(console, Holder(name="Cleo"), code)
    assert code_on(owner.open("/en/coordinators")) == ""
    ben.open("/en/acts").press("Agree", SURE)
    join(console, Holder(name="Cleo"), code)

    assert names(console)["Cleo"] is Rank.OWNER
    assert "Nothing waits" in ben.text


def test_the_code_of_an_invitation_that_was_withdrawn_opens_nothing(
    owner: Browser, ben: Browser, console: ConsoleServices
) -> None:
    owner.open("/en/coordinators").press(INVITE, SURE)
    code = codes.parse(code_on(owner))
    assert "Another coordinator has to agree" in owner.open("/en/acts").text
    ben.open("/en/acts").press("Withdraw")

    assert "Nothing waits" in owner.open("/en/acts").text
    with pytest.raises(OpeningGoneError):
        join(console, Holder(name="Cleo"), code)
    steps = [line.step for line in console.oversight.entries()][-2:]
    assert steps == [Step.ASKED, Step.WITHDRAWN]


def test_somebody_becomes_an_owner_by_others_alone(
    owner: Browser, ben: Browser, arrive: Arrive, console: ConsoleServices
) -> None:
    owner.open("/en/coordinators").press(PROMOTE, SURE)

    assert "It is about you, so others decide" in ben.open("/en/acts").text
    assert "You can agree yourself in 24 hours" in owner.open("/en/acts").text
    cleo = arrive(Holder(name="Cleo"), Rank.COORDINATOR)
    cleo.open("/en/acts").press("Agree", SURE)

    assert names(console)["Ben"] is Rank.OWNER


def test_who_was_removed_is_out(owner: Browser, ben: Browser, arrive: Arrive) -> None:
    cleo = arrive(Holder(name="Cleo"), Rank.COORDINATOR)
    form = [f for f in owner.open("/en/coordinators").page.forms if "remove" in f.action][1]
    owner.client.post(form.action, data={**form.values, **SURE})
    assert ben.client.get("/en/").status_code == 200
    cleo.open("/en/acts").press("Agree", SURE)

    assert ben.client.get("/en/").status_code == 303
    assert "an account that is gone" in owner.open("/en/log").text


def test_a_dangerous_act_needs_the_passphrase_once_more(
    owner: Browser, console: ConsoleServices
) -> None:
    before = len(console.oversight.entries())
    owner.open("/en/coordinators").press(INVITE, {"passphrase": "another passphrase"})

    assert owner.response.status_code == 403
    assert "This is not your passphrase" in owner.text
    assert len(console.oversight.entries()) == before
    owner.open("/en/coordinators").press(INVITE, SURE)
    owner.open("/en/coordinators").press(INVITE)  # for some minutes it does

    assert len(console.oversight.entries()) == before + 2


@pytest.mark.parametrize("errand", ["invite", "rank", "remove"])
def test_who_is_no_owner_asks_for_nothing(
    ben: Browser, console: ConsoleServices, errand: str
) -> None:
    before = console.oversight.entries()
    token = ben.open("/en/coordinators").page.form_with("Sign out").values["token"]

    sent = {"token": token, "passphrase": PASSPHRASE}
    response = ben.client.post(f"/en/coordinators/{errand}", data=sent)

    assert response.status_code == 403
    assert console.oversight.entries() == before
    assert "Change" not in ben.text


def test_the_log_tells_who_did_what_the_newest_first(owner: Browser, ben: Browser) -> None:
    owner.open("/en/coordinators").press(INVITE, SURE)
    ben.open("/en/acts").press("Agree", SURE)

    text = owner.open("/en/log").text

    done = text.index("Invite a coordinator · Coordinator · done")
    asked = text.index("Invite a coordinator · Coordinator · asked for")
    assert text.index("Ben: Invite a coordinator") < done < asked
    assert "a terminal of this machine" in text


def test_each_line_of_the_log_has_a_number_and_a_mark_to_be_noted_down(
    owner: Browser, console: ConsoleServices
) -> None:
    lines = console.oversight.entries()

    text = owner.open("/en/log").text

    for number, line in enumerate(lines, start=1):
        assert f"{number} · {line.seal[:12]}" in text


def test_a_long_log_is_shown_page_by_page(owner: Browser, console: ConsoleServices) -> None:
    for _ in range(60):
        console.coordinators.open_door(Rank.COORDINATOR)

    first, second = (owner.open(f"/en/log?page={page}").text for page in (1, 2))

    assert "Older" in first
    assert "Became a coordinator" not in first
    assert "Became a coordinator" in second
    assert owner.open("/en/log?page=-7").response.status_code == 200
    assert owner.open("/en/log?page=x").response.status_code == 200


def test_every_act_and_step_has_words() -> None:
    assert set(words.KINDS) == set(ActKind)
    assert set(words.STEPS) == set(Step)
    assert set(words.RANKS) == set(Rank)
