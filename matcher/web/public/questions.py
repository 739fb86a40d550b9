"""The questions that seekers and peers are asked alike."""

from collections.abc import Mapping

from flask_babel import gettext as _, ngettext

from matcher.domain.profile import Address, AgeBand, Format
from matcher.settings.model import Settings
from matcher.web.common.drafts import Answers, many
from matcher.web.common.forms import (
    YES,
    Choice,
    Field,
    Form,
    menu,
    one_of,
    paragraph,
    refuse,
    refuse_by_name,
    some_of,
)
from matcher.web.common.i18n import in_words
from matcher.web.public import words
from matcher.web.public.answers.both import ARABIC, NO, Times
from matcher.web.public.answers.times import HOURS_A_DAY
from matcher.web.public.languages import language_name

DEFAULTS: dict[str, tuple[str, ...]] = {
    "format": (Format.EITHER.value,),
    "times": (Times.ANY.value,),
    "address": (Address.PLURAL.value,),
}


def who(_answers: Answers, settings: Settings) -> Mapping[str, Field]:
    """Ask for age and languages: all that is needed of anybody."""
    finer = [("", _("I would rather not say")), *words.choices(words.BANDS)]
    return {
        "age": one_of(
            _("How old are you?"),
            words.choices(words.AGES),
            needed=_("Please say how old you are. “18 or older” is enough."),
        ),
        "band": menu(_("Your age, more exactly (optional)"), finer),
        "languages": some_of(
            _("Which languages can you talk in?"),
            [(code, language_name(code)) for code in settings.languages],
            hint=_("Tick every one that is fine for you."),
            needed=_("Please tick at least one language."),
        ),
    }


def region(settings: Settings, *, hint: str) -> Field:
    """Ask for a part of the world, as coarsely as it is kept."""
    named = [(name, in_words(label)) for name, label in settings.regions.items()]
    return menu(
        _("Which part of the world are you in? (optional)"),
        [("", _("I would rather not say")), *named],
        hint=hint,
    )


def how_to_talk(answers: Answers) -> Mapping[str, Field]:
    """Ask how somebody would like to be talked with; Arabic has a form for each gender."""
    return {
        "talk": some_of(
            _("How should people talk with you? (optional)"),
            words.choices(words.TALK),
            hint=_("The other person reads this once you have both said yes."),
        ),
        **(_address() if ARABIC in many(answers, "languages") else {}),
    }


def _address() -> Mapping[str, Field]:
    return {
        "address": one_of(
            _("How should people address you in Arabic? (optional)"),
            words.choices(words.ADDRESSES),
            hint=_("The other person reads this once you have both said yes."),
        ),
    }


def when(answers: Answers) -> Mapping[str, Field]:
    """Ask for the format and for times; a clock is asked for only to work out the zone."""
    return {
        "format": one_of(
            _("How would you like to talk?"),
            words.choices(words.FORMATS),
            needed=_(
                "Please choose how you would like to talk. “Either” finds people soonest."
            ),
        ),
        "times": one_of(_("When can you be here?"), _time_choices(answers)),
        "parts": some_of(_("Which parts of your day?"), words.choices(words.DAY_PARTS)),
        "clock": menu(
            _("About what time is it for you now?"),
            [("", _("Please choose")), *((str(hour), f"{hour}:00") for hour in _HOURS)],
            hint=_("Used once to work out your times, and not kept."),
        ),
        "look_in": one_of(
            _("How often can you look in here safely?"),
            words.choices(words.LOOK_INS),
            hint=_("Suggestions wait for you at least twice as long."),
            needed=_("Please say how often you can look in."),
        ),
    }


def relay() -> Mapping[str, Field]:
    """Ask whether a conversation without end-to-end encryption is fine."""
    return {
        "relay": one_of(
            _("Is this way of talking fine for you?"),
            [(YES, _("Yes, that is fine for me")), (NO, _("No"))],
            needed=_("Please say whether this way of talking is fine for you."),
        ),
    }


def check_when(form: Form, answers: Answers) -> None:
    """Ask for what is missing where somebody named parts of their day."""
    if form["times"].data != Times.PARTS:
        return
    if not form["parts"].data:
        refuse(form["parts"], _("Please tick the parts of your day, or choose “Any time”."))
    if not many(answers, "ahead"):
        refuse(form["clock"], _("Please say about what time it is for you now."))


def check_band(form: Form) -> None:
    """Drop a finer band that does not fit what was said above it."""
    if form["band"].data and form["age"].data != AgeBand.ADULT and not form["age"].errors:
        words = _(
            "Your exact age does not fit your answer to “How old are you?”. Please correct one."
        )
        refuse(form["band"], words)


def return_code() -> Field:
    """Ask for one's own code, in letters and digits or in words, on lines as it was noted."""
    hint = _("28 letters and digits, or 14 words. Spaces, dashes and capitals do not matter.")
    needed = _("Please type your return code.")
    return paragraph(_("Your return code"), hint=hint, needed=needed)


_HOURS = range(HOURS_A_DAY)


def _time_choices(answers: Answers) -> list[Choice]:
    kept = [(Times.KEEP.value, _("The times I gave before"))] if many(answers, "blocks") else []
    return [
        *kept,
        (Times.ANY.value, _("Any time")),
        (Times.PARTS.value, _("Some parts of my day")),
    ]


def check_count(field: Field, most: int) -> None:
    """Find more ticks than there may be."""
    count = len(field.data or [])
    if count > most:
        words_for_it = ngettext(
            "You ticked %(num)s. Please keep the %(most)s that matter most.",
            "You ticked %(num)s. Please keep the %(most)s that matter most.",
            count,
            most=most,
        )
        refuse_by_name(field, words_for_it)
