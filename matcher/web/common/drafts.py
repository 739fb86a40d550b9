"""Answers on their way: they travel sealed in the page itself, and the server keeps nothing."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_bytes
from typing import Self

from werkzeug.datastructures import MultiDict

from matcher.domain.errors import DraftGoneError
from matcher.web.common.wiring import services

FIELD = "draft"

_SEED_BYTES = 32

Answers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody has answered so far in one walk through pages.

    `seed` becomes the person's code: the same pages sent twice are one person. `is_near_end`:
    they have seen their answers together, so a correction leads straight back there.
    """

    walk: str
    page: str
    seed: bytes
    answers: Answers
    is_near_end: bool = False

    @classmethod
    def begin(cls, walk: str, page: str, answers: Answers | None = None) -> Self:
        """Begin a walk with a fresh seed."""
        return cls(walk=walk, page=page, seed=token_bytes(_SEED_BYTES), answers=answers or {})

    def sealed(self) -> str:
        """Write the draft as text that only this server can read or make."""
        plain = json.dumps(
            {
                "walk": self.walk,
                "page": self.page,
                "seed": urlsafe_b64encode(self.seed).decode(),
                "answers": {name: list(values) for name, values in self.answers.items()},
                "near": self.is_near_end,
            }
        )
        return services().drafts.seal(zlib.compress(plain.encode(), 9))


def open_draft(sealed: str, *, walk: str) -> Draft:
    """Read a draft of `walk` back.

    Raises
    ------
    DraftGoneError
        If it is too old, not ours, or belongs to other pages.
    """
    found = json.loads(zlib.decompress(services().drafts.open(sealed)))
    if found["walk"] != walk:
        raise DraftGoneError
    return Draft(
        walk=walk,
        page=found["page"],
        seed=urlsafe_b64decode(found["seed"]),
        answers={name: tuple(values) for name, values in found["answers"].items()},
        is_near_end=found["near"],
    )


def one(answers: Answers, name: str) -> str:
    """Return the single answer to a question, or nothing."""
    return next(iter(answers.get(name, ())), "")


def many(answers: Answers, name: str) -> tuple[str, ...]:
    """Return every answer to a question."""
    return answers.get(name, ())


def as_form_data(answers: Answers) -> MultiDict[str, str]:
    """Turn answers into what forms read."""
    return MultiDict([(name, value) for name, values in answers.items() for value in values])
