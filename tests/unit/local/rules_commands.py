"""Commands about rules as tests give them: on a state folder of their own."""

from pathlib import Path

from click.testing import CliRunner, Result

from matcher.cli import main
from matcher.settings.load import config_folder

DEFAULTS = (config_folder({}) / "rules.toml").read_text("utf-8")
WHY = ("--reason", "peers are tired")


def sanad(state: Path, *words: object) -> Result:
    """Run `sanad rules` with these words."""
    told = {"SANAD_STATE_DIR": str(state), "HOME": str(state.parent)}
    return CliRunner().invoke(main, ["rules", *map(str, words)], env=told)
