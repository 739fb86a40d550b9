"""Asks newcomers for a little work, or a short wait, when many come at once.

The token of each form is the challenge: signed by us, as old as its page, good for one form. A
browser with JavaScript works on it; without, a page that has been open for some seconds has
waited already. Who was too quick gets a page that says why, with everything they sent, and a
button.
"""

from datetime import timedelta
from http import HTTPStatus
from math import ceil

from flask import Flask, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from matcher.domain.errors import MatcherError
from matcher.service.pressure import Effort
from matcher.web.common import csrf, resent
from matcher.web.common.switch import Keeps
from matcher.web.common.wiring import services, settings

FIELD = "work"

_PASSED = {Effort.DONE, Effort.WAITED}
_AGAIN = timedelta(seconds=30)  # until some of those who waited have passed


class WorkWantedError(MatcherError):
    """A form came too quickly while many come at once; nothing was done."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, effort: Effort) -> None:
        super().__init__(effort)
        self.effort = effort


def attach(app: Flask) -> None:
    """Look at the forms of people who are not signed in, before they are counted or read."""
    app.before_request(_check)
    app.register_error_handler(WorkWantedError, _wait)


def _check() -> None:
    if not csrf.is_open_form() or not services().pressure.is_on():
        return
    g.effort = services().pressure.effort(csrf.sent_token(), request.form.get(FIELD, ""))
    if g.effort not in _PASSED:
        raise WorkWantedError(g.effort)


def _wait(error: WorkWantedError) -> ResponseReturnValue:
    """Say why, for how long, and keep everything that was sent in the page."""
    is_over = error.effort is Effort.OVER
    token = csrf.new_token() if is_over else csrf.sent_token()
    left = _left(error.effort)
    page = make_response(
        render_template(
            "wait.html",
            token=token.value,
            fields=resent.fields(csrf.FIELD, FIELD),
            seconds=left,
            bits=settings().pressure.bits,
            keeps=Keeps(path=request.path, form="again"),
        ),
        error.status,
    )
    page.headers["Retry-After"] = str(left)
    return page


def _left(effort: Effort) -> int:
    """Say for how many seconds a form has to wait still."""
    left: timedelta = settings().pressure.wait
    match effort:
        case Effort.EARLY:
            left -= services().pressure.age(csrf.sent_token())
        case Effort.MANY:
            left = _AGAIN
    return max(1, ceil(left.total_seconds()))
