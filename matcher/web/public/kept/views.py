"""Says what is kept, for how long at most, and what nobody can promise."""

from collections.abc import Iterator
from datetime import timedelta

from flask import Blueprint, render_template

from matcher.service.kept import Kept
from matcher.web.common import hashes
from matcher.web.common.wiring import services, settings
from matcher.web.public.kept.words import GROUPS, Group

bp = Blueprint("kept", __name__, template_folder="templates")

_STATIC = "matcher/web/public/static/"


@bp.get("/kept")
def show() -> str:
    """Tell what each thing that is kept means, and where the limits are."""
    return render_template(
        "kept/kept.html",
        groups=list(_with_lengths(services().kept)),
        lifetimes=settings().lifetimes,
        hashes=hashes.under(_STATIC),
        list=hashes.LIST,
    )


def _with_lengths(kept: tuple[Kept, ...]) -> Iterator[tuple[Group, timedelta]]:
    for group in GROUPS:
        yield group, max(one.longest for one in kept if one.name in group.kinds)
