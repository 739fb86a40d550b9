"""What changes from one version of rules to another, as sentences."""

from dataclasses import dataclass

from matcher.domain.explained import explained
from matcher.domain.loosening import Guard, loosened
from matcher.domain.rules import Rules
from matcher.domain.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One rule that changes; None where it was not there, or is not any more.

    `loosens`: what protects people less than before.
    """

    key: str
    before: Sentence | None
    after: Sentence | None
    loosens: Guard | None = None


def changes(old: Rules, new: Rules) -> tuple[Change, ...]:
    """Compare two versions, rule by rule, in the order of the file."""
    before, after = _by_key(old), _by_key(new)
    loose = loosened(old, new)
    return tuple(
        Change(key=key, before=before.get(key), after=after.get(key), loosens=loose.get(key))
        for key in [*before, *(key for key in after if key not in before)]
        if before.get(key) != after.get(key) or key in loose
    )


def _by_key(rules: Rules) -> dict[str, Sentence]:
    return {rule.key: rule.says for rule in explained(rules)}
