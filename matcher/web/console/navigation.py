"""The pages in the order in which they are listed at the top."""

from collections.abc import Iterator

from flask import Flask, request
from flask_babel import lazy_gettext as _l

PAGES = {
    "home.show": _l("Overview"),
    "fairness.show": _l("Is it fair"),
    "outcomes.show": _l("Does it help"),
    "demand.show": _l("What is needed"),
    "rules.show": _l("Rules"),
    "reports.show": _l("Reports"),
    "invitations.show": _l("Invitations"),
    "notes.show": _l("Notes"),
    "notices.show": _l("Notices"),
    "services.show": _l("Services"),
    "acts.show": _l("Second yes"),
    "staff.show": _l("Coordinators"),
    "acts.log": _l("Log"),
    "account.show": _l("Your account"),
}

_PART_OF = {
    **dict.fromkeys(("advanced", "drafts", "previews", "trials"), "rules"),
    "lessons": "outcomes",
    "partners": "services",
}


def attach(app: Flask) -> None:
    """Let templates list the pages, and lead back to one."""
    app.add_template_global(pages)
    app.add_template_global(section)


def pages() -> Iterator[tuple[str, str, bool]]:
    """List every page: its endpoint, its name, and whether one is on it now."""
    here = _here()
    return ((endpoint, str(name), endpoint == here) for endpoint, name in PAGES.items())


def section() -> tuple[str, str] | None:
    """Say to which page something leads back that did not work; None where it was that page."""
    here = _here()
    if here is None or here in {"home.show", request.endpoint}:
        return None
    return here, str(PAGES[here])


def _here() -> str | None:
    """Find the page that this one belongs to."""
    if request.endpoint in PAGES:
        return request.endpoint
    part = _PART_OF.get(request.blueprint or "", request.blueprint)
    return next((page for page in PAGES if page.split(".")[0] == part), None)
