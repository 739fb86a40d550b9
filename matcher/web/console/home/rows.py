"""How many ask and are there, by need and language: what may be noise alone has no line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matcher.domain.cover import Shown
from matcher.web.common.i18n import in_words
from matcher.web.common.wiring import settings
from matcher.web.console.fairness.words import language

ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A need or a language: how many ask for it, how many are there for it."""

    name: str
    asking: int | None
    giving: int | None

    def says(self, certain: float) -> bool:
        """Tell whether a number of either side is hardly noise alone."""
        return max(self.asking or 0, self.giving or 0) >= certain


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The lines of one table that say something, and the names of those that do not."""

    title: str
    told: list[Row]
    few: list[str]


def by_group(tables: Mapping[str, Shown], certain: float) -> list[Rows]:
    """Lay out every need under its group."""
    asking, giving = tables.get("asking", {}), tables.get("giving", {})
    return [
        _rows(
            in_words(group.label),
            (
                Row(
                    name=in_words(need.label),
                    asking=asking.get(need.id),
                    giving=giving.get(need.id),
                )
                for need in group.needs
            ),
            certain,
        )
        for group in settings().needs.groups
    ]


def by_language(tables: Mapping[str, Shown], certain: float) -> Rows:
    """Lay out the languages."""
    asking, giving = (tables.get(f"{side}-language", {}) for side in ("asking", "giving"))
    found = (
        Row(name=language(name), asking=asking[name], giving=giving.get(name))
        for name in asking
        if name != ALL
    )
    return _rows("", found, certain)


def _rows(title: str, found: Iterable[Row], certain: float) -> Rows:
    listed = list(found)
    told = [row for row in listed if row.says(certain)]
    few = [row.name for row in listed if not row.says(certain)]
    return Rows(title=title, told=told, few=few)
