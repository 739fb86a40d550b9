"""Rules files as the command line names them, each with the needs it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matcher.domain.doubts import Doubt, doubts
from matcher.domain.errors import SettingsError
from matcher.domain.rules import Rules
from matcher.settings.load import config_folder, load, pool_in_use
from matcher.settings.needs_file import read_needs
from matcher.settings.pools import chosen, told_of
from matcher.settings.rules_file import rules_from
from matcher.settings.toml_file import TomlFile, nearest, read
from matcher.settings.wording import legible
from matcher.state.rules_history import RulesHistory

PRESETS, RULES, NEEDS = "presets", "rules.toml", "needs.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A rules file that is right, with its text; `name` is how to call it."""

    name: str
    file: TomlFile
    rules: Rules

    def doubts(self) -> tuple[tuple[int, Doubt], ...]:
        """Find what may not be meant, each with its line."""
        return tuple((self.file.line(doubt.path), doubt) for doubt in doubts(self.rules))


def opened(name: str, environ: Mapping[str, str]) -> Opened:
    """Read a rules file: a path, a preset's name, or "" for the one in use.

    The one in use is what was published last, or else the file of the pool that SANAD_POOL
    names, else of the main one. A file is about the needs.toml beside it, or else that of the
    same pool.

    Raises
    ------
    SettingsError
        If the file is wrong: names file, line, key, and what is allowed.
    """
    config = config_folder(environ)
    if not name and (published := _published(environ)):
        return published
    if name:
        path = _path(name, config)
        return _read(path, _needs_of(path, environ), legible(path.name))
    own = pool_in_use(environ)
    path, about = (chosen(config, own, file) for file in (RULES, NEEDS))
    with told_of(own, about):
        read_needs(about)
    with told_of(own, path):
        return _read(path, about, str(path.relative_to(config)))


def text(name: str, environ: Mapping[str, str]) -> tuple[str, str]:
    """Read the text of a rules file or preset, right or wrong, and the name of the preset.

    Raises
    ------
    SettingsError
        If it is not there, or no TOML.
    """
    config = config_folder(environ)
    path = _path(name, config)
    return read(path).text, path.stem if path.parent == config / PRESETS else ""


def _published(environ: Mapping[str, str]) -> Opened | None:
    """Open the version in force; None where that is the file in config/."""
    try:
        settings = load(environ)
    except SettingsError:
        return None  # what is wrong with that file is told in other words
    history = RulesHistory(settings)
    version = history.all()[-1]
    if version.at is None:
        return None
    file, rules = history.opened(version)
    return Opened(name=f"version {version.number}", file=file, rules=rules)


def _read(path: Path, about: Path, name: str) -> Opened:
    needs, file = read_needs(about), read(path)
    return Opened(name=name, file=file, rules=rules_from(file, needs))


def _needs_of(path: Path, environ: Mapping[str, str]) -> Path:
    beside, config = path.parent / NEEDS, config_folder(environ)
    if beside.is_file():
        return beside
    is_of_a_pool = path.resolve().parent.parent == (config / "pools").resolve()
    return chosen(config, path.parent if is_of_a_pool else pool_in_use(environ), NEEDS)


def _path(name: str, config: Path) -> Path:
    preset = config / PRESETS / f"{name}.toml"
    if preset.is_file():
        return preset
    path = Path(name)
    if path.exists():
        return path
    known = sorted(file.stem for file in preset.parent.glob("*.toml"))
    reason = f"no file has this name, and no preset; {nearest(path.stem, known)}"
    raise SettingsError(legible(f"{name}: {reason}"))
