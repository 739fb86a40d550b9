"""Whether a pool takes anybody new in, as coordinators decide it; for the clock to publish."""

from matcher.domain.errors import DamagedError
from matcher.settings.model import Settings
from matcher.state.files import StateFile


class Entrance:
    """The way into one pool."""

    def __init__(self, settings: Settings) -> None:
        name = f"entrance-{settings.pool}.json"
        self._file = StateFile(settings.folders.state / name, bool, empty=True)

    def kept(self) -> bool:
        """Read whether people may come in. Raises DamagedError."""
        return self._file.read()

    def is_open(self) -> bool:
        """Tell whether people may come in; where that cannot be read nobody may."""
        try:
            return self.kept()
        except (DamagedError, OSError):
            return False

    def let(self, *, is_open: bool) -> None:
        """Let people come in from now on, or nobody."""
        with self._file.changing() as draft:
            draft.value = is_open
