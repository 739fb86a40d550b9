"""What is packed, in whatever it is packed, comes to light; and nothing keeps the scan busy."""

import gzip
import json
import os
import zlib
from base64 import b64encode, urlsafe_b64encode

import numpy as np
import pytest
from hypothesis import given, strategies as st
from msgspec import msgpack

from matcher.local.scan.layers import MOST_BYTES, MOST_LAYERS, layers
from matcher.local.scan.looks import Look, looks

CANARY = b"canary-7731-a?b"
TWICE = zlib.compress(b64encode(zlib.compress(CANARY)))

PACKED = {
    "as it is": CANARY,
    "zlib": zlib.compress(CANARY),
    "zlib after something else": b"\x01\x02head" + zlib.compress(CANARY),
    "gzip": gzip.compress(CANARY),
    "base64": b64encode(CANARY),
    "base64 for addresses": urlsafe_b64encode(CANARY * 3).rstrip(b"="),
    "base64 with letters before it": b"v1x" + b64encode(CANARY),
    "hex": CANARY.hex().encode(),
    "JSON": json.dumps({"a": ["x", {CANARY.decode(): 1}]}).encode(),
    "JSON with escapes": b'["' + b"".join(b"\\u%04x" % byte for byte in CANARY) + b'"]',
    "MessagePack": msgpack.encode([1, {"k": [zlib.compress(CANARY)]}]),
    "an address": b"GET /x?q=" + b"".join(b"%%%02X" % byte for byte in CANARY),
    "zlib, base64, zlib": TWICE,
    "all of it": json.dumps([b64encode(msgpack.encode([TWICE])).decode()]).encode(),
}


@pytest.mark.parametrize("raw", PACKED.values(), ids=PACKED.keys())
def test_what_is_packed_comes_to_light(raw: bytes) -> None:
    assert [layer for layer in layers(raw) if CANARY in layer]


@given(st.binary(max_size=300))
def test_any_bytes_can_be_taken_apart(raw: bytes) -> None:
    assert next(iter(layers(raw))) == raw


@given(
    st.recursive(
        st.none() | st.integers(-(2**63), 2**63) | st.text() | st.binary(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(0, 9), inner),
    )
)
def test_any_message_can_be_taken_apart(value: object) -> None:
    assert list(layers(msgpack.encode(value)))


def test_a_bomb_is_put_out() -> None:
    bomb = zlib.compress(zlib.compress(b"\0" * 100_000_000, 9), 9)

    found = [len(layer) for layer in layers(bomb)]

    assert max(found) <= MOST_BYTES


def test_a_great_many_layers_are_cut_short() -> None:
    many = b" ".join(b64encode(os.urandom(12)) for _ in range(2 * MOST_LAYERS))

    assert len(list(layers(many))) <= MOST_LAYERS + 1


SEEN = {
    "7G8T 741M 7KVG R6GB N38A 5Y43 8YPH": Look.CODE,
    "code=7g8t741m7kvgr6gbn38a5y438yph;": Look.CODE,
    "from 7g8t-741m-7kvg-r6gb-n38a-5y43-8yph": Look.CODE,
    "a visit from 192.0.2.7.": Look.ADDRESS,
    '"2001:db8::17"': Look.ADDRESS,
    "Mozilla/5.0 (X11; Linux x86_64)": Look.AGENT,
    "curl/8.5.0": Look.AGENT,
    "write to somebody@example.org": Look.EMAIL,
    "call +49 30 1234567": Look.PHONE,
    "call 0171 1234567": Look.PHONE,
}


@pytest.mark.parametrize(("text", "look"), SEEN.items(), ids=SEEN.keys())
def test_what_should_not_be_there_is_seen(text: str, look: Look) -> None:
    assert looks(text.encode()) == {look}
    assert looks(b"\xff\xfe\x00" + text.encode() + b"\x00\xff") == {look}


HARMLESS = [
    "7g8t741m7kvgr6gbn38a5y438yp0",  # its check is wrong
    "7g8t741m7kvgr6gbn38a5y438yph0000",  # as long as a key, and no code
    "this that what when with from here",
    "03:14 public   listening on 127.0.0.1:8460",
    "12:34:56 and ::1 and 0.0.0.0",
    "1795661278.00856 1795661343",
    "round-main-17956612780:6b0000f59957440db01e6d58ad54f783",
    "2026-11-26T02:47:58.004473Z +00:00",
    "valkey 9.1.2, python 3.11.7, Linux 6.18.44-fc-v669 x86_64",
    "unix://app@/run/sanad/store.sock",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_belongs_there_is_not_taken_for_something_else(text: str) -> None:
    assert looks(text.encode()) == frozenset()


def test_sealed_bytes_look_like_nothing() -> None:
    drawn = np.random.default_rng(1)  # of as many at random, one in a thousand runs has a look
    sealed = (drawn.bytes(480) for _ in range(2_000))
    seen = {look for raw in sealed for layer in layers(raw) for look in looks(layer)}

    assert seen == set()
