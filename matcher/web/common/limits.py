"""How often one address may send something.

Counted in the store, so that all processes count together, under hashes that change daily and
for no longer than a count needs. By loopback (a proxy, an onion service) all come from one
address: there newcomers share one rate, and who is signed in has a rate of their own, which no
crowd of newcomers uses up.
"""

import time
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from flask import Flask, g, request
from flask_limiter import Limiter
from limits.storage import Storage

from matcher.store.counts import Counts
from matcher.web.common import cookies, csrf, wiring
from matcher.web.common.wiring import settings

_LOOPBACK = "127.0.0.1"
_NETWORK_BITS = 64  # one IPv6 customer has as many addresses as they like, in one network


class StoredCounts(Storage):
    """Lets Flask-Limiter count in our store, with our client, names and errors.

    Its own Redis storage would write addresses and endpoints into keys, and keep connections
    whose failures no page of ours explains.
    """

    STORAGE_SCHEME = ["sanad"]  # noqa: RUF012 - the base class says what it is
    base_exceptions = ()

    def __init__(self, uri: str, *, wrap_exceptions: bool = False, counts: Counts) -> None:
        super().__init__(uri, wrap_exceptions)
        self._counts = counts

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count on."""
        return self._counts.count(key, timedelta(seconds=expiry), more=amount)

    def get(self, key: str) -> int:
        """Say how many there were."""
        return self._counts.counted(key)

    def get_expiry(self, key: str) -> float:
        """Say when the count ends."""
        return time.time() + self._counts.left(key).total_seconds()

    def check(self) -> bool:
        """Take the store to be there: it says so itself when it is not."""
        return True

    def reset(self) -> int | None:
        """Reset nothing: counts end by themselves."""
        return None

    def clear(self, key: str) -> None:
        """End a count."""
        self._counts.forget(key)


def attach(app: Flask) -> None:
    """Count every form that is sent."""
    app.config["RATELIMIT_STORAGE_OPTIONS"] = {"counts": wiring.attached(app).counts}
    limiter = Limiter(
        _key,
        application_limits=[_form_rate],  # whatever the page
        application_limits_exempt_when=lambda: request.method != "POST",
        storage_uri="sanad://",
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
    limits = settings().limits
    if not _is_by_loopback():
        return limits.form
    return limits.person if csrf.is_bound_form() else limits.loopback


def _code_rate() -> str:
    return settings().limits.loopback if _is_by_loopback() else settings().limits.code


def _key() -> str:
    """Name who sends: kept here alone, what is stored is a keyed hash of it."""
    if not _is_by_loopback():
        return f"from {_network()}"
    if csrf.is_bound_form():
        return f"session {cookies.current()}"
    return f"newcomers {g.get('effort', '')}"


def _is_by_loopback() -> bool:
    return _address().is_loopback


def _network() -> str:
    address = _address()
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((int(address), _NETWORK_BITS), strict=False))


def _address() -> IPv4Address | IPv6Address:
    found = ip_address((request.remote_addr or _LOOPBACK).partition("%")[0])
    return getattr(found, "ipv4_mapped", None) or found
