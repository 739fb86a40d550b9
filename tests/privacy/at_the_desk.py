"""What a coordinator types and is given on a journey; nothing of it may be found anywhere."""

from base64 import b32decode
from pathlib import Path

import pyotp

from matcher.domain import codes
from tests.privacy.canaries import Canaries
from tests.privacy.told import read_at_the_desk
from tests.web.browsing import Browser, Given

COOKIE = "desk"


def coordinate(desk: Browser, opening: Path, *, canaries: Canaries) -> None:
    """Let somebody become a coordinator, with some slips on the way, and sign in again."""
    code = codes.parse(opening.read_text())
    opening.unlink()  # as is told to whoever takes it
    canaries.add_code("coordinator's code", code)
    secret = _secret(desk.open("/en/join"), canaries)
    account: Given = {
        "code": code,
        "name": "Ana",
        "passphrase": canaries.word("passphrase"),
        "again": canaries.word("other passphrase"),
        "digits": pyotp.TOTP(secret).now(),
    }
    desk.press("Make my account", account)
    assert "The two passphrases differ" in desk.text
    account = {**account, "again": account["passphrase"], "digits": pyotp.TOTP(secret).now()}
    desk.press("Make my account", account)
    _note_session(desk, canaries)
    read_at_the_desk(desk, canaries=canaries)
    desk.press("Sign out")
    for name in ("Ana", canaries.word("unknown coordinator")):
        wrong: Given = {
            "name": name,
            "passphrase": canaries.word(f"wrong passphrase of {name}"),
        }
        desk.open("/en/sign-in").press("Sign in", {**wrong, "digits": "000000"})
        assert desk.response.status_code == 422


def _secret(desk: Browser, canaries: Canaries) -> str:
    secret = desk.page.form_with("Make my account").values["secret"]
    canaries.add("secret of digits", secret, b32decode(secret))
    return secret


def _note_session(desk: Browser, canaries: Canaries) -> None:
    cookie = desk.client.get_cookie(COOKIE)
    assert cookie is not None, desk.text
    canaries.add("cookie of a coordinator", cookie.value)
