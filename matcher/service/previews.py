"""Previews of rules: asked for here, run by a worker, shown when they have come."""

from enum import StrEnum

from matcher.domain.errors import SettingsError
from matcher.domain.jobs import Progress
from matcher.domain.preview import (
    MOST_FACTOR,
    MOST_MINORS,
    MOST_PEERS,
    MOST_SEEKERS,
    Compared,
    Crowd,
)
from matcher.domain.rules import Rules
from matcher.jobs import JobQueue
from matcher.settings.model import Settings
from matcher.store.backing import Backing
from matcher.store.previews import Previews as Store, Wanted


class Stage(StrEnum):
    """Where a preview stands; `GONE`: cancelled, too old, or ended with its worker."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    GONE = "gone"


class Previews:
    """The previews of one pool; nothing of a round is computed on this side."""

    def __init__(self, backing: Backing, jobs: JobQueue) -> None:
        self._settings: Settings = backing.settings
        self._store = Store(backing)
        self._jobs = jobs

    def ask(self, before: Rules, after: Rules, *, who: str, crowd: Crowd | None = None) -> str:
        """Ask for a preview on a drawn crowd, or else on the people who wait; returns its id.

        Raises
        ------
        SettingsError
            If the crowd is too large, or its mix names a group that is not known.
        """
        if crowd is not None:
            self._refuse(crowd)
        made = self._store.want(Wanted(before=before, after=after, who=who, crowd=crowd))
        self._jobs.request_preview(self._settings.pool, made)
        return made

    def progress(self, preview: str) -> tuple[Stage, Progress]:
        """Tell how far a preview has come."""
        found = self._jobs.progress(preview)  # first: a job goes after its result has come
        if self._store.answered(preview) is not None:
            return Stage.DONE, Progress(1, 1)
        if found is None or self._store.wanted(preview) is None:
            return Stage.GONE, Progress(0, 1)
        return (Stage.RUNNING if found.done or found.of > 1 else Stage.QUEUED), found

    def result(self, preview: str) -> Compared | None:
        """Read what came out; None while it is not there, or no more."""
        return self._store.answered(preview)

    def cancel(self, preview: str) -> None:
        """Let it be: a job that waits does nothing, one that runs ends with its next step."""
        self._store.forget(preview)

    def _refuse(self, crowd: Crowd) -> None:
        if not (0 < crowd.seekers <= MOST_SEEKERS and 0 < crowd.peers <= MOST_PEERS):
            raise SettingsError(
                f"1 to {MOST_SEEKERS} seekers and 1 to {MOST_PEERS} peers can be drawn"
            )
        groups = {str(group.id) for group in self._settings.needs.groups}
        languages = {str(language) for language in self._settings.languages}
        is_known = crowd.mix.keys() <= groups and crowd.languages.keys() <= languages
        if not is_known or not all(0 <= factor <= MOST_FACTOR for factor in crowd.factors):
            raise SettingsError(
                f"a mix is groups and languages with factors of 0 to {MOST_FACTOR:g}; groups: "
                f"{', '.join(sorted(groups))}; languages: {', '.join(sorted(languages))}"
            )
        if not 0 <= crowd.minors <= MOST_MINORS:
            raise SettingsError(f"the share under 18 is from 0 to {MOST_MINORS:g}")
