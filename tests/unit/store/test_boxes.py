"""What is sealed for one reader: nobody else opens it, and its length tells nothing."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from matcher.domain.errors import VaultGoneError
from matcher.store.boxes import PUBLIC_BYTES, box_size, open_box, seal_for

SIZE = 100


def pair() -> tuple[bytes, bytes]:
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


@pytest.mark.parametrize("plain", [b"", b"x", b"y" * SIZE])
def test_its_reader_opens_it_and_all_have_one_size(plain: bytes) -> None:
    private, public = pair()

    sealed = seal_for(public, plain, context=b"here", size=SIZE)

    assert open_box(private, sealed, context=b"here") == plain
    assert len(sealed) == box_size(SIZE)


def test_nobody_else_opens_it_and_nothing_of_it_may_be_altered_or_moved() -> None:
    private, public = pair()
    sealed = seal_for(public, b"plain", context=b"here", size=SIZE)
    wrong = [(pair()[0], sealed, b"here"), (private, sealed, b"there"), (private, b"", b"here")]
    wrong += [(private, bytes(PUBLIC_BYTES) + sealed[PUBLIC_BYTES:], b"here")]
    for at in (0, PUBLIC_BYTES, len(sealed) - 1):
        altered = bytearray(sealed)
        altered[at] ^= 1
        wrong.append((private, bytes(altered), b"here"))

    for key, box, context in wrong:
        with pytest.raises(VaultGoneError):
            open_box(key, box, context=context)


def test_the_same_words_are_never_sealed_alike() -> None:
    _, public = pair()

    boxes = {
        seal_for(public, b"same", context=b"here", size=SIZE)[:PUBLIC_BYTES] for _ in range(5)
    }

    assert len(boxes) == 5
