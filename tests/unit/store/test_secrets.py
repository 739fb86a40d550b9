"""Marks of pairs: turned back by who holds the pepper, alike in no two lists."""

from pathlib import Path

import pytest

from matcher.domain.profile import Handle
from matcher.store.secrets import Secrets, code_from, handle_from, keys_of


def _handle(seed: int) -> Handle:
    return handle_from(seed.to_bytes(32, "big"))


@pytest.mark.parametrize("count", [0, 1, 50])
def test_marks_lead_back_to_the_peers(tmp_path: Path, count: int) -> None:
    secrets = Secrets(tmp_path)
    pairs = [(_handle(at % 7), _handle(100 + at)) for at in range(count)]
    marks = [(seeker, secrets.pair_mark(seeker, peer)) for seeker, peer in pairs]

    assert secrets.marked_peers(marks) == [peer for _, peer in pairs]


def test_a_peer_has_another_mark_with_each_seeker_and_each_pepper(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    here, elsewhere = Secrets(tmp_path), Secrets(tmp_path / "other")
    peer = _handle(1)

    marks = {
        one.pair_mark(_handle(at), peer) for at in range(2, 12) for one in (here, elsewhere)
    }

    assert len(marks) == 20
    assert all(len(mark) == 16 for mark in marks)
    assert bytes.fromhex(peer) not in marks


def test_a_secret_of_ones_own_derives_from_the_code_and_the_pepper(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    here, elsewhere = Secrets(tmp_path), Secrets(tmp_path / "other")
    codes = [code_from(at.to_bytes(32, "big")) for at in range(5)]

    own = {one.code(code).own for code in codes for one in (here, elsewhere)}

    assert len(own) == 10
    assert {here.code(keys_of(code)).own for code in codes} < own
    assert not own & {here.code(code).seal for code in codes}
