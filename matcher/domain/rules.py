"""Rules: what coordinators tune for one pool."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from matcher.domain.needs import NeedId, Needs
from matcher.domain.profile import ADULTS, AgeBand

HOURS_OF_A_WEEK = 168


class AcuteGuard(StrEnum):
    """For which needs a peer who is in the middle of the same is not offered."""

    OFF = "off"
    FORMAL_FIRST = "formal-first"
    EVERY = "every"


class Term(StrEnum):
    """What may tip the balance between peers who fit about as well."""

    STAGE = "stage"
    HELP = "help"
    IDENTITY = "identity"
    NEARNESS = "nearness"


class Objective(StrEnum):
    """What a round makes as large as it can."""

    BEST = "best"
    MOST = "most"
    FAIR = "fair"


@dataclass(frozen=True, slots=True, kw_only=True)
class Musts:
    """What may be switched of the hard constraints; all others hold always.

    `ages` maps a seeker's band to the peers' bands.
    """

    ages: Mapping[AgeBand, frozenset[AgeBand]] = field(
        default_factory=lambda: dict.fromkeys(ADULTS, ADULTS)
    )
    acute_guard: AcuteGuard = AcuteGuard.FORMAL_FIRST

    def guarded(self, needs: Needs) -> frozenset[NeedId]:
        """Choose the needs for which a peer must not be in the middle of it."""
        match self.acute_guard:
            case AcuteGuard.OFF:
                return frozenset()
            case AcuteGuard.FORMAL_FIRST:
                return needs.formal_first
            case AcuteGuard.EVERY:
                return frozenset(needs.by_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What counts how much; the small terms are added to a score in [0, 1].

    `main` is how many times more the need that matters most counts.
    """

    needs: Mapping[NeedId, float] = field(default_factory=dict)
    main: float = 2.0
    stage: float = 0.05
    help: float = 0.05
    identity: float = 0.05
    nearness: float = 0.03

    def of(self, term: Term) -> float:
        """Tell what one small term adds at most."""
        return {
            Term.STAGE: self.stage,
            Term.HELP: self.help,
            Term.IDENTITY: self.identity,
            Term.NEARNESS: self.nearness,
        }[term]


@dataclass(frozen=True, slots=True, kw_only=True)
class Similarity:
    """How much of a score is the unsaid part, from how many peers on it counts in full.

    `never_infer`: needs that are never guessed, besides those that needs.toml names.
    """

    unsaid_weight: float = 0.5
    full_from_peers: int = 30
    never_infer: frozenset[NeedId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """What is asked less strictly of a match for whoever has waited for `after`.

    `floor` None leaves the floor as it is; `drops` adds to what was dropped before. A must is
    never dropped, the seeker's own least of all.
    """

    after: timedelta
    floor: float | None = None
    drops: frozenset[Term] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """Whose match counts more where there are not enough peers.

    `waiting_bonus` is what each day of waiting adds to a seeker's priority of 1, `rare_needs`
    what the rarest need of a pool adds.
    """

    waiting_bonus: float = 0.1
    rare_needs: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRules:
    """How suggestions are made; `a_day` is a peer's ration.

    An answer is waited for `answer_within` at most. A pair that let a suggestion pass may be
    offered again after `repeat_after`, `repeats` times. Each suggestion is drawn among the
    best `draw_among` peers of a seeker.
    """

    answer_within: timedelta = timedelta(days=14)
    a_day: int = 3
    repeat_after: timedelta = timedelta(days=7)
    repeats: int = 2
    draw_among: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRules:
    """What protects peers.

    `hours_a_week`: how long somebody may be here live within seven days.
    """

    capacity_ceiling: int = 5
    hours_a_week: int = HOURS_OF_A_WEEK
    rest_after_room: timedelta = timedelta(0)
    missed_before_pause: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything coordinators tune for one pool.

    `floor`: a pair whose said part is lower is not offered. `relax` is in the order in which
    it takes effect: `after` rises, floors fall. By default nothing is eased or drawn; what a
    network begins with stands in config/rules.toml.
    """

    musts: Musts = field(default_factory=Musts)
    weights: Weights = field(default_factory=Weights)
    similarity: Similarity = field(default_factory=Similarity)
    floor: float = 0.2
    relax: tuple[Relaxation, ...] = ()
    priority: Priority = field(default_factory=Priority)
    objective: Objective = Objective.BEST
    offers: OfferRules = field(default_factory=OfferRules)
    peers: PeerRules = field(default_factory=PeerRules)

    def never_inferred(self, needs: Needs) -> frozenset[NeedId]:
        """Choose the needs that are never guessed about anybody in this pool."""
        return needs.never_infer | self.similarity.never_infer
