"""Rules files as the command line names them, each with the needs it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matcher.domain.doubts import Doubt, doubts
from matcher.domain.errors import SettingsError
from matcher.domain.rules import Rules
from matcher.settings.load import config_folder, pool_in_use
from matcher.settings.needs_file import read_needs
from matcher.settings.pools import chosen, told_of
from matcher.settings.rules_file import rules_from
from matcher.settings.toml_file import TomlFile, nearest, read
from matcher.settings.wording import legible

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

    The one in use is that of the pool that SANAD_POOL names, else of the main one. A file is
    about the needs.toml beside it, or else that of the same pool.

    Raises
    ------
    SettingsError
        If the file is wrong: names file, line, key, and what is allowed.
    """
    config = config_folder(environ)
    if name:
        path = _path(name, config)
        return _read(path, _needs_of(path, environ), legible(path.name))
    own = pool_in_use(environ)
    path, about = (chosen(config, own, file) for file in (RULES, NEEDS))
    with told_of(own, about):
        read_needs(about)
    with told_of(own, path):
        return _read(path, about, str(path.relative_to(config)))


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
