"""Signs people in with their code."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matcher.domain.codes import Code, CodeKeys
from matcher.domain.errors import MistypedCodeError, UnknownCodeError
from matcher.web.common import code_words, cookies
from matcher.web.common.csrf import open_form
from matcher.web.common.derived import posted_keys
from matcher.web.common.forms import Form, filled, refuse
from matcher.web.common.switch import Keeps, is_switch
from matcher.web.common.wiring import services
from matcher.web.public import questions, slips

bp = Blueprint("back", __name__, template_folder="templates")


@bp.get("/back")
def show() -> ResponseReturnValue:
    """Ask for the code."""
    return _page(_form(""))


@bp.post("/back")
@open_form
def send() -> ResponseReturnValue:
    """Open the person's place; every code that opens none looks the same."""
    form = _form(request.form.get("code", ""))
    if is_switch():
        return _page(form)
    try:
        if keys := posted_keys():
            return _signed_in(keys)
        if form.validate():
            return _signed_in(code_words.parse(form["code"].data))
    except (MistypedCodeError, UnknownCodeError) as error:
        refuse(form["code"], slips.sentence(error))
    return _page(form), 422


def _signed_in(code: Code | CodeKeys) -> ResponseReturnValue:
    cookie = services().places.sign_in(code, old_cookie=cookies.current())
    return cookies.give(make_response(redirect(url_for("here.show"), code=303)), cookie)


def _page(form: Form) -> str:
    return render_template(
        "back/code.html",
        form=form,
        slips=slips.for_scripts(),
        keeps=Keeps(path=url_for("back.send")),
    )


def _form(typed: str) -> Form:
    return filled({"code": questions.return_code()}, {"code": (typed,)})
