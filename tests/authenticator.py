"""A device with a passkey, as far as a server sees it (WebAuthn, level 2, sections 6 and 7)."""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT_AND_NEW, PRESENT = 0x41, 0x01
COORDINATE_BYTES = 32


def as_text(raw: bytes) -> str:
    """Write bytes as browsers do."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass
class Device:
    """One key for one site, used `count` times; a broken one `leaves_out` a part of its key.

    Some count by nothing: they always say 0.
    """

    site: str = "localhost"
    origin: str = "http://localhost"
    count: int = 0
    counts_by: int = 1
    leaves_out: int = 0
    id: bytes = field(default_factory=lambda: token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def made(self, challenge: str) -> str:
        """Answer as a device that has just made its key."""
        size = len(self.id).to_bytes(2, "big")
        held = bytes(16) + size + self.id + self._public()
        data = self._data(PRESENT_AND_NEW) + held
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", challenge)
        return self._told(clientDataJSON=client, attestationObject=attestation)

    def signed(self, challenge: str) -> str:
        """Answer as a device that signs a challenge."""
        self.count += self.counts_by
        data, client = self._data(PRESENT), self._client("webauthn.get", challenge)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._told(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, flags: int) -> bytes:
        site = sha256(self.site.encode()).digest()
        return site + bytes([flags]) + self.count.to_bytes(4, "big")

    def _public(self) -> bytes:
        at = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(COORDINATE_BYTES, "big") for number in (at.x, at.y))
        key = {1: 2, 3: -7, -1: 1, -2: x, -3: y}
        return cbor2.dumps({part: key[part] for part in key if part != self.leaves_out})

    def _client(self, kind: str, challenge: str) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin}
        return json.dumps(told).encode()

    def _told(self, **parts: bytes) -> str:
        response = {name: as_text(value) for name, value in parts.items()}
        told = {"id": as_text(self.id), "rawId": as_text(self.id), "type": "public-key"}
        return json.dumps({**told, "response": response})
