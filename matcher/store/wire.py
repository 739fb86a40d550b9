"""Profiles, cards and messages as bytes of one size a kind.

How their answers are numbered stands with the records.
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple, TypeVar

from msgspec import Struct, msgpack

from matcher.domain.card import Card
from matcher.domain.needs import MAX_NUMBER, GroupId, NeedId, Needs
from matcher.domain.profile import (
    Address,
    AgeBand,
    Consent,
    Experience,
    Format,
    Help,
    Identity,
    Language,
    Lived,
    LookIn,
    Manner,
    Nearness,
    PeerProfile,
    Profile,
    Region,
    SeekerProfile,
    Since,
    Stage,
    Talk,
    Wishes,
)
from matcher.domain.room import RoomKind
from matcher.store.records import SINCE_STEP, UNTOLD, PeerRecord, SeekerRecord

E = TypeVar("E", bound=StrEnum)

PROFILE_SIZE = 320
CARD_SIZE = 256


class CardRecord(Struct, frozen=True, array_like=True):
    """A card; on a seeker's what stands beside it."""

    needs: tuple[str, ...]
    groups: tuple[str, ...]
    languages: tuple[str, ...]
    kind: RoomKind | None
    bucket: int | None = None
    lasts_s: int = 0


class Beside(NamedTuple):
    """What is sealed with a seeker's card and shown to nobody.

    `lasts`: how long they have for an answer, which tells how often they can look in.
    `bucket`: of which kind the pair is, None where that may not be counted.
    """

    lasts: timedelta = timedelta(0)
    bucket: int | None = None


_ENCODER = msgpack.Encoder()
_PROFILE = msgpack.Decoder(SeekerRecord | PeerRecord)
_CARD = msgpack.Decoder(CardRecord)


def pack_profile(profile: Profile, needs: Needs) -> bytes:
    """Write a profile; the caller seals it to `PROFILE_SIZE`."""
    if isinstance(profile, SeekerProfile):
        return _ENCODER.encode(_seeker_record(profile, needs))
    return _ENCODER.encode(_peer_record(profile, needs))


def unpack_profile(raw: bytes, needs: Needs) -> Profile:
    """Read a profile; needs that the file no longer knows are left out."""
    record = _PROFILE.decode(raw)
    if isinstance(record, SeekerRecord):
        return _seeker(record, needs)
    return _peer(record, needs)


def pack_card(card: Card, beside: Beside | None = None) -> bytes:
    """Write a card; the caller seals it to `CARD_SIZE`."""
    lasts, bucket = beside or Beside()
    seconds = int(lasts.total_seconds())
    languages = tuple(sorted(card.languages))
    return _ENCODER.encode(
        CardRecord(card.needs, card.groups, languages, card.kind, bucket, seconds)
    )


def unpack_card(raw: bytes) -> Card:
    """Read a card."""
    record = _CARD.decode(raw)
    return Card(
        needs=tuple(NeedId(need) for need in record.needs),
        groups=tuple(GroupId(group) for group in record.groups),
        languages=frozenset(Language(language) for language in record.languages),
        kind=record.kind,
    )


def beside_card(raw: bytes) -> Beside:
    """Read what is sealed with a seeker's card."""
    record = _CARD.decode(raw)
    return Beside(lasts=timedelta(seconds=record.lasts_s), bucket=record.bucket)


def _seeker_record(profile: SeekerProfile, needs: Needs) -> SeekerRecord:
    wishes = profile.wishes
    return SeekerRecord(
        age=_place(profile.age),
        languages=tuple(sorted(profile.languages)),
        help=_bits(profile.help, Help),
        format=_place(profile.format),
        day_blocks=_day_bits(profile.day_blocks),
        look_in=_place(profile.look_in),
        relay_ok=profile.relay_ok,
        region=profile.region,
        talk=_bits(profile.talk, Talk),
        address=0 if profile.address is None else 1 + _place(profile.address),
        needs=tuple(needs.by_id[need].number for need in profile.needs),
        shown=tuple(sorted(needs.by_id[need].number for need in profile.shown)),
        main=needs.by_id[profile.main].number if profile.main else 0,
        stage=0 if profile.stage is None else 1 + _place(profile.stage),
        identity_only=_bits(wishes.identity_only, Identity),
        identity_better=_bits(wishes.identity_better, Identity),
        gender_not=_bits(wishes.gender_not, Identity),
        manner_not=_bits(wishes.manner_not, Manner),
        nearness=_place(wishes.nearness),
        same_age_only=wishes.same_age_only,
        unsaid=profile.consent.unsaid,
        statistics=profile.consent.statistics,
    )


