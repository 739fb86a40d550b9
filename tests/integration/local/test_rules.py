"""`sanad rules` as its own process: what a script sees of it."""

import json
from pathlib import Path

from redis import Redis

from matcher.settings.load import config_folder
from tests import machine, servers
from tests.waiting import until


def test_the_exit_code_tells_a_script_and_nothing_needs_to_run(tmp_path: Path) -> None:
    wrong = tmp_path / "rules.toml"
    text = (config_folder({}) / "rules.toml").read_text("utf-8")
    wrong.write_text(text.replace("identity = 0.05", "identity = -0.05"), "utf-8")

    with servers.private_folder() as home:
        good = machine.sanad("rules", "check", "balanced", "--json", home=home)
        bad = machine.sanad("rules", "check", str(wrong), "--json", home=home)

    assert (good.returncode, json.loads(good.stdout)["ok"]) == (0, True)
    assert (bad.returncode, json.loads(bad.stdout)["ok"]) == (1, False)
    assert "because of who they are" in json.loads(bad.stdout)["error"]


def test_rules_are_tried_and_published_beside_a_running_network() -> None:
    with machine.up() as running:
        tried = machine.sanad(
            *("rules", "preview", "more-people", "--seekers", "90", "--peers", "30", "--json"),
            home=running.home,
        )
        on_nobody = machine.sanad(
            "rules", "preview", "more-people", "--live", home=running.home
        )
        begun = machine.sanad(
            *("rules", "try", "spare-our-peers", "--share", "20%", "--reason", "to see"),
            home=running.home,
        )
        shown = machine.sanad("rules", "trial", "--json", home=running.home)
        published = machine.sanad(
            *("rules", "publish", "spare-our-peers", "--reason", "tired", "--loosen"),
            home=running.home,
        )

        with Redis.from_url(running.settings.store_url) as redis:
            until(lambda: b'"a_day":1,' in (redis.hget("{main}:rules", "body") or b""), "live")

    told, on_trial = json.loads(tried.stdout), json.loads(shown.stdout)
    assert begun.returncode == 0
    assert on_trial["trial"]["extent"]["share"] == 20
    assert on_trial["figures"]["sides"]["tried"]["together"] is None
    assert (tried.returncode, published.returncode) == (0, 0)
    assert [one["seekers"] for one in told["drawn"]] == [90, 90]
    assert on_nobody.returncode == 0
    assert "Of people who wait, give or take 57 each" in on_nobody.stdout


def test_a_preview_needs_servers_and_says_so() -> None:
    with servers.private_folder() as home:
        done = machine.sanad("rules", "preview", "balanced", home=home)

    assert done.returncode == 1
    assert "sanad up" in done.stdout
