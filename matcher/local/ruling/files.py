"""Rules files as the command line names them, each with the needs it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matcher.domain.doubts import Doubt, doubts
from matcher.domain.rules import Rules
from matcher.settings.files import read_needs
from matcher.settings.load import config_folder
from matcher.settings.rules_file import rules_from
from matcher.settings.toml_file import TomlFile, read

PRESETS = "presets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A rules file that is right, with its text."""

    file: TomlFile
    rules: Rules

    def doubts(self) -> tuple[tuple[int, Doubt], ...]:
        """Find what may not be meant, each with its line."""
        return tuple((self.file.line(doubt.path), doubt) for doubt in doubts(self.rules))


def opened(name: str, environ: Mapping[str, str]) -> Opened:
    """Read a rules file: a path, a preset's name, or "" for the one in use.

    It is about the needs.toml beside it, or else that of the settings.

    Raises
    ------
    SettingsError
        If the file is wrong: names file, line, key, and what is allowed.
    """
    path = _path(name, config_folder(environ))
    beside = path.parent / "needs.toml"
    needs = read_needs(beside if beside.is_file() else config_folder(environ) / "needs.toml")
    file = read(path)
    return Opened(file=file, rules=rules_from(file, needs))


def _path(name: str, folder: Path) -> Path:
    if not name:
        return folder / "rules.toml"
    preset = folder / PRESETS / f"{name}.toml"
    return preset if preset.is_file() else Path(name)
