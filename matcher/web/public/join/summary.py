"""A peer's answers in words, as they would be stored."""

from collections.abc import Iterable, Iterator

from flask_babel import gettext as _

from matcher.domain.needs import Need, NeedId
from matcher.domain.profile import Experience, PeerProfile
from matcher.settings.model import Settings
from matcher.web.common.drafts import Answers
from matcher.web.common.i18n import in_words
from matcher.web.public import words
from matcher.web.public.answers.peer import asked_groups, asked_needs, read_peer
from matcher.web.public.summary import Row, common_rows, labels, who_rows


def summary(answers: Answers, settings: Settings) -> list[Row]:
    """Say what would be stored, row by row, each with the page that changes it."""
    profile = read_peer(answers, settings.needs)
    return [
        *who_rows(profile),
        *_self_rows(profile),
        *_lived_rows(profile, settings),
        *_limit_rows(profile, settings),
        Row(_("What you give"), labels(words.HELP_GIVEN, profile.help), "how"),
        *common_rows(profile, settings, region_on="about"),
        Row(_("People at once"), [str(profile.capacity)], "how"),
        Row(_("Rest after each conversation"), [str(words.RESTS[profile.rest.days])], "how"),
    ]


def _self_rows(profile: PeerProfile) -> Iterator[Row]:
    if profile.identity:
        yield Row(_("You are"), labels(words.IDENTITIES, profile.identity), "about")
    if profile.manner is not None:
        fits = labels(words.OWN_MANNERS, profile.manner) or [_("None of these")]
        yield Row(_("Your manner"), fits, "about")


def _lived_rows(profile: PeerProfile, settings: Settings) -> Iterator[Row]:
    for group in asked_groups(settings.needs):
        told = [need for need in asked_needs(group) if need.id in profile.lived]
        through = [_told(need, profile) for need in told if profile.lived[need.id].lived]
        if told:
            yield Row(in_words(group.label), through or [_("None of these")], "lived")


def _told(need: Need, profile: PeerProfile) -> str:
    experience = profile.lived[need.id]
    parts = [in_words(need.label), *_details(experience)]
    if need.id in profile.hidden:
        parts.append(_("not on a card"))
    return " · ".join(parts)


def _details(experience: Experience) -> Iterator[str]:
    yield str(words.LIVED[experience.lived])
    if experience.since:
        yield str(words.SINCE[experience.since])


def _limit_rows(profile: PeerProfile, settings: Settings) -> Iterator[Row]:
    def named(needs: Iterable[NeedId]) -> list[str]:
        chosen = set(needs)
        return [in_words(need.label) for need in settings.needs.all if need.id in chosen]

    if profile.never:
        yield Row(_("Never"), named(profile.never), "limits")
    if profile.trained:
        taken = named(profile.opted_in) or [_("Nothing just now")]
        yield Row(_("Taken on, with training"), taken, "limits")
