"""Headers that every answer carries, whatever its status."""

from flask import Flask, Response

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; "
        "img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store, no-transform",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), "
        "accelerometer=(), gyroscope=(), magnetometer=(), browsing-topics=()"
    ),
}

CALENDAR = "text/calendar"
DOWNLOAD = 'attachment; filename="reminder.ics"'
REPORT = 'attachment; filename="report.csv"'
RULES = 'attachment; filename="rules.toml"'
SERVICES = 'attachment; filename="services.toml"'
_FILES = {DOWNLOAD, REPORT, RULES, SERVICES}
"""The files that pages hand out, by names that tell nothing; any other name is dropped."""


def attach(app: Flask) -> None:
    """Add the headers after every request, also after failed ones."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    response.headers.update(HEADERS)
    for telling in ("ETag", "Last-Modified"):
        response.headers.pop(telling, None)
    if response.headers.get("Content-Disposition") not in _FILES:
        response.headers.pop("Content-Disposition", None)
    return response
