"""The pools of one installation: what each reads of its own, and what of the common files."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from matcher.domain.errors import SettingsError
from matcher.settings.model import PoolFiles, PoolName
from matcher.settings.needs_file import read_needs
from matcher.settings.rules_file import read_rules
from matcher.settings.services_faults import Known
from matcher.settings.services_file import read_services

POOL_NAME = r"^[a-z][a-z0-9-]{0,31}$"
RULES, SERVICES = "rules.toml", "services.toml"
FILES = ("needs.toml", RULES, SERVICES)


def read_pools(
    config: Path, main: PoolName, *, regions: Iterable[str], languages: Iterable[str]
) -> Mapping[PoolName, PoolFiles]:
    """Read every pool: `main`, and one for each folder under config/pools/, `main` first.

    A pool reads those of `FILES` that stand in its folder, and the common ones for the rest.
    Services may name the `regions` and `languages` that all pools share.

    Raises
    ------
    SettingsError
        If a file is wrong, or a folder or a file of a pool has a name that nothing reads.
    """
    shared = tuple(regions), tuple(languages)
    return {
        name: _read(config, own_folder(config, name), *shared) for name in names(config, main)
    }


def names(config: Path, main: PoolName) -> tuple[PoolName, ...]:
    """Name every pool, `main` first.

    Raises
    ------
    SettingsError
        If a folder has a name that no pool can have.
    """
    folder = config / "pools"
    found = sorted(folder.iterdir()) if folder.is_dir() else ()
    return (main, *(_name(own) for own in found if own.is_dir() and own.name != main))


def own_folder(config: Path, pool: PoolName) -> Path:
    """Tell where a pool's own files stand, if it has any."""
    return config / "pools" / pool


def chosen(config: Path, own: Path, name: str) -> Path:
    """Find the file that a pool reads: one of its own, or the common one."""
    return own / name if (own / name).is_file() else config / name


@contextmanager
def told_of(own: Path, file: Path) -> Iterator[None]:
    """Say of which pool a file is, or for which pool a common file is wrong."""
    try:
        yield
    except SettingsError as error:
        if file.parent == own:
            raise SettingsError(f"pools/{own.name}/{error}") from None
        if own.is_dir():
            raise SettingsError(f"for the pool '{own.name}': {error}") from None
        raise


def _name(folder: Path) -> PoolName:
    if re.match(POOL_NAME, folder.name) is None:
        raise SettingsError(
            f"pools/{folder.name}: no name of a pool; allowed: a letter, then letters, digits "
            "and hyphens, all small, 32 at most"
        )
    return PoolName(folder.name)


def _read(
    config: Path, own: Path, regions: Iterable[str], languages: Iterable[str]
) -> PoolFiles:
    _refuse_strays(own)
    needs_file, rules_file, services_file = (chosen(config, own, name) for name in FILES)
    with told_of(own, needs_file):
        needs = read_needs(needs_file)
    with told_of(own, rules_file):
        rules = read_rules(rules_file, needs)
    with told_of(own, services_file):
        known = Known(needs=needs, regions=regions, languages=languages)
        services, partners = read_services(services_file, known)
    return PoolFiles(needs=needs, rules=rules, services=services, partners=partners)


def _refuse_strays(own: Path) -> None:
    """Refuse settings that nothing would read: a misspelt file would leave the common one."""
    for file in sorted(own.glob("*.toml")):
        if file.name not in FILES:
            raise SettingsError(
                f"pools/{own.name}/{file.name}: nothing reads this file; "
                f"known here: {', '.join(FILES)}"
            )