def _seeker(record: SeekerRecord, needs: Needs) -> SeekerProfile:
    main = needs.by_number.get(record.main)
    return SeekerProfile(
        age=_member(record.age, AgeBand),
        languages=frozenset(Language(language) for language in record.languages),
        help=_members(record.help, Help),
        format=_member(record.format, Format),
        day_blocks=_day_blocks(record.day_blocks),
        look_in=_member(record.look_in, LookIn),
        relay_ok=record.relay_ok,
        region=Region(record.region) if record.region else None,
        talk=_members(record.talk, Talk),
        address=_member(record.address - 1, Address) if record.address else None,
        needs=tuple(needs.by_number[n].id for n in record.needs if n in needs.by_number),
        shown=frozenset(needs.by_number[n].id for n in record.shown if n in needs.by_number),
        main=main.id if main else None,
        stage=_member(record.stage - 1, Stage) if record.stage else None,
        wishes=Wishes(
            identity_only=_members(record.identity_only, Identity),
            identity_better=_members(record.identity_better, Identity),
            gender_not=_members(record.gender_not, Identity),
            manner_not=_members(record.manner_not, Manner),
            nearness=_member(record.nearness, Nearness),
            same_age_only=record.same_age_only,
        ),
        consent=Consent(matching=True, unsaid=record.unsaid, statistics=record.statistics),
    )


def _peer_record(profile: PeerProfile, needs: Needs) -> PeerRecord:
    lived = bytearray(MAX_NUMBER + 1)
    for need, experience in profile.lived.items():
        lived[needs.by_id[need].number] = _lived_byte(experience)
    return PeerRecord(
        age=_place(profile.age),
        languages=tuple(sorted(profile.languages)),
        help=_bits(profile.help, Help),
        format=_place(profile.format),
        day_blocks=_day_bits(profile.day_blocks),
        look_in=_place(profile.look_in),
        relay_ok=profile.relay_ok,
        region=profile.region,
        talk=_bits(profile.talk, Talk),
        address=0 if profile.address is None else 1 + _place(profile.address),
        lived=bytes(lived),
        hidden=_need_bits(profile.hidden, needs),
        never=_need_bits(profile.never, needs),
        opted_in=_need_bits(profile.opted_in, needs),
        trained=_need_bits(profile.trained, needs),
        identity=_bits(profile.identity, Identity),
        manner=UNTOLD if profile.manner is None else _bits(profile.manner, Manner),
        capacity=profile.capacity,
        rest_hours=int(profile.rest / timedelta(hours=1)),
    )


def _peer(record: PeerRecord, needs: Needs) -> PeerProfile:
    return PeerProfile(
        age=_member(record.age, AgeBand),
        languages=frozenset(Language(language) for language in record.languages),
        help=_members(record.help, Help),
        format=_member(record.format, Format),
        day_blocks=_day_blocks(record.day_blocks),
        look_in=_member(record.look_in, LookIn),
        relay_ok=record.relay_ok,
        region=Region(record.region) if record.region else None,
        talk=_members(record.talk, Talk),
        address=_member(record.address - 1, Address) if record.address else None,
        lived={
            need.id: _experience(record.lived[need.number])
            for need in needs.all
            if record.lived[need.number]
        },
        hidden=_needs(record.hidden, needs),
        never=_needs(record.never, needs),
        opted_in=_needs(record.opted_in, needs),
        trained=_needs(record.trained, needs),
        identity=_members(record.identity, Identity),
        manner=None if record.manner == UNTOLD else _members(record.manner, Manner),
        capacity=record.capacity,
        rest=timedelta(hours=record.rest_hours),
    )


def _lived_byte(experience: Experience) -> int:
    since = 0 if experience.since is None else 1 + _place(experience.since)
    return 1 + experience.lived + SINCE_STEP * since


def _experience(byte: int) -> Experience:
    since, lived = divmod(byte - 1, SINCE_STEP)
    return Experience(lived=Lived(lived), since=_member(since - 1, Since) if since else None)


def _place(member: StrEnum) -> int:
    return list(type(member)).index(member)


def _member(place: int, kind: type[E]) -> E:
    return list(kind)[place]


def _bits(members: Iterable[E], kind: type[E]) -> int:
    order = list(kind)
    return sum(1 << order.index(member) for member in members)


def _members(bits: int, kind: type[E]) -> frozenset[E]:
    return frozenset(member for at, member in enumerate(kind) if bits >> at & 1)


def _day_bits(blocks: Iterable[int]) -> int:
    return sum(1 << block for block in blocks)


def _day_blocks(bits: int) -> frozenset[int]:
    return frozenset(block for block in range(bits.bit_length()) if bits >> block & 1)


def _need_bits(chosen: Iterable[NeedId], needs: Needs) -> bytes:
    bits = sum(1 << needs.by_id[need].number for need in chosen)
    return bits.to_bytes((MAX_NUMBER + 1) // 8, "little")


def _needs(raw: bytes, needs: Needs) -> frozenset[NeedId]:
    bits = int.from_bytes(raw, "little")
    return frozenset(need.id for need in needs.all if bits >> need.number & 1)
