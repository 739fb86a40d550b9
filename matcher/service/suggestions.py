"""What outcomes suggest for the weights in force; nobody but a coordinator ever acts on it."""

from collections.abc import Mapping

from matcher.domain.rules import Term
from matcher.domain.taught import Lesson, Taught, taught
from matcher.service.lessons import Lessons
from matcher.service.tuning import Tuning


class Suggestions:
    """Reads what was told beside the rules, and writes drafts."""

    def __init__(self, lessons: Lessons, tuning: Tuning) -> None:
        self._lessons = lessons
        self._tuning = tuning

    def now(self) -> Taught:
        """Say what is known of each small term, and what is worth a try."""
        return taught(self._lessons.lately(), self._weights())

    def draft(self, lesson: Lesson) -> str | None:
        """Write the rules in force with what is worth a try; None where there is nothing."""
        if lesson.wish is None:
            return None
        text = self._tuning.current().text
        values = self._tuning.values(text)
        weights = {**values["weights"], lesson.feature.value: lesson.wish}
        return self._tuning.written(text, {**values, "weights": weights})

    def _weights(self) -> Mapping[Term, float]:
        """Read the weights in force; none where the text in force cannot be used any more."""
        rules = self._tuning.check(self._tuning.current().text).rules
        return {} if rules is None else {term: rules.weights.of(term) for term in Term}
