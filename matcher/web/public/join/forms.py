"""What a peer is asked, page by page."""

from collections.abc import Mapping

from flask_babel import gettext as _

from matcher.domain.needs import MAX_NEVER, Need, NeedGroup
from matcher.settings.model import Settings
from matcher.web.common.drafts import Answers, many
from matcher.web.common.forms import (
    Field,
    Form,
    menu,
    one_of,
    refuse,
    refuse_by_name,
    some_of,
    tick,
)
from matcher.web.common.i18n import in_words
from matcher.web.public import questions, words
from matcher.web.public.answers.peer import (
    NONE_OF_THESE,
    InGroup,
    asked_groups,
    asked_needs,
    group_field,
    lived_field,
    since_field,
)


def rules(_answers: Answers, _settings: Settings) -> Mapping[str, Field]:
    """Ask for one tick to all ground rules."""
    return {
        "agreed": tick(
            _("Do you agree?"),
            _("Yes, I agree to all seven."),
            needed=_("Please tick that you agree to the ground rules, to go on."),
        ),
    }


def about(answers: Answers, settings: Settings) -> Mapping[str, Field]:
    """Ask who a peer is, as far as they like to tell."""
    return {
        **questions.who(answers, settings),
        "region": questions.region(
            settings,
            hint=_(
                "Some people look for someone near who knows the rules, some for one far away."
            ),
        ),
        "identity": some_of(
            _("Which of these are you? (optional)"),
            words.choices(words.IDENTITIES),
            hint=_(
                "Only used for people who wish for it. It is never shown. But whoever wishes "
                "for something rare and is suggested somebody can tell that one of us is that. "
                "Please leave out what could lead to you."
            ),
        ),
        "manner": some_of(
            _("Which of these fit you? (optional)"),
            [*words.choices(words.OWN_MANNERS), (NONE_OF_THESE, _("None of these"))],
            hint=_(
                "Some people ask to be spared these. Without an answer they will not meet you."
            ),
        ),
    }


def check_about(form: Form, _answers: Answers, _settings: Settings) -> None:
    """Find answers that exclude each other."""
    questions.check_band(form)
    manner = form["manner"].data or []
    if NONE_OF_THESE in manner and len(manner) > 1:
        words_for_it = _("“None of these” does not go with the others you ticked.")
        refuse_by_name(form["manner"], words_for_it)


def lived(_answers: Answers, settings: Settings) -> Mapping[str, Field]:
    """Ask per group, and where there is something, need by need."""
    fields: dict[str, Field] = {}
    for group in asked_groups(settings.needs):
        fields[group_field(group)] = _group(group)
        for need in asked_needs(group):
            fields |= _need(need)
    listed = [(str(need.number), _("Not on a card")) for need in settings.needs.all]
    return fields | {"hide": some_of(_("Not on a card"), listed)}


def limits(answers: Answers, settings: Settings) -> Mapping[str, Field]:
    """Ask what a peer never wants to talk about, and which careful topics they take on."""
    known = settings.needs.by_id
    asked = [need for group in asked_groups(settings.needs) for need in asked_needs(group)]
    trained = [known[need] for need in known if need in many(answers, "trained")]
    fields = {
        "never": some_of(
            _("What do you not want to talk about?"),
            [(need.id, in_words(need.label)) for need in asked],
            hint=_(
                "At most %(most)s: with more, a suggestion would give away who is here.",
                most=MAX_NEVER,
            ),
        )
    }
    if trained:
        fields["opted_in"] = some_of(
            _("Which of these would you take on now?"),
            [(need.id, in_words(need.label)) for need in trained],
            hint=_("Your invitation says that you are trained for them."),
        )
    return fields


def check_limits(form: Form, _answers: Answers, _settings: Settings) -> None:
    """Find too many topics, and those that are both taken on and ruled out."""
    questions.check_count(form["never"], MAX_NEVER)
    if "opted_in" not in form:
        return
    never = set(form["never"].data or [])
    for choice in form["opted_in"].choices:
        if choice.value in never & set(form["opted_in"].data or []):
            refuse(form["opted_in"], _both(choice.label))


def how(answers: Answers, settings: Settings) -> Mapping[str, Field]:
    """Ask what a peer gives, how, when and how much: no more than the rules in force allow."""
    most = settings.rules.peers.capacity_ceiling
    return {
        "help": some_of(
            _("What would you like to give?"),
            words.choices(words.HELP_GIVEN),
            needed=_("Please tick at least one kind of help that you would like to give."),
        ),
        **questions.when(answers),
        **questions.relay(),
        "capacity": menu(
            _("How many people at once, at the most?"),
            [(str(count), str(count)) for count in range(1, most + 1)],
            hint=_("Suggestions and conversations together. You can change it at any time."),
            needed=_("Please choose how many people at once, at the most."),
        ),
        "rest": menu(
            _("Rest after each conversation"),
            words.choices(words.RESTS),
            needed=_("Please choose how long to rest after each conversation."),
        ),
        **questions.how_to_talk(answers),
    }


def check_how(form: Form, answers: Answers, _settings: Settings) -> None:
    """Ask for what is missing where parts of the day were named."""
    questions.check_when(form, answers)


def check(_answers: Answers, _settings: Settings) -> Mapping[str, Field]:
    """Ask for the one consent."""
    return {
        "keep": tick(
            _("Do you agree that we keep this?"),
            _("Keep these answers, so that people can be suggested to me."),
            needed=_(
                "Please tick that these answers may be kept: without that nobody can be "
                "suggested."
            ),
        ),
    }


def _both(topic: str) -> str:
    return str(
        _(
            "You would take on “%(topic)s” now, and ticked above that you do not want to talk "
            "about it. Please untick one.",
            topic=topic,
        )
    )


def _group(group: NeedGroup) -> Field:
    return one_of(
        in_words(group.label),
        [
            (InGroup.NONE.value, _("None of these")),
            (InGroup.SOME.value, _("Some of these")),
            (InGroup.UNSAID.value, _("I would rather not say")),
        ],
    )


def _need(need: Need) -> dict[str, Field]:
    return {
        lived_field(need): one_of(in_words(need.label), words.choices(words.LIVED)),
        since_field(need): menu(
            _("When was that?"),
            [("", _("I would rather not say")), *words.choices(words.SINCE)],
            name=_("%(need)s: when was that?", need=in_words(need.label)),
        ),
    }
