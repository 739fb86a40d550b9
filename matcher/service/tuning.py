"""Tuning the rules: what is in force, what a draft would change, publishing it, going back."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from matcher.domain.changes import Change, changes
from matcher.domain.doubts import Doubt, doubts
from matcher.domain.errors import SettingsError
from matcher.domain.loosening import Guard
from matcher.domain.rules import Rules
from matcher.domain.versions import Publication, Version
from matcher.settings.model import Settings
from matcher.settings.rules_faults import faults
from matcher.settings.rules_text import Values, with_values
from matcher.settings.toml_file import TomlError, TomlFile, parsed
from matcher.state.rules_history import MOST_TEXT, RulesHistory

DRAFT = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a text that is not published says: either `faults`, or the rest.

    `doubts` stand with their lines; `changes` are those to the rules in force.
    """

    faults: tuple[TomlError, ...]
    rules: Rules | None = None
    doubts: tuple[tuple[int, Doubt], ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def loosens(self) -> frozenset[Guard]:
        """What it protects less than before: empty where one person may publish it."""
        return frozenset(change.loosens for change in self.changes if change.loosens)


class Tuning:
    """The rules of one pool, as coordinators and operators change them."""

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._history = RulesHistory(settings)
        self._now = now

    def current(self) -> Version:
        """Find the version in force."""
        return self._history.all()[-1]

    def history(self) -> tuple[Version, ...]:
        """List every version, the newest first."""
        return self._history.all()[::-1]

    def version(self, number: int) -> Version:
        """Find a version by its number; its text is what can be taken elsewhere.

        Raises
        ------
        SettingsError
            If there is no such version.
        """
        versions = self._history.all()
        if not 0 < number <= len(versions):
            raise SettingsError(f"no version {number}; there are 1 to {len(versions)}")
        return versions[number - 1]

    def opened(self, version: Version) -> tuple[TomlFile, Rules]:
        """Read the rules of a version. Raises SettingsError if they can be used no more."""
        return self._history.opened(version)

    def presets(self) -> Mapping[str, str]:
        """Read the rules files to begin with, by name."""
        folder = self._settings.folders.config / "presets"
        return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.toml"))}

    def check(self, text: str) -> Draft:
        """Say what is wrong with a draft, or else what it would change."""
        live_file, live = self._usable()
        try:
            file, rules = self._history.checked(text, DRAFT)
        except TomlError as error:
            needs, is_long = self._settings.needs, len(text) > MOST_TEXT
            all_of_it = () if is_long else faults(text, DRAFT, good=live_file, needs=needs)
            return Draft(faults=all_of_it or (error,))
        return Draft(
            faults=(),
            rules=rules,
            doubts=tuple((file.line(doubt.path), doubt) for doubt in doubts(rules)),
            changes=changes(live, rules),
        )

    def values(self, text: str) -> Values:
        """Read what a text says, key by key. Raises SettingsError if it is no TOML."""
        return parsed(text, Path(DRAFT)).values

    def written(self, text: str, values: Values) -> str:
        """Make a draft say these values, a whole file; what stays is as its author wrote it.

        Raises
        ------
        SettingsError
            If it is no TOML, or cannot be made to say so.
        """
        model = next(iter(self.presets().values()), text)
        return with_values(text, values, model=model)

    def paused(self) -> str:
        """Write the rules in force so that no peer gets a suggestion. Raises SettingsError."""
        text = self.current().text
        values = self.values(text)
        return self.written(text, {**values, "offers": {**values["offers"], "a_day": 0}})

    def is_paused(self) -> bool:
        """Tell whether by the rules in force no peer gets any suggestion.

        By rules that can be used no more nobody does either, but nobody has decided that.
        Raises DamagedError where no version can be read.
        """
        current = self.current()
        with suppress(SettingsError):
            return not self.opened(current)[1].offers.a_day
        return False

    def changes(self, old: int, new: int) -> tuple[Change, ...]:
        """Say what changed from one version to another. Raises like `version` and `opened`."""
        before, after = (self.opened(self.version(number))[1] for number in (old, new))
        return changes(before, after)

    def publish(self, wanted: Publication, *, after: int, mark: str = "") -> Version:
        """Put a new version in force, for the next round; by the `mark` it is known again.

        Raises
        ------
        SettingsError
            If it is wrong, or no reason is given.
        StaleRulesError
            If the version in force is not `after`, the one that its author has seen.
        """
        return self._history.publish(wanted, after=after, at=self._now(), mark=mark)

    def refuse(self, wanted: Publication, *, after: int) -> None:
        """Raise what `publish` would raise now."""
        self._history.refuse(wanted, after=after)

    def roll_back(self, number: int, *, reason: str, who: str, after: int) -> Version:
        """Publish an old version anew. Raises like `version` and `publish`."""
        old = self.version(number)
        wanted = Publication(text=old.text, reason=reason, who=who, preset=old.preset)
        return self.publish(wanted, after=after)

    def _usable(self) -> tuple[TomlFile, Rules]:
        """Find the newest version that can be used: what is in force, unless it went wrong."""
        versions = self._history.all()
        for version in versions[:0:-1]:
            with suppress(SettingsError):
                return self.opened(version)
        return self.opened(versions[0])
