"""How many people one, two or three of their needs already single out, drawn and surveyed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.table import Table

from matcher.domain.profile import Lived, PeerProfile, SeekerProfile
from matcher.engine.matrices import Bools, Ints
from matcher.engine.population import draw
from matcher.engine.trials import LIVED
from matcher.local.evaluation.table import read_people

KNOWN = (1, 2, 3)
DRAWN, SEED = 1_000, 7
BLOCK = 500
LOT = 1
ABOUT = ("age", "region")


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """People of one kind: which needs each has, and in which group of others each stands.

    `about` says what else is known of everybody; who answered that alike has the same `group`.
    """

    name: str
    has: Bools
    about: str
    group: Ints


def table(files: Sequence[Path], about: Sequence[str]) -> Table:
    """Lay out, for drawn people and each file, whom so many needs single out."""
    found = Table(title="singled out: nobody else has these needs (drawn by lot of one's own)")
    for name in ("people", "with", *(f"{many} known" for many in KNOWN), "all known"):
        found.add_column(name, no_wrap=True)
    for crowd in crowds(files, about):
        everybody = np.zeros(len(crowd.has), dtype=np.int64)
        found.add_row(f"{crowd.name} ({len(crowd.has):,})", "-", *_cells(crowd.has, everybody))
        found.add_row("", crowd.about, *_cells(crowd.has, crowd.group))
    return found


def crowds(files: Sequence[Path], about: Sequence[str]) -> Iterator[Crowd]:
    """Draw seekers and peers, then read each file."""
    people = draw(DRAWN, DRAWN, SEED)
    yield _drawn("drawn seekers' ticks", [one.profile for one in people.seekers])
    yield _drawn("drawn peers", [one.profile for one in people.peers])
    for file in files:
        survey = read_people(file)
        used = [name for name in about if name in survey.about]
        told = zip(*(survey.about[name] for name in used), strict=True) if used else []
        yield Crowd(
            name=file.name.partition(".")[0],
            has=(survey.answers >= LIVED) & survey.known,
            about=", ".join(used) or "nothing more",
            group=_numbered(list(told) or [()] * len(survey.answers)),
        )


def singled_out(has: Bools, group: Ints, known: int | None) -> float:
    """Tell which share of those who have so many needs nobody else shares them with.

    Of each person `known` needs are drawn by lot among their own; None means that the whole
    list, yes and no, is known. Others of the same group count only.
    """
    able = np.flatnonzero(has.sum(axis=1) >= (known or 0))
    lots = np.random.default_rng(LOT).random(has.shape)
    ranks = np.where(has, lots, 2.0).argsort(axis=1).argsort(axis=1)
    shown = has if known is None else has & (ranks < known)
    alone = 0
    for start in range(0, len(able), BLOCK):
        rows = able[start : start + BLOCK]
        fits = shown[rows].astype(np.float32) @ has.T.astype(np.float32)
        is_same = fits == shown[rows].sum(axis=1, keepdims=True)
        if known is None:
            is_same &= has.sum(axis=1) == has[rows].sum(axis=1, keepdims=True)
        is_same &= group == group[rows, None]
        alone += int((is_same.sum(axis=1) == 1).sum())
    return alone / max(1, len(able))


def _cells(has: Bools, group: Ints) -> list[str]:
    return [f"{singled_out(has, group, known):.1%}" for known in (*KNOWN, None)]


def _drawn(name: str, people: Sequence[SeekerProfile | PeerProfile]) -> Crowd:
    needs = [_needs(person) for person in people]
    columns = {need: at for at, need in enumerate(sorted(set().union(*needs)))}
    has = np.zeros((len(people), len(columns)), dtype=np.bool_)
    for row, own in enumerate(needs):
        has[row, [columns[need] for need in own]] = True
    told = [(person.age, person.region or "") for person in people]
    return Crowd(name=name, has=has, about=", ".join(ABOUT), group=_numbered(told))


def _needs(person: SeekerProfile | PeerProfile) -> set[str]:
    if isinstance(person, SeekerProfile):
        return {str(need) for need in person.needs}
    return {str(need) for need, found in person.lived.items() if found.lived >= Lived.QUITE}


def _numbered(told: Sequence[tuple[str, ...]]) -> Ints:
    numbers = {one: at for at, one in enumerate(dict.fromkeys(told))}
    return np.array([numbers[one] for one in told], dtype=np.int64)
