"""Every version of one pool's rules, kept for good: the newest is the one in force.

A version is checked before it is written, by the same loader and limits as the file in config/,
and again whenever it is read: what is wrong by then (the needs have changed, or somebody wrote
into the file) is refused, and no older version is taken in its place unasked.
"""

from datetime import datetime
from pathlib import Path

from matcher.domain.errors import SettingsError, StaleRulesError
from matcher.domain.rules import Rules
from matcher.domain.versions import Publication, Version
from matcher.settings.model import Settings
from matcher.settings.pools import RULES, chosen, own_folder
from matcher.settings.rules_file import rules_from
from matcher.settings.toml_file import TomlError, TomlFile, parsed, read
from matcher.settings.wording import legible
from matcher.state.files import StateFile

MOST_TEXT = 65_536
MOST_REASON = 500


class RulesHistory:
    """The versions of one pool."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        path = settings.folders.state / f"rules-{settings.pool}.json"
        none: tuple[Version, ...] = ()
        self._file = StateFile(path, tuple[Version, ...], none)

    def all(self) -> tuple[Version, ...]:
        """Read every version, the oldest first; the file in config/ where none was published.

        Raises
        ------
        SettingsError
            If the history is damaged, or that file is wrong.
        """
        return self._file.read() or (self._first(),)

    def live(self) -> Rules:
        """Say by which rules people are paired now. Raises like `all`, and like `opened`."""
        published = self._file.read()
        return self.opened(published[-1])[1] if published else self._settings.rules

    def opened(self, version: Version) -> tuple[TomlFile, Rules]:
        """Check a version as it stands.

        Raises
        ------
        SettingsError
            If it cannot be used (any more); the message says where.
        """
        return self.checked(version.text, f"rules version {version.number}")

    def checked(self, text: str, name: str) -> tuple[TomlFile, Rules]:
        """Check a text that is to become a version. Raises like `opened`."""
        if len(text) > MOST_TEXT:
            raise TomlError(name, 1, f"longer than {MOST_TEXT} characters")
        file = parsed(text, Path(name))
        return file, rules_from(file, self._settings.needs)

    def publish(
        self, wanted: Publication, *, after: int, at: datetime, mark: str = ""
    ) -> Version:
        """Make a new version the newest; `after` is the one that its author has seen.

        By the `mark` it is known again, if that is not to be done twice.

        Raises
        ------
        SettingsError
            If the rules are wrong, or no reason is given.
        StaleRulesError
            If somebody else has published meanwhile.
        """
        reason = self._ready(wanted)
        with self._file.changing() as draft:
            versions = draft.value or (self._first(),)
            if versions[-1].number != after:
                raise StaleRulesError
            made = Version(
                number=after + 1,
                text=wanted.text,
                reason=reason,
                who=wanted.who,
                preset=wanted.preset,
                at=at.replace(second=0, microsecond=0),
                mark=mark,
            )
            draft.value = (*versions, made)
        return made

    def refuse(self, wanted: Publication, *, after: int) -> None:
        """Raise what `publish` would raise now."""
        self._ready(wanted)
        if self.all()[-1].number != after:
            raise StaleRulesError

    def _ready(self, wanted: Publication) -> str:
        """Check what somebody wants to publish, and return its reason as it will stand."""
        reason = legible(" ".join(wanted.reason.split()))
        if not reason or len(reason) > MOST_REASON:
            raise SettingsError(f"a reason is needed, of {MOST_REASON} characters at most")
        self.checked(wanted.text, "the new rules")
        return reason

    def _first(self) -> Version:
        config = self._settings.folders.config
        path = chosen(config, own_folder(config, self._settings.pool), RULES)
        file = read(path)
        rules_from(file, self._settings.needs)
        return Version(number=1, text=file.text)
