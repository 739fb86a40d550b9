"""A pause of all suggestions that no version of the rules says yet; for the clock to heed.

Rules say that nobody is suggested to anybody. Where they cannot be written just now, because
a file is damaged, this says so until they do.
"""

from collections.abc import Callable
from dataclasses import dataclass

from matcher.domain.errors import DamagedError
from matcher.settings.model import Settings
from matcher.state.files import StateFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """Who paused, and why, as it will stand beside the rules."""

    who: str
    reason: str


class Pause:
    """The pause of one pool."""

    def __init__(self, settings: Settings) -> None:
        path = settings.folders.state / f"pause-{settings.pool}.json"
        none: tuple[Halt, ...] = ()
        self._file = StateFile(path, tuple[Halt, ...], none)

    def kept(self) -> Halt | None:
        """Read who paused; None where nobody did. Raises DamagedError."""
        return next(iter(self._file.read()), None)

    def is_on(self) -> bool:
        """Tell whether all is paused, whatever the rules say; so too if that cannot be read."""
        try:
            return self.kept() is not None
        except (DamagedError, OSError):
            return True

    def begin(self, halt: Halt) -> None:
        """Pause from now on; who was first stays. Raises DamagedError."""
        with self._file.changing() as draft:
            draft.value = draft.value or (halt,)

    def end(self, *, once: Callable[[], bool]) -> None:
        """Leave it to the rules from now on, if they say so `once` nobody else can pause here.

        Others may have come meanwhile, and with them a new pause. Raises DamagedError.
        """
        with self._file.changing() as draft:
            if once():
                draft.value = ()
