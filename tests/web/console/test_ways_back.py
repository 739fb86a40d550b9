"""Where something did not work, a page leads back to where one was, and to the overview."""

import pytest

from matcher.bootstrap.console import ConsoleServices
from tests.web.browsing import Browser, Page

CASES = {
    "coordinators/invite": ("Coordinators", "/en/coordinators"),
    "acts/agree": ("Second yes", "/en/acts"),
    "services/save": ("Services", "/en/services"),
    "invitations/revoke": ("Invitations", "/en/invitations"),
    "rules/draft/publish": ("Rules", "/en/rules"),
    "rules/draft/part": ("Rules", "/en/rules"),
    "rules/preview/ask": ("Rules", "/en/rules"),
    "rules/trial/keep": ("Rules", "/en/rules"),
    "account/remove": ("Your account", "/en/account"),
    "notices/put-up": ("Notices", "/en/notices"),
}


def doors(html: str) -> dict[str, str]:
    """List the ways on that a page offers below what it says."""
    return Page(html.partition('<ul class="doors">')[2]).links


@pytest.mark.parametrize("path", CASES)
def test_a_form_that_was_refused_leads_back_to_its_section(owner: Browser, path: str) -> None:
    owner.open("/en/")
    answer = owner.client.post(f"/en/{path}", data={"token": "of.another.visit"})

    assert answer.status_code == 403
    name, address = CASES[path]
    assert doors(answer.get_data(as_text=True)) == {name: address, "Overview": "/en/"}


def test_a_page_that_cannot_be_shown_does_not_lead_to_itself(
    owner: Browser, console: ConsoleServices
) -> None:
    for name in ("trials", "batches"):
        (console.settings.folders.state / f"{name}-main.json").write_text("[{")

    page = owner.open("/en/invitations").response.get_data(as_text=True)
    assert doors(page) == {"Overview": "/en/"}
    part = owner.open("/en/rules/trial").response.get_data(as_text=True)
    assert doors(part) == {"Rules": "/en/rules", "Overview": "/en/"}


def test_a_page_that_is_not_there_leads_to_the_overview(owner: Browser) -> None:
    assert doors(owner.open("/en/nowhere").response.get_data(as_text=True)) == {
        "Overview": "/en/"
    }


def test_who_is_not_signed_in_is_led_to_the_door(owner: Browser) -> None:
    owner.press("Sign out")
    owner.client.set_cookie("desk", "x" * 43)
    answer = owner.client.post("/en/services/save", data={"token": "0.0.0"})

    assert doors(answer.get_data(as_text=True)) == {"Sign in": "/en/sign-in"}


def test_its_title_says_what_its_heading_says(owner: Browser) -> None:
    owner.open("/en/nowhere")

    assert owner.page.title == "This did not work"
