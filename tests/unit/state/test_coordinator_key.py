"""The coordinators' pair of keys: made once, private to its owner, its halves apart."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from matcher.state.coordinator_key import CoordinatorKey


def test_of_many_who_ask_at_once_all_get_one_pair(tmp_path: Path) -> None:
    keys = [CoordinatorKey(tmp_path / "state", "main") for _ in range(16)]

    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda key: key.public(), keys))

    (public,) = found
    private = X25519PrivateKey.from_private_bytes(keys[0].private())
    assert private.public_key().public_bytes_raw() == public


def test_nobody_else_may_read_either_file(tmp_path: Path) -> None:
    CoordinatorKey(tmp_path / "state", "main").public()

    made = sorted((tmp_path / "state").iterdir())

    assert {path.stat().st_mode & 0o077 for path in made} == {0}
    assert {"coordinator-key-main.json", "coordinator-public-main.json"} <= {
        path.name for path in made
    }


def test_who_seals_needs_the_public_half_alone(tmp_path: Path) -> None:
    public = CoordinatorKey(tmp_path, "main").public()

    (tmp_path / "coordinator-key-main.json").unlink()

    assert CoordinatorKey(tmp_path, "main").public() == public
    assert not (tmp_path / "coordinator-key-main.json").exists()


def test_each_pool_has_a_pair_of_its_own(tmp_path: Path) -> None:
    assert (
        CoordinatorKey(tmp_path, "one").public() != CoordinatorKey(tmp_path, "other").public()
    )
