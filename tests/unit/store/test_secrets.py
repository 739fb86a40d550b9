"""Marks of pairs: turned back by who holds the pepper, alike in no two lists."""

from pathlib import Path

import pytest

from matcher.domain.profile import Handle
from matcher.store.secrets import Secrets, handle_from


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
