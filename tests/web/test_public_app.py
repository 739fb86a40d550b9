"""The public app stays small, and no page outside it can be reached through it."""

import subprocess
import sys

import pytest
from flask import Flask

HEAVY = ("numpy", "scipy", "sklearn", "ortools", "matcher.engine", "worker", "rq")
SCRIPT = """
import os, sys
from matcher.bootstrap import build
from matcher.settings.load import load
from matcher.web.public.app import create_app

app = create_app(build(load(dict(os.environ))))
assert app.test_client().get("/en/").status_code == 200
print(",".join(name for name in sys.argv[1:] if name in sys.modules))
"""


def test_the_public_app_loads_no_numerics_and_no_queue(environ: dict[str, str]) -> None:
    run = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", SCRIPT, *HEAVY],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.strip() == ""


def test_the_bare_address_leads_to_the_first_page(app: Flask) -> None:
    answer = app.test_client().get("/")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/en/"


def test_no_route_of_a_coordinator_is_in_the_public_app(app: Flask) -> None:
    paths = {str(rule) for rule in app.url_map.iter_rules()}

    assert {path for path in paths if not path.startswith(("/<any", "/static/"))} == {"/"}
    assert not [path for path in paths if "rules" in path or "console" in path]


def test_the_only_name_in_an_address_is_an_alias(app: Flask) -> None:
    names = {name for rule in app.url_map.iter_rules() for name in rule.arguments}

    assert names == {"lang", "alias", "filename"}


@pytest.mark.parametrize(
    "host", [".", "a..b", "x" * 64, "é." * 40, "[", ":", ":99999", "\u202e"]
)
@pytest.mark.parametrize("path", ["/en/", "/en/here/erase", "/en/nothing", "/en"])
def test_a_hosts_name_that_is_none_leads_to_no_error_of_ours(
    app: Flask, host: str, path: str
) -> None:
    answer = app.test_client().get(path, headers={"Host": host})

    assert answer.status_code in {200, 308, 401, 404}
