"""How hard words are to read: lengths of sentences, and a school grade by a formula.

The grade is Flesch-Kincaid's: J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom,
"Derivation of new readability formulas for Navy enlisted personnel", Research Branch Report
8-75, 1975. Two departures, both to the harder side: only full stops, question and exclamation
marks end a sentence, where the formula's own rules also let colons and semicolons end one; and
labels and headings are left out, which would lower the mean.
"""

import re

VALUE = re.compile(r"%\(\w+\)s|\{\w*\}")
TAG = re.compile(r"<[^>]*>")
END = re.compile(r"(?<=[.?!؟…])[”»]?\s+")
CLOSED = re.compile(r"[.?!؟:][”»]?$")
WORD = re.compile(r"[^\W\d_][^\W_]*(?:[-'\u2019][^\W_]+)*|\d+")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?<=som)e(?=[btw])|(?<=ev)e(?=ry)|(?<![^aeiouy]l)e$|(?<![td])ed$")
HARAKAT = re.compile("[\u064b-\u0652]")


def sentences(text: str) -> list[str]:
    """Split a message into its sentences; a value in it is one short word."""
    plain = HARAKAT.sub("", VALUE.sub("ten", TAG.sub("", text)))
    return [one for one in END.split(plain) if words(one)]


def is_running(text: str) -> bool:
    """Tell sentences from labels and headings, which end without a stop."""
    return CLOSED.search(TAG.sub("", text).strip()) is not None


def words(sentence: str) -> list[str]:
    """List the words of a sentence."""
    return WORD.findall(sentence)


def syllables(word: str) -> int:
    """Count the syllables of an English word: its groups of vowels that are spoken."""
    return max(len(VOWELS.findall(SILENT.sub("", word.lower()))), 1)


def grade(texts: list[str]) -> float:
    """Say after how many years at school a text is read with ease; six years: at twelve."""
    found = [words(one) for text in texts if is_running(text) for one in sentences(text)]
    count = sum(map(len, found))
    spoken = sum(syllables(word) for one in found for word in one)
    return 0.39 * count / len(found) + 11.8 * spoken / count - 15.59
