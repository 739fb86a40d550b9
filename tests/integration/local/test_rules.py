"""`sanad rules` as its own process: what a script sees of it."""

import json
from pathlib import Path

from matcher.settings.load import config_folder
from tests import machine, servers


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
