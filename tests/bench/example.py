"""Draws config/example-people.csv: made-up people to try `sanad evaluate` on."""

import csv
import sys

from matcher.domain.profile import Lived, PeerProfile
from matcher.engine import population, society

PEOPLE, SEED = 200, 7


def main() -> None:
    """Write the table to standard output."""
    ids = [need.id for need in society.catalogue().all]
    asked = [need for need in ids if any(need in one.lived for one in _people())]
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["about:age", *(f"need:{need}" for need in asked)])
    for person in _people():
        table.writerow([person.age, *(_answer(person, need) for need in asked)])


def _people() -> list[PeerProfile]:
    return [peer.profile for peer in population.draw(0, PEOPLE, SEED).peers]


def _answer(person: PeerProfile, need: str) -> str:
    told = {str(one): found.lived for one, found in person.lived.items()}
    return f"{told[need] / max(Lived):.2g}" if need in told else ""


if __name__ == "__main__":
    main()
