"""What a seeker is asked, page by page."""

from collections.abc import Mapping

from flask_babel import gettext as _

from matcher.domain.needs import MAX_NEEDS, CardShows, Need, StageKind
from matcher.domain.profile import GENDERS, Identity, Nearness
from matcher.settings.model import Settings
from matcher.web.common.drafts import Answers, many, one
from matcher.web.common.forms import (
    YES,
    Field,
    Form,
    menu,
    one_of,
    refuse,
    some_of,
    tick,
)
from matcher.web.common.i18n import in_words
from matcher.web.public import questions, words
from matcher.web.public.answers.peer import asked_groups, asked_needs
from matcher.web.public.answers.seeker import (
    BETTER,
    ONLY,
    STAGE_FIELDS,
    chosen_needs,
    wish_field,
)

WISH_NAMES = frozenset(
    {
        *(wish_field(identity) for identity in Identity),
        "gender_not",
        "manner_not",
        "same_age",
        "region",
        "nearness",
    }
)


def needs(_answers: Answers, settings: Settings) -> Mapping[str, Field]:
    """Ask what somebody would like to talk about."""
    listed = [need for group in asked_groups(settings.needs) for need in asked_needs(group)]
    return {
        "needs": some_of(
            _("What would you like to talk about?"),
            [(need.id, in_words(need.label)) for need in listed],
        ),
        "just": tick(_("I just want to talk"), ""),
    }


def check_needs(form: Form, answers: Answers, _settings: Settings) -> None:
    """Ask for one need at least and a few at the most, unless somebody just wants to talk."""
    if one(answers, "just") == YES:
        return
    if not form["needs"].data:
        words_for_it = _(
            "Please tick at least one thing to talk about, or choose “I just want to talk”."
        )
        refuse(form["needs"], words_for_it)
    questions.check_count(form["needs"], MAX_NEEDS)


def matters(answers: Answers, settings: Settings) -> Mapping[str, Field]:
    """Ask which need matters most, how far along it is, and what may be shown."""
    chosen = chosen_needs(answers, settings.needs)
    fields: dict[str, Field] = {}
    if len(chosen) > 1:
        named = [(need.id, in_words(need.label)) for need in chosen]
        fields["main"] = one_of(
            _("Which of these matters most? (optional)"),
            [*named, ("", _("They matter alike"))],
        )
    if StageKind.PATH in {need.stage for need in chosen}:
        fields[STAGE_FIELDS[StageKind.PATH]] = _stage(
            words.choices(words.PATH_STAGES), name=_("How far along you are with this")
        )
    if StageKind.TIME in {need.stage for need in chosen}:
        fields[STAGE_FIELDS[StageKind.TIME]] = _stage(
            words.choices(words.TIME_STAGES), name=_("How long ago this was")
        )
    if open_needs := [need for need in chosen if need.card is not CardShows.NOTHING]:
        fields["hide"] = some_of(
            _("Use it to find someone, but do not show it (optional)"),
            [(need.id, _shown_as(need, settings)) for need in open_needs],
            hint=_(
                "Before you both say yes, the other person sees at most two things that you "
                "share. Tick what they should not see."
            ),
        )
    return fields


def how(answers: Answers, settings: Settings) -> Mapping[str, Field]:
    """Ask what kind of help, how, when, and what somebody wishes for."""
    return {
        "help": some_of(_("What would help? (optional)"), words.choices(words.HELP)),
        **questions.when(answers),
        **questions.relay(),
        **_wishes(),
        "gender_not": some_of(
            _("Please not"),
            [(g.value, str(words.IDENTITIES[g])) for g in Identity if g in GENDERS],
            hint=_("Then only people who told us their gender are suggested."),
        ),
        "manner_not": some_of(_("Please not someone who …"), words.choices(words.MANNERS)),
        "same_age": tick(_("Age"), _("Only someone in my age range")),
        "region": questions.region(settings, hint=_("Only needed for the next wish.")),
        "nearness": menu(_("Near or far"), words.choices(words.NEARNESS)),
        **questions.how_to_talk(answers),
    }


def check_how(form: Form, answers: Answers, _settings: Settings) -> None:
    """Find wishes that need another answer, or that exclude each other."""
    questions.check_when(form, answers)
    if form["nearness"].data not in {None, "", Nearness.ANY} and not form["region"].data:
        refuse(
            form["region"],
            _(
                "Please say which part of the world you are in, or choose at “Near or far” "
                "that it does not matter."
            ),
        )
    if form["same_age"].data and not one(answers, "band"):
        refuse(
            form["same_age"],
            _(
                "For someone in your age range, please choose it on the first page; or untick "
                "this wish."
            ),
        )
    for unwanted in form["gender_not"].data or []:
        field = wish_field(Identity(unwanted)) if unwanted in set(Identity) else ""
        if field and form[field].data in {ONLY, BETTER}:
            refuse(form["gender_not"], _both(words.IDENTITIES[Identity(unwanted)]))


def check(_answers: Answers, _settings: Settings) -> Mapping[str, Field]:
    """Ask for the three consents, each on its own."""
    return {
        "matching": tick(
            _("Do you agree that we keep this?"),
            _("Keep these answers to find someone for me."),
            needed=_(
                "Please tick that these answers may be kept: without that nobody can be found."
            ),
        ),
        "unsaid": tick(
            _("May guesses count as well? (optional)"),
            _("Also consider what often goes together with my answers."),
            hint=_("Such guesses are never kept or shown to anybody."),
        ),
        "statistics": tick(
            _("May we count you? (optional)"),
            _("Count me in statistics that name nobody."),
        ),
    }


def _stage(stages: list[tuple[str, str]], *, name: str) -> Field:
    """Ask how it is; two of these may stand on a page, under one label."""
    label = _("How is it for you with this? (optional)")
    return one_of(label, [*stages, ("", _("Skip this"))], name=name)


def _wishes() -> dict[str, Field]:
    strengths = [
        ("", _("Does not matter")),
        (BETTER, _("Better if")),
        (ONLY, _("Only")),
    ]
    return {
        wish_field(identity): menu(str(label), strengths)
        for identity, label in words.IDENTITIES.items()
    }


def _both(wish: str) -> str:
    return str(
        _("You asked for “%(wish)s” and also for “Please not”. Please change one.", wish=wish)
    )


def _shown_as(need: Need, settings: Settings) -> str:
    if need.card is CardShows.NEED:
        return in_words(need.label)
    group = in_words(settings.needs.group_of(need.id).label)
    shown = _("shown only as “%(group)s”", group=group)  # no gatherer reads inside an f-string
    return f"{in_words(need.label)} ({shown})"


def hidden_always(answers: Answers, settings: Settings) -> list[Need]:
    """List the chosen needs that no card ever shows."""
    chosen = chosen_needs(answers, settings.needs)
    return [need for need in chosen if need.card is CardShows.NOTHING]


def just_talks(answers: Answers) -> bool:
    """Tell whether somebody skipped the boxes."""
    return bool(many(answers, "just"))
