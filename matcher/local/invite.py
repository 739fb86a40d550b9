"""Makes invitation codes and shows them where nobody else reads along."""

from collections.abc import Sequence
from pathlib import Path
from secrets import token_hex

from matcher.bootstrap import build
from matcher.domain.codes import Code, groups
from matcher.domain.errors import SettingsError
from matcher.domain.invitation import Scope
from matcher.domain.needs import NeedId
from matcher.local.run_folder import write_private
from matcher.settings.model import Settings


def make(
    settings: Settings, *, count: int, scope: frozenset[Scope], trained_for: frozenset[str]
) -> tuple[str, ...]:
    """Make invitations and return their codes as they are shown.

    Raises
    ------
    SettingsError
        If no store is known, or needs.toml has no such need.
    StoreDownError
        If the store does not answer.
    """
    if not settings.store_url:
        raise SettingsError("no store is known: start `sanad up`, or set SANAD_STORE_URL")
    if unknown := trained_for - settings.needs.by_id.keys():
        raise SettingsError(f"needs.toml has no need '{min(unknown)}'")
    made = build(settings).invitations.create(
        count=count, scope=scope, trained_for=frozenset(NeedId(need) for need in trained_for)
    )
    return tuple(shown(code) for code in made)


def shown(code: Code) -> str:
    """Write a code in groups."""
    return " ".join(groups(code))


def write_new(folder: Path, codes: Sequence[str]) -> Path:
    """Write codes into a new file of this private folder."""
    path = folder / f"codes-{token_hex(4)}"
    write(path, codes)
    return path


def write(path: Path, codes: Sequence[str]) -> None:
    """Write codes into a file that nobody else can read."""
    write_private(path, "".join(f"{code}\n" for code in codes))
