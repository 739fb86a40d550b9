"""Shows every service, lets coordinators change, check and take away; hands all of it out."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.errors import DamagedError, StaleServiceError
from matcher.service.service_desk import ServiceDesk, WaitingService
from matcher.settings.services_faults import faults
from matcher.settings.services_shape import ServiceEntry
from matcher.state.directory import mark
from matcher.web.common.errors import sentence
from matcher.web.common.forms import Form, is_wrong
from matcher.web.common.given_back import gives_back
from matcher.web.common.headers import SERVICES
from matcher.web.common.plain import plain
from matcher.web.console import damaged
from matcher.web.console.acts.words import Names
from matcher.web.console.gate import UNSURE, be_sure, beside_passphrase, console, me, sent
from matcher.web.console.services import forms, words

bp = Blueprint("services", __name__, template_folder="templates")

TOML = "application/toml"


@bp.get("/services")
def show() -> ResponseReturnValue:
    """List every service, and what waits for a second yes."""
    desk = console().services
    every = desk.all()  # where that is damaged, nothing of it can be shown
    waiting, unread = _waiting(desk)
    return render_template(
        "services/list.html",
        all=[(one, mark(one.entry)) for one in every],
        waiting=waiting,
        damaged=unread,
        can_change=damaged.are_wishes([unread]),
        bad=console().taps.bad(),
        names=_names(),
        words=words,
        most=forms.MOST_TEXT,
    )


@bp.get("/services/add")
def add() -> ResponseReturnValue:
    """Ask everything about a new service."""
    first = {"welcome": ("not-checked",), "may_tell": ("unknown",), forms.CHECK: (forms.NEVER,)}
    asks = {f"asks-{paper}": ("unknown",) for paper in words.ASKS}
    return _page(forms.make({**first, **asks}, None), None)


@bp.get("/services/change")
def change() -> ResponseReturnValue:
    """Show all that is said of a service, to be changed."""
    entry = console().services.find(request.args.get("service", ""))
    if entry is None:
        return redirect(url_for("services.show"), code=303)
    return _page(forms.make(forms.answers(entry), entry), entry)


@bp.post("/services/save")
@gives_back(*forms.SAID, *forms.TOLD, "reach", "source")
def save() -> ResponseReturnValue:
    """Write an entry, or let it wait for a yes where people would see it."""
    desk, which = console().services, request.form.get("service", "")
    before = desk.find(which)
    if which and before is None:
        raise StaleServiceError
    form = forms.make(sent(), before)
    entry = _checked(form, before)
    if entry is None:
        return _page(form, before, seen=_seen()), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        be_sure()
        is_done = desk.save(entry, seen=_seen(), who=me().id)
    except UNSURE as error:
        unsure = beside_passphrase(error)
        return _page(form, before, seen=_seen(), unsure=unsure), error.status
    except StaleServiceError as error:
        differs = words.changed(before, entry)
        return _page(form, before, differs=differs, wrong=sentence(error)), error.status
    return redirect(url_for("services.show" if is_done else "acts.show"), code=303)


@bp.post("/services/check")
@gives_back("source")
def check() -> ResponseReturnValue:
    """Say that somebody has made sure of a service today."""
    source = plain(request.form.get("source", "")).strip()
    if len(source) > forms.MOST_TEXT:
        abort(HTTPStatus.BAD_REQUEST)
    be_sure()
    is_done = console().services.check_today(_which(), source, seen=_seen(), who=me().id)
    return redirect(url_for("services.show" if is_done else "acts.show"), code=303)


@bp.post("/services/take-away")
def take_away() -> ResponseReturnValue:
    """Take a service away at once."""
    console().services.take_away(_which(), seen=_seen(), who=me().id)
    return redirect(url_for("services.show"), code=303)


@bp.get("/services/text")
def text() -> ResponseReturnValue:
    """Hand the whole directory out, as the file that an installation begins with."""
    answer = Response(console().services.text(console().cards.all()), mimetype=TOML)
    answer.headers["Content-Disposition"] = SERVICES
    return answer


def _waiting(desk: ServiceDesk) -> tuple[list[WaitingService], str]:
    """List what waits, or else name the file of it that cannot be read."""
    try:
        return desk.waiting(me().id), ""
    except DamagedError as error:
        return [], error.file


def _checked(form: Form, before: ServiceEntry | None) -> ServiceEntry | None:
    """Read a form as an entry; None where something is wrong, which stands beside its field."""
    form.validate()
    forms.check(form)
    if is_wrong(form):
        return None
    desk = console().services
    entry = forms.entry(form, before, desk.today().isoformat())
    taken = () if before else {one.entry.id for one in desk.all()}
    forms.refuse_all(form, faults(entry, desk.directory().known(), taken))
    return None if is_wrong(form) else entry


def _page(form: Form, before: ServiceEntry | None, **shown: object) -> str:
    parts = {"seen": mark(before), "wrong": "", "unsure": {}, "differs": (), **shown}
    return render_template(
        "services/change.html",
        form=form,
        before=before,
        history=console().services.history(before.id) if before else (),
        names=_names(),
        forms=forms,
        words=words,
        **parts,
    )


def _which() -> str:
    return request.form.get("service", "")


def _seen() -> str:
    return request.form.get("seen", "")


def _names() -> Names:
    return Names(console().coordinators.roster())
