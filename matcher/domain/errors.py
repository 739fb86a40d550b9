"""Errors the domain can raise; each carries a message that is safe to log."""

from http import HTTPStatus
from typing import ClassVar


class MatcherError(Exception):
    """Base of every expected failure.

    ``str(error)`` may reach logs, so it holds no answers and no tokens. What a visitor reads is
    chosen by the class alone: the web keeps one translated sentence a class.
    """

    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST


class OfferGoneError(MatcherError):
    """The offer expired, was answered, or never existed (told apart nowhere)."""

    status = HTTPStatus.GONE


class RoomGoneError(MatcherError):
    """The room ended, or this person has no seat in it."""

    status = HTTPStatus.GONE


class RoomFullError(MatcherError):
    """The room holds as many messages as it may."""

    status = HTTPStatus.CONFLICT


class NotesWrittenError(MatcherError):
    """As many notes to coordinators were written as a day takes."""

    status = HTTPStatus.TOO_MANY_REQUESTS


class NoteGoneError(MatcherError):
    """The note ended, was answered or taken back, or this key does not open it."""

    status = HTTPStatus.GONE


class CapsuleGoneError(MatcherError):
    """The team was told about this conversation already, or it is too late (not told apart)."""

    status = HTTPStatus.GONE


class NothingToTellError(MatcherError):
    """A code leads to no conversation to tell about: unknown and ended look the same."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class LinesError(MatcherError):
    """Lines that were to be shown to the team are not what can be shown; nothing was told."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NoSuchLineError(LinesError):
    """The conversation has no line at such a place."""


class TooManyLinesError(LinesError):
    """More lines were chosen than the team is shown."""


class LinesTooLongError(LinesError):
    """The chosen lines are longer together than the team is shown."""


class ReportGoneError(MatcherError):
    """The report ended, was decided, or this key does not open it."""

    status = HTTPStatus.GONE


class PlaceGoneError(MatcherError):
    """The person's place has ended or was erased."""

    status = HTTPStatus.GONE


class MistypedCodeError(MatcherError):
    """The code's own check characters do not fit, so no store was asked."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class LettersMissingError(MistypedCodeError):
    """A code has more or fewer letters than it should; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count


class UnknownWordError(MistypedCodeError):
    """A code in words has one that is in no list; `number` says which, counted from one."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class WordsMissingError(MistypedCodeError):
    """A code in words has more or fewer of them than it should; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count


class WordsMixedUpError(MistypedCodeError):
    """The words of a code are all known, and their check does not fit."""


class UnknownCodeError(MatcherError):
    """No place opens with this code: unknown, expired and foreign look the same."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class InvitationGoneError(MatcherError):
    """The invitation was used, expired or never existed (told apart nowhere)."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class DraftGoneError(MatcherError):
    """The answers on the way are too old, already erased, or not ours."""

    status = HTTPStatus.GONE


class TooManyChangesError(MatcherError):
    """Answers were changed, or a place paused, as often as one place remembers."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TooYoungError(MatcherError):
    """Somebody under 18: nothing about them is stored."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NoSessionError(MatcherError):
    """Nobody is signed in here."""

    status = HTTPStatus.UNAUTHORIZED


class StoreDownError(MatcherError):
    """The store does not answer; nothing was written."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class StoreFullError(MatcherError):
    """The store takes nobody new in just now; nobody who waits is put out."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class VaultGoneError(MatcherError):
    """A sealed value cannot be opened: its day has passed or the vault was lost."""

    status = HTTPStatus.GONE


class SettingsError(MatcherError):
    """A configuration file is wrong; the message says where and what is allowed."""


class DamagedError(SettingsError):
    """A file of the state folder cannot be read; `file` is its name, without any folder."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, file: str) -> None:
        super().__init__(f"{file} in the state folder is damaged")
        self.file = file


class OvertakenError(MatcherError):
    """Somebody else was faster: an act came to nothing."""

    status = HTTPStatus.CONFLICT


class StaleRulesError(OvertakenError):
    """Somebody else has published rules since these were begun."""


class StaleServiceError(OvertakenError):
    """Somebody else has changed this service since this was begun."""


class UnknownNameError(MatcherError):
    """No coordinator signs in with this name."""


class OtherNameError(MatcherError):
    """A code that gives an account back was used under another name than the account's."""

    status = HTTPStatus.CONFLICT


class TrialOnError(OvertakenError):
    """Other rules are on trial; that trial has to end first."""


class InvalidMatrixError(MatcherError):
    """A matrix breaks the engine's contract."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"bad matrix: {reason}")


class InvalidPopulationError(MatcherError):
    """The people of a round break the engine's contract."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"bad population: {reason}")


class NotSignedInError(MatcherError):
    """Name, passphrase and digits do not belong together (told apart nowhere)."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class OpeningGoneError(MatcherError):
    """A coordinator's one-time code was used, has ended or never existed."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NameTakenError(MatcherError):
    """Another coordinator signs in with this name."""

    status = HTTPStatus.CONFLICT


class TooManyTriesError(MatcherError):
    """One name was tried too often within a minute."""

    status = HTTPStatus.TOO_MANY_REQUESTS


class NotSureError(MatcherError):
    """An act that needs the passphrase once more came without the right one."""

    status = HTTPStatus.FORBIDDEN


class PasskeyError(MatcherError):
    """What a browser sent is no passkey for this page, or came too late."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class ProofsChangedError(MatcherError):
    """What a coordinator proves by was changed since this visit of theirs was let in."""

    status = HTTPStatus.CONFLICT


class NotAllowedError(MatcherError):
    """A coordinator may not do that, or not alone."""

    status = HTTPStatus.FORBIDDEN


class ActGoneError(MatcherError):
    """The act was agreed to, withdrawn or forgotten, or never existed."""

    status = HTTPStatus.GONE
