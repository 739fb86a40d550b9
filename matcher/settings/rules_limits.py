"""What no rules file may say, whatever its keys allow one by one."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import pairwise
from math import ceil
from statistics import fmean

from matcher.domain.errors import SettingsError
from matcher.domain.needs import NeedId, Needs
from matcher.domain.profile import ADULTS, MINORS
from matcher.domain.rules import Rules
from matcher.settings.toml_file import TomlFile, nearest

LONGEST_ANSWER = timedelta(days=14)
LENGTHS: Mapping[tuple[str, str], tuple[timedelta, timedelta, str]] = {
    ("offers", "answer_within"): (timedelta(hours=1), LONGEST_ANSWER, "1 h to 14 d"),
    ("offers", "repeat_after"): (timedelta(hours=1), timedelta(days=90), "1 h to 90 d"),
    ("peers", "rest_after_room"): (timedelta(0), timedelta(days=28), "0 s to 28 d"),
}

NOBODY_LOWERED = "no rule may lower anybody's chances because of who they are"
_ROUNDING = 1e-9
_NOT_BELOW_NOTHING = {
    ("weights", "identity"): (
        f"a wished-for identity can only add, never take away: {NOBODY_LOWERED}"
    ),
    ("weights", "nearness"): (
        f"where somebody lives can only add, never take away: {NOBODY_LOWERED}"
    ),
    ("priority", "rare_needs"): (
        f"a rare need can only bring somebody forward, never hold them back: {NOBODY_LOWERED}"
    ),
}


def refuse_lowering(file: TomlFile) -> None:
    """Refuse what would turn a wish or a rare need against somebody.

    Raises
    ------
    SettingsError
        In a sentence of its own, before any range is told.
    """
    for (table, key), sentence in _NOT_BELOW_NOTHING.items():
        entries = file.values.get(table)
        written = entries.get(key) if isinstance(entries, Mapping) else None
        if isinstance(written, int | float) and written < 0:
            raise file.error([table, key], sentence)


def refuse(file: TomlFile, rules: Rules, needs: Needs) -> None:
    """Refuse what the keys allow one by one, but not together.

    Raises
    ------
    SettingsError
        With the line of what is wrong.
    """
    _refuse_unknown_needs(file, rules, needs)
    _refuse_lighter_identities(file, rules, needs)
    _refuse_minors_for_adults(file, rules)
    _refuse_lengths(file, rules)
    _refuse_disorder(file, rules)


def _refuse_unknown_needs(file: TomlFile, rules: Rules, needs: Needs) -> None:
    known = [str(need.id) for need in needs.all]
    places: list[tuple[list[str | int], Iterable[NeedId]]] = [
        (["weights", "needs"], rules.weights.needs),
        (["similarity", "never_infer"], sorted(rules.similarity.never_infer)),
    ]
    for path, names in places:
        for name in names:
            if name not in needs.by_id:
                reason = f"no need of needs.toml has the id '{name}'; {nearest(name, known)}"
                raise file.error([*path, name] if path[0] == "weights" else path, reason)


def _refuse_lighter_identities(file: TomlFile, rules: Rules, needs: Needs) -> None:
    """Compare with the mean of the other needs, however few of them were raised; 1 at least.

    The mean, as no half of the others can be set to 0 to bring it down unseen; and 1, as who is
    asked for by such a need alone would find nobody where all count for nothing.
    """
    weigh = {need.id: rules.weights.needs.get(need.id, 1.0) for need in needs.all}
    about_people = needs.says_who_somebody_is
    others = [weight for name, weight in weigh.items() if name not in about_people]
    mean = fmean(others or [1.0])
    least = max(1.0, mean)
    lighter = sorted(name for name in about_people if weigh[name] < least - _ROUNDING)
    if lighter:
        first = lighter[0]
        path = ["weights", "needs", *([str(first)] if first in rules.weights.needs else [])]
        enough = f"{ceil(100 * (least - _ROUNDING)) / 100:g}"
        more = f", and for {len(lighter) - 1} more like it" if lighter[1:] else ""
        reason = (
            f"'{first}' says who somebody is, and would count {weigh[first]:g}; such a need "
            f"counts 1 at least, and no less than the others on average (here {mean:.3g}), as "
            f"{NOBODY_LOWERED}: write {enough} or more for it{more}, or let others count less"
        )
        raise file.error(path, reason)


def _refuse_minors_for_adults(file: TomlFile, rules: Rules) -> None:
    for seeker in sorted(ADULTS & rules.musts.ages.keys()):
        if rules.musts.ages[seeker] & MINORS:
            reason = "nobody of 18 or older is brought together with somebody younger"
            raise file.error(["musts", "ages", seeker], reason)


def _refuse_lengths(file: TomlFile, rules: Rules) -> None:
    tables = {"offers": rules.offers, "peers": rules.peers}
    for (table, key), (least, most, allowed) in LENGTHS.items():
        if not least <= getattr(tables[table], key) <= most:
            raise file.error([table, key], f"this time is out of range; allowed: {allowed}")


def _refuse_disorder(file: TomlFile, rules: Rules) -> None:
    """Refuse steps that come too early, or ask for more than the one before."""
    for nth, step in enumerate(rules.relax):
        if step.floor is None and not step.drops:
            raise _step_error(file, nth, "", "this step changes nothing: give a floor or drops")
    afters = [timedelta(0), *(step.after for step in rules.relax)]
    for nth, (before, after) in enumerate(pairwise(afters)):
        if after <= before:
            raise _step_error(
                file,
                nth,
                "after",
                "each step comes later than the one before, the first after 0 s",
            )
    floor = rules.floor
    for nth, step in enumerate(rules.relax):
        if step.floor is not None and step.floor >= floor:
            reason = (
                f"a floor only falls while somebody waits: it was {floor:g} before this step"
            )
            raise _step_error(file, nth, "floor", reason)
        floor = floor if step.floor is None else step.floor


def _step_error(file: TomlFile, nth: int, key: str, reason: str) -> SettingsError:
    return file.error(["relax", nth, *([key] if key else [])], reason)
