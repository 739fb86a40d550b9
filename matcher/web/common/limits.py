"""How often one address may send something.

Counted in this process's memory alone, under a key drawn at start and changed daily: no
address, not even a hash of one, reaches the store. Processes count apart: with two of them an
address gets up to twice the written rate. All who come by loopback (a proxy, an onion service)
share one rate.
"""

import hmac
import time
from ipaddress import ip_address
from secrets import token_bytes

from flask import Flask, request
from flask_limiter import Limiter

from matcher.web.common.wiring import settings

_DAY_SECONDS = 24 * 60 * 60
_SECRET = token_bytes(32)
_LOOPBACK = "loopback"


def attach(app: Flask) -> None:
    """Count every form that is sent."""
    limiter = Limiter(
        _key,
        default_limits=[_form_rate],
        default_limits_exempt_when=lambda: request.method != "POST",
        storage_uri="memory://",
    )
    limiter.logger.disabled = True
    limiter.init_app(app)
    app.extensions["code-limit"] = limiter.shared_limit(
        _code_rate, scope="code", methods=["POST"], override_defaults=False
    )


def for_codes(app: Flask, *endpoints: str) -> None:
    """Count what is sent to `endpoints` as tries of a code as well."""
    for endpoint in endpoints:
        view = app.view_functions[endpoint]
        app.view_functions[endpoint] = app.extensions["code-limit"](view)


def _form_rate() -> str:
    return settings().limits.loopback if _key() == _LOOPBACK else settings().limits.form


def _code_rate() -> str:
    return settings().limits.loopback if _key() == _LOOPBACK else settings().limits.code


def _key() -> str:
    address = request.remote_addr or "127.0.0.1"
    if ip_address(address.partition("%")[0]).is_loopback:
        return _LOOPBACK
    day = int(time.time() // _DAY_SECONDS)
    return hmac.digest(_SECRET, f"{day} {address}".encode(), "sha256").hex()[:32]
