"""Notices: public words, one for each audience at the most, gone by themselves at their end."""

from datetime import UTC, datetime, timedelta

from msgspec import Struct, msgpack

from matcher.domain.notice import Audience, Notice
from matcher.store.backing import Backing

_A_MILLI = timedelta(milliseconds=1)


class NoticeRecord(Struct, frozen=True, array_like=True):
    """What a notice says in each language, and until when."""

    words: dict[str, str]
    until: float


class Notices:
    """The notices of one pool."""

    def __init__(self, backing: Backing) -> None:
        self._store = backing.store
        self._keys = backing.keys

    def put_up(self, notice: Notice, *, now: datetime) -> None:
        """Let a notice stand until its end, in the place of the one before; none that ended."""
        left = (notice.until - now) // _A_MILLI
        record = NoticeRecord(dict(notice.words), notice.until.timestamp())
        if left > 0:
            name = self._keys("notice:", notice.audience)
            self._store.command("SET", name, msgpack.encode(record), "PX", left)

    def take_down(self, audience: Audience) -> None:
        """Take a notice away."""
        self._store.command("DEL", self._keys("notice:", audience))

    def standing(self) -> tuple[Notice, ...]:
        """Read the notices that stand."""
        found = self._store.commands([("GET", self._keys("notice:", one)) for one in Audience])
        return tuple(
            _read(audience, packed)
            for audience, packed in zip(Audience, found, strict=True)
            if packed is not None
        )


def _read(audience: Audience, packed: bytes) -> Notice:
    record = msgpack.decode(packed, type=NoticeRecord)
    until = datetime.fromtimestamp(record.until, UTC)
    return Notice(audience=audience, words=record.words, until=until)
