"""The one cookie: a session's secret, and nothing else."""

from datetime import timedelta

from flask import Flask, Response, current_app, request

_NAME = "sanad-cookie"


def attach(app: Flask, name: str) -> None:
    """Name the cookie of an app: browsers give one host's cookies to each of its ports."""
    app.extensions[_NAME] = name


def current() -> str | None:
    """Return the session's secret that came with this request."""
    return request.cookies.get(_name()) or None


def give(response: Response, secret: str, *, lasts: timedelta | None = None) -> Response:
    """Put a session into the browser: until it closes, or for as long as `lasts`."""
    response.set_cookie(
        _name(),
        secret,
        max_age=lasts,
        secure=_is_private(),
        httponly=True,
        samesite="Strict",
    )
    return response


def take(response: Response, *, clears: str = '"cache", "storage"') -> Response:
    """Remove the session from the browser, with whatever else it kept of us."""
    response.delete_cookie(_name(), secure=_is_private(), httponly=True, samesite="Strict")
    response.headers["Clear-Site-Data"] = clears
    return response


def _name() -> str:
    plain: str = current_app.extensions[_NAME]
    return f"__Host-{plain}" if _is_private() else plain


def _is_private() -> bool:
    """Tell https and onion addresses from plain http, where browsers drop secure cookies."""
    host = request.host.partition(":")[0]
    return request.is_secure or host.endswith(".onion")
