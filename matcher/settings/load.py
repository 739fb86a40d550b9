"""Builds the settings of this process from config/*.toml and SANAD_* variables."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct, inspect

from matcher.domain.errors import SettingsError
from matcher.domain.offer import AnswerTimes
from matcher.domain.profile import Language, Region
from matcher.settings import languages
from matcher.settings.model import (
    CoordinatorsTable,
    Folders,
    Lifetimes,
    Limits,
    Listen,
    PoolName,
    PressureTable,
    Previews,
    RoundTimes,
    Settings,
    Site,
    Statistics,
    Workers,
)
from matcher.settings.pools import POOL_NAME, names, own_folder, read_pools
from matcher.settings.toml_file import Duration, TomlFile, merged, read
from matcher.settings.wording import legible

NAMES_MOST = 88
"""So many bytes of languages and a region do sealed records of one size hold."""
SHORT = 32
"""Names of fewer bytes have their length in one more, others in two."""

_EACH = "each is a folder in config/pools"
_PACKAGE = Path(__file__).resolve().parent.parent


class OffersTable(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[offers]`."""

    both_here: Duration
    least: Duration


class DefaultFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """config/default.toml, with config/production.toml and the environment laid over it."""

    pool: Annotated[str, Meta(pattern=POOL_NAME)]
    languages: Annotated[tuple[str, ...], Meta(min_length=1)]
    site: Site
    public: Listen
    console: Listen
    lifetimes: Lifetimes
    offers: OffersTable
    rounds: RoundTimes
    worker: Workers
    previews: Previews
    statistics: Statistics
    coordinators: CoordinatorsTable
    limits: Limits
    pressure: PressureTable
    regions: Mapping[str, Mapping[str, str]]


def load(environ: Mapping[str, str]) -> Settings:
    """Read every file and variable once.

    Raises
    ------
    SettingsError
        If a file or a variable is wrong; the message says where and what is allowed.
    """
    folder = config_folder(environ)
    file = _read_default(folder, environ)
    found = file.convert(DefaultFile)
    if fault := languages.fault(found.site.languages):
        raise file.error(["site", "languages"], fault)
    _refuse_long_names(file, found)
    main = PoolName(found.pool)
    pools = read_pools(folder, main, regions=found.regions, languages=found.languages)
    settings = Settings(
        site=found.site,
        pool=main,
        pools=pools,
        store_url=environ.get("SANAD_STORE_URL", ""),
        queue_url=environ.get("SANAD_QUEUE_URL", ""),
        public=found.public,
        console=found.console,
        folders=_folders(folder, environ),
        lifetimes=found.lifetimes,
        answer_times=AnswerTimes(both_here=found.offers.both_here, least=found.offers.least),
        rounds=found.rounds,
        worker=found.worker,
        previews=found.previews,
        statistics=found.statistics,
        coordinators=found.coordinators,
        limits=found.limits,
        pressure=found.pressure,
        languages=tuple(Language(code) for code in found.languages),
        regions={Region(name): label for name, label in found.regions.items()},
        needs=pools[main].needs,
        rules=pools[main].rules,
        services=pools[main].services,
        partners=pools[main].partners,
        has_test_clock=environ.get("SANAD_TEST_CLOCK") == "1",
    )
    return _serving(settings, environ.get("SANAD_POOL", main))


def _refuse_long_names(file: TomlFile, found: DefaultFile) -> None:
    """Refuse names that the record of somebody who speaks every language has no room for."""
    longest = max(map(_written, found.regions), default=0)
    taken = sum(map(_written, found.languages)) + longest
    if taken > NAMES_MOST:
        reason = (
            f"with the longest name of a region these take {taken} bytes of the {NAMES_MOST} "
            "that there are in a person's record; write fewer, or a shorter region"
        )
        raise file.error(["languages"], reason)


def _written(name: str) -> int:
    """Tell how many bytes a name takes in a record."""
    length = len(name.encode())
    return length + (1 if length < SHORT else 2)


def pool_in_use(environ: Mapping[str, str]) -> Path:
    """Find the folder of the pool that this process serves, which need not be there.

    Raises
    ------
    SettingsError
        If default.toml is wrong, or SANAD_POOL names no pool.
    """
    folder = config_folder(environ)
    main = _read_default(folder, environ).convert(DefaultFile).pool
    pool = environ.get("SANAD_POOL", main)
    if pool not in names(folder, PoolName(main)):
        raise SettingsError(f"SANAD_POOL: no pool is called '{legible(pool)}'; {_EACH}")
    return own_folder(folder, PoolName(pool))


def _serving(settings: Settings, pool: str) -> Settings:
    """Let the pages of this process be those of one pool."""
    try:
        return settings.of(PoolName(pool))
    except SettingsError as error:
        raise SettingsError(f"SANAD_POOL: {error}; {_EACH}") from None


def config_folder(environ: Mapping[str, str]) -> Path:
    """Find the settings: SANAD_CONFIG_DIR, the wheel's own copy, or the checkout's."""
    if chosen := environ.get("SANAD_CONFIG_DIR"):
        return Path(chosen)
    shipped = _PACKAGE / "_config"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "config"


def _read_default(folder: Path, environ: Mapping[str, str]) -> TomlFile:
    file = read(folder / "default.toml")
    values = file.values
    if environ.get("SANAD_ENV") == "production":
        values = merged(values, read(folder / "production.toml").values)
    values = merged(values, _from_environ(environ))
    return TomlFile(path=file.path, text=file.text, values=values)


def _from_environ(environ: Mapping[str, str]) -> dict[str, Any]:
    info = inspect.type_info(DefaultFile)
    if not isinstance(info, inspect.StructType):
        raise SettingsError("default.toml has no shape")
    values: dict[str, Any] = {}
    for table in info.fields:
        if isinstance(table.type, inspect.StructType):
            for key in table.type.fields:
                raw = environ.get(f"SANAD_{table.name}_{key.name}".upper())
                if raw is not None:
                    values.setdefault(table.name, {})[key.name] = _value(raw)
    return values


def _value(raw: str) -> object:
    """Read a variable as TOML where it is TOML ("8460", "true"), else as plain text."""
    try:
        return tomllib.loads(f"value = {raw}")["value"]
    except tomllib.TOMLDecodeError:
        return raw


def _folders(config: Path, environ: Mapping[str, str]) -> Folders:
    home = Path(environ.get("HOME", "."))
    state_home = Path(environ.get("XDG_STATE_HOME") or home / ".local" / "state")
    runtime = Path(environ.get("XDG_RUNTIME_DIR") or "/dev/shm")  # noqa: S108 - tmpfs is wanted
    return Folders(
        config=config,
        state=Path(environ.get("SANAD_STATE_DIR") or state_home / "sanad"),
        vault=Path(environ.get("SANAD_VAULT_DIR") or runtime / "sanad-vault"),
    )
