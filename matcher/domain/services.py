"""Services: formal help that this network points to, for needs and regions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NewType, TypeAlias

from matcher.domain.needs import GroupId, NeedId
from matcher.domain.profile import AgeBand, Language

ServiceId = NewType("ServiceId", str)
TOMORROW = timedelta(days=1)
Words: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One place of formal help; `checked` is the day somebody last made sure it is right.

    What people read is in any number of languages. `for_helpers`: there for volunteers, who
    carry what others tell them.
    """

    id: ServiceId
    name: Words
    text: Words
    needs: frozenset[NeedId]
    groups: frozenset[GroupId]
    languages: frozenset[Language]
    ages: frozenset[AgeBand]
    reach: Words
    hours: Words
    cost: Words
    is_example: bool
    checked: date | None
    for_helpers: bool = False

    def is_current(self, today: date, *, within: timedelta) -> bool:
        """Say whether somebody has made sure lately that all of it is right.

        A day that is still to come was mistyped; but for tomorrow, which it is already east of
        here.
        """
        return self.checked is not None and -TOMORROW <= today - self.checked <= within

    def serves(self, need: NeedId) -> bool:
        """Say whether this service is there for `need`, by name or through its group."""
        return need in self.needs or need.split("/")[0] in self.groups


def services_for(needs: Iterable[NeedId], services: Iterable[Service]) -> tuple[Service, ...]:
    """Choose the services for any of `needs`, in the order of the directory."""
    wanted = tuple(needs)
    return tuple(s for s in services if any(s.serves(need) for need in wanted))
