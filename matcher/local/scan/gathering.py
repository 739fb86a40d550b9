"""Gathers what a scan finds, so that many of one kind make one sentence."""

from collections import Counter

from matcher.local.findings import Finding, Level, fine, is_anything_wrong, wrong


class Gathering:
    """The findings of one scan."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._looked_at: dict[str, str] = {}

    def say(self, finding: Finding) -> None:
        """Add something that was found once."""
        self._findings.append(finding)

    def count(self, subject: str, text: str, what: str) -> None:
        """Add something that is wrong with one of many: keys, lines, files."""
        self._counts[subject, text, what] += 1

    def looked_at(self, subject: str, number: int, what: str) -> None:
        """Remember how much was looked at."""
        self._looked_at[subject] = f"{number} {what}"

    def findings(self) -> list[Finding]:
        """Say everything: what is wrong, and where nothing is."""
        found = [*self._findings]
        for (subject, text, what), number in sorted(self._counts.items()):
            found.append(wrong(subject, f"{text} ({what}: {number})"))
        for subject, many in self._looked_at.items():
            mine = [finding for finding in found if finding.subject == subject]
            if not is_anything_wrong(mine):
                found.append(fine(subject, f"{many} were looked through, and all is in order"))
        return sorted(found, key=lambda finding: list(Level).index(finding.level))
