"""The private folders of `sanad up`: one for each run, and one that leads to the last run."""

import json
import os
import shlex
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from matcher.domain.errors import MatcherError

_SHARED_MEMORY = "/dev/shm"  # noqa: S108 - tmpfs is wanted; the folder in it is private


class RunFolderError(MatcherError):
    """There is no place for private files, or somebody else holds ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFolder:
    """Sockets, ACL files, keys and codes of one run; it goes when the run ends."""

    path: Path

    @property
    def vault(self) -> Path:
        """Where the vault and the pepper are."""
        return self.path / "vault"

    @property
    def state(self) -> Path:
        """Where the durable files are, which here last as long as the run."""
        return self.path / "state"

    @property
    def env_file(self) -> Path:
        """What another terminal needs to work with this run."""
        return self.path / "env"

    @property
    def invitations(self) -> Path:
        """The first invitation codes, when no terminal is there to show them."""
        return self.path / "invitations"

    @property
    def opening(self) -> Path:
        """The one-time code of the first coordinator, likewise."""
        return self.path / "coordinator"


def create(environ: Mapping[str, str]) -> RunFolder:
    """Make the folder of a new run.

    Raises
    ------
    RunFolderError
        If the folder above it is not ours alone.
    """
    path = tempfile.mkdtemp(prefix="run-", dir=home(environ))
    folder = RunFolder(path=Path(path))
    folder.vault.mkdir(mode=0o700)
    folder.state.mkdir(mode=0o700)
    return folder


def home(environ: Mapping[str, str]) -> Path:
    """Find or make the folder of this user's runs: in memory where the system has that.

    Raises
    ------
    RunFolderError
        If somebody else made it, or can look into it.
    """
    places = [environ.get("XDG_RUNTIME_DIR"), _SHARED_MEMORY, tempfile.gettempdir()]
    usable = [Path(place) for place in places if place and os.access(place, os.W_OK)]
    if not usable:
        raise RunFolderError("no folder for sockets and keys; set XDG_RUNTIME_DIR to one")
    path = usable[0] / f"sanad-{os.geteuid()}"
    path.mkdir(mode=0o700, exist_ok=True)
    _refuse_unless_ours(path)
    return path


def write_private(path: Path, text: str) -> None:
    """Write a file that nobody else can read, from its first byte on."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


@contextmanager
def published(
    folder: RunFolder, values: Mapping[str, str], environ: Mapping[str, str]
) -> Iterator[None]:
    """Let other terminals find this run while the block runs; of several, the latest."""
    lines = [f"{key}={shlex.quote(value)}\n" for key, value in values.items()]
    write_private(folder.env_file, "".join(lines))
    pointer = _pointer(environ)
    told = json.dumps({"env": str(folder.env_file)})
    write_private(pointer, told)
    try:
        yield
    finally:
        with suppress(OSError):
            if pointer.read_text("utf-8") == told:
                pointer.unlink()


def running(environ: Mapping[str, str]) -> dict[str, str]:
    """Read what a running `sanad up` left for other terminals; empty where none runs."""
    try:
        return read_env(_latest(environ))
    except (OSError, RunFolderError, ValueError, KeyError, TypeError):
        return {}


def for_codes(environ: Mapping[str, str]) -> Path:
    """Find a private folder for a file of codes; that of the latest run, if there is one."""
    try:
        folder = _latest(environ).parent
        _refuse_unless_ours(folder)
    except (OSError, RunFolderError, ValueError, KeyError, TypeError):
        return home(environ)
    return folder


def read_env(env_file: Path) -> dict[str, str]:
    """Read what one run left for other terminals.

    Raises
    ------
    RunFolderError
        If the folder it is in is not ours alone.
    """
    _refuse_unless_ours(env_file.parent)
    pairs = shlex.split(env_file.read_text("utf-8"))
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


def _latest(environ: Mapping[str, str]) -> Path:
    return Path(json.loads(_pointer(environ).read_text("utf-8"))["env"])


def _pointer(environ: Mapping[str, str]) -> Path:
    return home(environ) / "up.json"


def _refuse_unless_ours(path: Path) -> None:
    found = path.lstat()
    is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
    if not is_ours or found.st_mode & 0o077:
        raise RunFolderError(f"{path} is not a folder of yours alone (mode 0700); remove it")
