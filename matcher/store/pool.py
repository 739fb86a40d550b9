"""What a round may do to a pool: look at chosen people again, and write offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.domain.card import Card
from matcher.domain.errors import VaultGoneError
from matcher.domain.extent import Arm
from matcher.domain.offer import OfferId
from matcher.domain.profile import Handle, Profile, Role
from matcher.domain.rules import Rules
from matcher.store.backing import Backing, at, card_context
from matcher.store.client import Word, text
from matcher.store.rulebook import PREFIX
from matcher.store.wire import CARD_SIZE, Beside, pack_card


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A pair that a round wants to offer, with the versions of the answers it is based on.

    The seeker is asked after the peer said yes, and sees what the two share; the peer sees of
    it what many who wait would show. The peer answers until `deadline`; from their yes on the
    seeker has `lasts`, which stays sealed until then. `bucket` says of which kind the pair is,
    None where that may not be counted.
    """

    offer: OfferId
    seeker: Handle
    peer: Handle
    versions: tuple[int, int]
    seekers_card: Card
    peers_card: Card
    deadline: datetime
    lasts: timedelta
    bucket: int | None


class Pool:
    """The people of one pool, as rounds act on them."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._keys = backing.keys

    def reread(self, handles: Sequence[Handle]) -> dict[Handle, tuple[Profile, int]]:
        """Read some people's answers again, and of which version they are.

        Who has left is not among them. Versions are read first: answers that change in
        between are newer than their version, which the store then refuses.
        """
        if not handles:
            return {}
        versions = [("HGET", self._keys("h:", handle), "version") for handle in handles]
        profiles = ("MGET", *(self._keys("p:", handle) for handle in handles))
        *found, sealed = self._backing.store.commands([*versions, profiles])
        return {
            handle: (profile, int(version))
            for handle, version, raw in zip(handles, found, sealed, strict=True)
            if version is not None and (profile := self._open(handle, raw))
        }

    def propose(
        self,
        proposals: Sequence[Proposal],
        *,
        fence: int,
        rules: Rules,
        now: datetime,
        arm: Arm = Arm.LIVE,
    ) -> list[str]:
        """Write each offer, or nothing of it: "offered", or the reason why not.

        `arm` says whether `rules` are those in force or on trial; the store knows both.
        """
        words = [(*self._words(proposal, fence, rules), PREFIX[arm]) for proposal in proposals]
        return [
            text(answer) if isinstance(answer, bytes | str) else ""
            for answer in self._backing.steps("propose", words, now=now)
        ]

    def _words(self, proposal: Proposal, fence: int, rules: Rules) -> tuple[Word, ...]:
        return (
            proposal.seeker,
            proposal.peer,
            proposal.offer,
            fence,
            *proposal.versions,
            at(proposal.deadline),
            self._backing.secrets.pair_mark(proposal.seeker, proposal.peer),
            at(proposal.deadline + rules.offers.repeat_after),
            self._sealed(proposal, Role.SEEKER),
            self._sealed(proposal, Role.PEER),
        )

    def _sealed(self, proposal: Proposal, side: Role) -> bytes:
        packed = (
            pack_card(proposal.seekers_card, Beside(proposal.lasts, proposal.bucket))
            if side is Role.SEEKER
            else pack_card(proposal.peers_card)
        )
        return self._backing.vault.seal(
            packed,
            until=proposal.deadline + proposal.lasts,  # a peer's yes renews it
            context=card_context(proposal.offer, side),
            size=CARD_SIZE,
        )

    def _open(self, handle: Handle, sealed: bytes | None) -> Profile | None:
        try:
            return None if sealed is None else self._backing.open_profile(handle, sealed)
        except VaultGoneError:
            return None
