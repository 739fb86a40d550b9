"""The board of notices: what coordinators put up, each one written down before it stands."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from matcher.domain.acts import Act, ActKind
from matcher.domain.coordinator import CoordinatorId
from matcher.domain.notice import Audience, Notice
from matcher.service.oversight import Oversight
from matcher.store.backing import Backing
from matcher.store.notices import Notices

SAYS = "says-"
"""Begins the names of the words in the log, one for each language."""


class NoticeBoard:
    """One pool's board; whoever coordinates may put a notice up, or take it down at once."""

    def __init__(self, backing: Backing, oversight: Oversight) -> None:
        self._notices = Notices(backing)
        self._clock = backing.clock
        self._oversight = oversight
        oversight.carries_out(ActKind.PUT_UP_NOTICE, self._put_up)
        oversight.carries_out(ActKind.TAKE_DOWN_NOTICE, self._take_down)

    def standing(self) -> tuple[Notice, ...]:
        """Read the notices that stand."""
        return self._notices.standing()

    def put_up(
        self,
        audience: Audience,
        words: Mapping[str, str],
        lives: timedelta,
        who: CoordinatorId,
    ) -> None:
        """Tell everybody, or all who help, in the place of what was told them before."""
        until = (self._clock.now() + lives).replace(microsecond=0)
        said = {f"{SAYS}{language}": text for language, text in words.items()}
        what = {"audience": audience.value, "until": until.isoformat(), **said}
        self._oversight.do(ActKind.PUT_UP_NOTICE, who, what=what)

    def take_down(self, audience: Audience, who: CoordinatorId) -> None:
        """Take a notice down at once."""
        self._oversight.tighten(
            ActKind.TAKE_DOWN_NOTICE, who, what={"audience": audience.value}
        )

    def _put_up(self, act: Act) -> None:
        words = {
            k.removeprefix(SAYS): text for k, text in act.what.items() if k.startswith(SAYS)
        }
        notice = Notice(
            audience=Audience(act.what["audience"]),
            words=words,
            until=datetime.fromisoformat(act.what["until"]),
        )
        self._notices.put_up(notice, now=self._clock.now())

    def _take_down(self, act: Act) -> None:
        self._notices.take_down(Audience(act.what["audience"]))
