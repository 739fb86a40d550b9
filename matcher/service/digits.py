"""The six digits of an authenticator (RFC 6238): a time step once used is never taken again."""

import hmac
from datetime import datetime

import pyotp

STEP_SECONDS = 30
STEPS_OFF = 1  # clocks of phones differ by some seconds


def new_secret() -> str:
    """Draw a secret for an authenticator."""
    return pyotp.random_base32()


def address(secret: str, name: str) -> str:
    """Write what the picture for an authenticator says."""
    return pyotp.TOTP(secret).provisioning_uri(name=name)


def step_of(secret: str, typed: str, *, now: datetime, after: int) -> int | None:
    """Find the time step whose digits these are, if it comes `after` the last that was used."""
    digits = "".join(typed.split())
    this = int(now.timestamp()) // STEP_SECONDS
    maker = pyotp.TOTP(secret)
    found = None
    for step in range(this - STEPS_OFF, this + STEPS_OFF + 1):
        is_same = hmac.compare_digest(maker.generate_otp(step).encode(), digits.encode())
        found = step if is_same and step > after else found
    return found
