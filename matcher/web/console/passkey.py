"""What browsers send for passkeys, as it stands in forms of the console."""

from flask import request

from matcher.service.passkeys import Sent

ANSWER, CHALLENGE = "passkey", "challenge"


def site() -> str:
    """Name our site as passkeys do: the host without its port."""
    return request.host.rpartition(":")[0] if ":" in request.host else request.host


def sent_passkey() -> Sent | None:
    """Read what a device has answered; None where there is nothing."""
    answer = request.form.get(ANSWER, "")
    if not answer:
        return None
    return Sent(
        answer=answer,
        challenge=request.form.get(CHALLENGE, ""),
        site=site(),
        origin=request.host_url.rstrip("/"),
    )
