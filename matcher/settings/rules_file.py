"""The shape of a rules file (config/rules.toml, config/presets/), and how it becomes rules."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from matcher.domain import rules
from matcher.domain.needs import NeedId, Needs
from matcher.domain.profile import AgeBand
from matcher.domain.rules import AcuteGuard, Objective, Rules, Term
from matcher.settings import rules_limits
from matcher.settings.toml_file import Duration, TomlFile, read

Share = Annotated[float, Meta(ge=0, le=1)]
Factor = Annotated[float, Meta(ge=0, le=10)]


class MustsTable(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[musts]`."""

    acute_guard: AcuteGuard
    ages: Mapping[AgeBand, frozenset[AgeBand]]


class WeightsTable(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[weights]`."""

    main: Annotated[float, Meta(ge=1, le=10)]
    stage: Share
    help: Share
    identity: Share
    nearness: Share
    needs: Mapping[str, Factor] = {}


class SimilarityTable(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[similarity]`."""

    unsaid_weight: Share
    full_from_peers: Annotated[int, Meta(ge=2, le=10_000)]
    never_infer: frozenset[str]


class FloorTable(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[floor]`."""

    said: Share


class RelaxTable(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One `[[relax]]`."""

    after: Duration
    floor: Share | None = None
    drops: frozenset[Term] = frozenset()


class PriorityTable(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[priority]`."""

    waiting_bonus: Share
    rare_needs: Share


class ObjectiveTable(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[objective]`."""

    aim: Objective


class OffersTable(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[offers]`."""

    answer_within: Duration
    a_day: Annotated[int, Meta(ge=0, le=50)]
    repeat_after: Duration
    repeats: Annotated[int, Meta(ge=0, le=10)]
    draw_among: Annotated[int, Meta(ge=1, le=10)]


class PeersTable(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[peers]`."""

    capacity_ceiling: Annotated[int, Meta(ge=1, le=20)]
    hours_a_week: Annotated[int, Meta(ge=1, le=rules.HOURS_OF_A_WEEK)]
    rest_after_room: Duration
    missed_before_pause: Annotated[int, Meta(ge=1, le=20)]


class RulesFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A whole rules file."""

    musts: MustsTable
    weights: WeightsTable
    similarity: SimilarityTable
    floor: FloorTable
    relax: tuple[RelaxTable, ...] = ()
    priority: PriorityTable
    objective: ObjectiveTable
    offers: OffersTable
    peers: PeersTable


def read_rules(path: Path, needs: Needs) -> Rules:
    """Read and check the rules of a pool.

    Raises
    ------
    SettingsError
        If the file is wrong: names file, line, key, and what is allowed.
    """
    return rules_from(read(path), needs)


def rules_from(file: TomlFile, needs: Needs) -> Rules:
    """Check a parsed file and turn it into rules. Raises like `read_rules`."""
    rules_limits.refuse_lowering(file)
    found = _rules(file.convert(RulesFile))
    rules_limits.refuse(file, found, needs)
    return found


def _rules(found: RulesFile) -> Rules:
    return Rules(
        musts=rules.Musts(ages=found.musts.ages, acute_guard=found.musts.acute_guard),
        weights=_weights(found.weights),
        similarity=rules.Similarity(
            unsaid_weight=found.similarity.unsaid_weight,
            full_from_peers=found.similarity.full_from_peers,
            never_infer=frozenset(NeedId(name) for name in found.similarity.never_infer),
        ),
        floor=found.floor.said,
        relax=tuple(
            rules.Relaxation(after=_plain(one.after), floor=one.floor, drops=one.drops)
            for one in found.relax
        ),
        priority=rules.Priority(
            waiting_bonus=found.priority.waiting_bonus, rare_needs=found.priority.rare_needs
        ),
        objective=found.objective.aim,
        offers=_offers(found.offers),
        peers=rules.PeerRules(
            capacity_ceiling=found.peers.capacity_ceiling,
            hours_a_week=found.peers.hours_a_week,
            rest_after_room=_plain(found.peers.rest_after_room),
            missed_before_pause=found.peers.missed_before_pause,
        ),
    )


def _weights(found: WeightsTable) -> rules.Weights:
    return rules.Weights(
        needs={NeedId(name): weight for name, weight in found.needs.items()},
        main=found.main,
        stage=found.stage,
        help=found.help,
        identity=found.identity,
        nearness=found.nearness,
    )


def _offers(found: OffersTable) -> rules.OfferRules:
    return rules.OfferRules(
        answer_within=_plain(found.answer_within),
        a_day=found.a_day,
        repeat_after=_plain(found.repeat_after),
        repeats=found.repeats,
        draw_among=found.draw_among,
    )


def _plain(length: Duration) -> timedelta:
    """Give the domain what it asks for, and what can be written again as JSON."""
    return timedelta(seconds=length.total_seconds())
