"""The shape of needs.toml, and how it becomes a value of the domain."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from matcher.domain import needs as domain
from matcher.domain.needs import CardShows, GroupId, NeedId, Needs, StageKind
from matcher.settings.toml_file import TomlFile, read

Text = Mapping[str, str]

ID_MOST = 64
"""Two needs with such names fit a sealed card, whatever languages stand on it."""


class NeedEntry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One `[[group.need]]`."""

    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$", max_length=ID_MOST)]
    number: Annotated[int, Meta(ge=1, le=domain.MAX_NUMBER)]
    label: Text
    also: Mapping[str, tuple[str, ...]] = {}
    formal_first: bool = False
    never_infer: bool = False
    card: CardShows
    stage: StageKind


class GroupEntry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One `[[group]]`."""

    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*$")]
    label: Text
    open: bool = False
    need: tuple[NeedEntry, ...]


class NeedsFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """config/needs.toml."""

    group: tuple[GroupEntry, ...]


def read_needs(path: Path) -> Needs:
    """Read and check the needs of a pool; ids and numbers are each used once."""
    file = read(path)
    entries = file.convert(NeedsFile).group
    _refuse_repeats(file, entries)
    return Needs(groups=tuple(_group(entry) for entry in entries))


def _refuse_repeats(file: TomlFile, groups: tuple[GroupEntry, ...]) -> None:
    entries = [need for group in groups for need in group.need]
    for field in ("id", "number"):
        counts = Counter(getattr(need, field) for need in entries)
        for value, times in counts.items():
            if times > 1:
                raise file.error(
                    ["group"], f"{field} {value!r} is used {times} times; once is allowed"
                )
    for at, group in enumerate(groups):
        for nth, need in enumerate(group.need):
            if not need.id.startswith(f"{group.id}/"):
                reason = f"'{need.id}' has to begin with '{group.id}/'"
                raise file.error(["group", at, "need", nth, "id"], reason)


def _group(entry: GroupEntry) -> domain.NeedGroup:
    group = GroupId(entry.id)
    return domain.NeedGroup(
        id=group,
        label=entry.label,
        is_open=entry.open,
        needs=tuple(_need(need, group) for need in entry.need),
    )


def _need(entry: NeedEntry, group: GroupId) -> domain.Need:
    return domain.Need(
        id=NeedId(entry.id),
        number=entry.number,
        group=group,
        label=entry.label,
        formal_first=entry.formal_first,
        never_infer=entry.never_infer,
        card=entry.card,
        stage=entry.stage,
        also=entry.also,
    )
