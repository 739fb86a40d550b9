"""What people read when something does not work: one sentence a class, never a trace."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from matcher.domain import errors
from matcher.domain.errors import MatcherError
from matcher.web.common import csrf, resent
from matcher.web.common.csrf import ForeignFormError, FormGoneError
from matcher.web.common.given_back import typed
from matcher.web.common.switch import Keeps

LATER = {"Retry-After": "30"}
"""What an answer says beside its words when the same may work in a while."""

_SENTENCES: Mapping[type[MatcherError], str] = {
    errors.OfferGoneError: _l("This suggestion is no longer open. Nothing else has changed."),
    errors.RoomGoneError: _l(
        "This conversation is not open any more. When one ends, its messages are erased."
    ),
    errors.RoomFullError: _l("This conversation is full. Nothing more can be written in it."),
    errors.NotesWrittenError: _l(
        "You have written two notes today. The next one can be sent tomorrow."
    ),
    errors.NoteGoneError: _l(
        "This note is no longer here: it was answered or taken back, or its time is over."
    ),
    errors.CapsuleGoneError: _l(
        "The team was told about this conversation already, or the time for that is over."
    ),
    errors.NothingToTellError: _l(
        "With this code there is no conversation that the team can still be told about."
    ),
    errors.LinesError: _l(
        "The messages that were ticked cannot be shown to the team. Nothing was told."
    ),
    errors.ReportGoneError: _l(
        "This report is no longer here: it was decided about, or its time is over. Or the key "
        "of this machine does not open it."
    ),
    errors.PlaceGoneError: _l(
        "Your answers are no longer here: their time ended or they were erased."
    ),
    errors.MistypedCodeError: _l(
        "Something in this code is mistyped. Please compare it with your note, group by group."
    ),
    errors.UnknownCodeError: _l(
        "No place opens with this code. It may have ended, or been erased."
    ),
    errors.InvitationGoneError: _l(
        "This invitation cannot be used. It may have been used already, or its time is over."
    ),
    errors.DraftGoneError: _l(
        "These pages were open for too long, or were already sent. Nothing was stored "
        "by this. Please start again."
    ),
    errors.TooManyChangesError: _l(
        "You have paused or changed your answers as often as one place allows. Nothing was "
        "changed. To go on changing, please erase everything and come in anew."
    ),
    errors.TooYoungError: _l("This place is only for adults. Nothing about you was stored."),
    errors.NoSessionError: _l(
        "You are not signed in here, or your visit ended because nothing happened for a while."
    ),
    errors.StoreDownError: _l(
        "This does not work just now, for everybody. Nothing was changed. Please try "
        "again in a minute."
    ),
    errors.StoreFullError: _l(
        "There is no room for anybody new just now. Nothing was stored. Please try again later."
    ),
    errors.VaultGoneError: _l(
        "What was kept here can no longer be opened by anybody. Please start again."
    ),
    errors.NotSignedInError: _l(
        "These do not belong together: the name, the passphrase, or the digits. Digits work "
        "only once; the next ones come within half a minute."
    ),
    errors.OpeningGoneError: _l(
        "This code opens nothing. It may have been used already, or its 24 hours are over."
    ),
    errors.OtherNameError: _l(
        "This code gives an account back, and that one has another name. Please type the name "
        "that was always used to sign in."
    ),
    errors.NameTakenError: _l("Somebody else signs in with this name. Please choose another."),
    errors.TooManyTriesError: _l(
        "This name was tried five times within a minute. Please wait a minute and try again."
    ),
    errors.NotSureError: _l("This is not your passphrase, so nothing was done."),
    errors.ProofsChangedError: _l(
        "Meanwhile your passphrase or your authenticator was changed in another visit, so this "
        "was not done. Please sign in with the new ones. If that was not you, please tell the "
        "other coordinators at once."
    ),
    errors.PasskeyError: _l(
        "No passkey came from this browser, or it came too late. Please try once more."
    ),
    errors.NotAllowedError: _l("This is not yours to do, or not alone. Nothing was done."),
    errors.ActGoneError: _l(
        "This does not wait any more: somebody has agreed to it or withdrawn it, or its time "
        "is over."
    ),
    errors.SettingsError: _l(
        "Something in the settings of this network is wrong, so this could not be done. "
        "Nothing was changed."
    ),
    errors.DamagedError: _l(
        "A file that this network keeps cannot be read, so this could not be done. Nothing was "
        "changed."
    ),
    errors.StaleRulesError: _l(
        "Other rules came into force meanwhile. Nothing was done, and nothing was lost."
    ),
    errors.TrialOnError: _l(
        "Other rules are on trial. Please end that trial first; nothing was done."
    ),
    errors.StaleServiceError: _l(
        "Somebody else has changed this service meanwhile. Nothing was done; please look at it "
        "again."
    ),
    ForeignFormError: _l("This was sent from another site, so nothing was done."),
    FormGoneError: _l(
        "This page belongs to another visit, so nothing was done. Please open your page "
        "and do it from there."
    ),
}
_STATUS_SENTENCES: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: _l("This did not arrive whole. Nothing was done."),
    HTTPStatus.NOT_FOUND: _l("There is no page here."),
    HTTPStatus.METHOD_NOT_ALLOWED: _l("This page can only be reached by the buttons."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _l(
        "This is more than can be sent at once. Nothing was done."
    ),
    HTTPStatus.TOO_MANY_REQUESTS: _l(
        "That was a lot in a short time. Please wait a minute and try again."
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: _l(
        "Something went wrong on our side. Nothing you typed was kept."
    ),
}
_NOTHING_MORE: Mapping[str, object] = {
    "unsent": "",
    "is_lost": False,
    "is_gone": False,
    "again": (),
    "is_of_settings": False,
    "damaged": "",
}
_UNREADABLE = {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}
_OTHER = _l("This could not be done. Please go back and try again.")


def attach(app: Flask) -> None:
    """Answer every error, expected or not, with a plain page."""
    app.register_error_handler(MatcherError, told)
    app.register_error_handler(HTTPException, _refused)


def sentence(error: MatcherError) -> str:
    """Choose the sentence for an error by its class alone, or else by what it is a kind of."""
    kinds = (kind for kind in type(error).__mro__ if issubclass(kind, MatcherError))
    return str(next((_SENTENCES[kind] for kind in kinds if kind in _SENTENCES), _OTHER))


def told(error: MatcherError) -> ResponseReturnValue:
    """Answer with the sentence of an error, and with what could not be taken."""
    is_foreign = isinstance(error, ForeignFormError)  # then others chose the words
    return _page(
        error.status,
        sentence(error),
        unsent="" if is_foreign else typed(),
        is_lost=error.status is HTTPStatus.UNAUTHORIZED,
        is_gone=isinstance(error, errors.PlaceGoneError | errors.VaultGoneError),
        again=_again(error),
        is_of_settings=isinstance(error, errors.SettingsError),
        damaged=error.file if isinstance(error, errors.DamagedError) else "",
    )


def _again(error: MatcherError) -> list[tuple[str, str]]:
    """Keep a newcomer's form in the page where a later try may do; others have their page."""
    is_later = error.status is HTTPStatus.SERVICE_UNAVAILABLE
    return resent.fields() if is_later and csrf.is_open_form() else []


def _refused(error: HTTPException) -> ResponseReturnValue:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    words = str(_STATUS_SENTENCES.get(status, _OTHER))
    page = _page(status, words, unsent="" if status in _UNREADABLE else typed())
    if isinstance(error, MethodNotAllowed):
        page.headers["Allow"] = ", ".join(error.valid_methods or ())
    return page


def _page(status: int, words: str, **shown: object) -> Response:
    shown = {**_NOTHING_MORE, **shown}
    if shown["again"]:
        shown["keeps"] = Keeps(path=request.path, form="again")
    page = make_response(render_template("error.html", words=words, **shown), status)
    if status in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}:
        page.headers.update(LATER)
    return page
