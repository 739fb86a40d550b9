"""What is sealed of a person: answers as small numbers, which rounds read as they are.

Members of a closed list travel as their place in its enum, sets of them as bits in that order;
needs travel as their permanent numbers, so that labels and order in needs.toml may change while
people wait.
"""

from msgspec import MsgspecError, Struct, msgpack

SINCE_STEP = 8
UNTOLD = -1


class SeekerRecord(Struct, frozen=True, array_like=True, tag="s", gc=False):
    """A seeker's profile.

    `stage` and `address` are 0 where they were not said, else one more than their place.
    """

    age: int
    languages: tuple[str, ...]
    help: int
    format: int
    day_blocks: int
    look_in: int
    relay_ok: bool
    region: str | None
    talk: int
    address: int
    needs: tuple[int, ...]
    shown: tuple[int, ...]
    main: int
    stage: int
    identity_only: int
    identity_better: int
    gender_not: int
    manner_not: int
    nearness: int
    same_age_only: bool
    unsaid: bool
    statistics: bool


class PeerRecord(Struct, frozen=True, array_like=True, tag="p", gc=False):
    """A peer's profile; `lived` has a byte for each need number, 0 where it is unknown.

    Such a byte is one more than the level, plus `SINCE_STEP` times one more than the place of
    how long ago it was (0: not said). Sets of needs are bits by number, the lowest first;
    `manner` is -1 where none is told.
    """

    age: int
    languages: tuple[str, ...]
    help: int
    format: int
    day_blocks: int
    look_in: int
    relay_ok: bool
    region: str | None
    talk: int
    address: int
    lived: bytes
    hidden: bytes
    never: bytes
    opted_in: bytes
    trained: bytes
    identity: int
    manner: int
    capacity: int
    rest_hours: int


_SEEKER = msgpack.Decoder(SeekerRecord)
_PEER = msgpack.Decoder(PeerRecord)


def read_seeker(plain: bytes) -> SeekerRecord | None:
    """Read a seeker's record; None where it is anything else."""
    try:
        return _SEEKER.decode(plain)
    except MsgspecError:
        return None


def read_peer(plain: bytes) -> PeerRecord | None:
    """Read a peer's record; None where it is anything else."""
    try:
        return _PEER.decode(plain)
    except MsgspecError:
        return None
