"""A seeker's answers in words, as they would be stored."""

from collections.abc import Iterator

from flask_babel import gettext as _

from matcher.domain.needs import NeedId
from matcher.domain.profile import SeekerProfile, Stage, Wishes
from matcher.settings.model import Settings
from matcher.web.common.drafts import Answers
from matcher.web.common.i18n import in_words
from matcher.web.public import words
from matcher.web.public.answers.seeker import STAGE_FIELDS, read_seeker
from matcher.web.public.summary import Row, common_rows, labels, who_rows


def summary(answers: Answers, settings: Settings) -> list[Row]:
    """Say what would be stored, row by row, each with the page that changes it."""
    profile = read_seeker(answers, settings.needs)
    return [
        *who_rows(profile),
        *_need_rows(profile, settings),
        Row(_("What would help"), labels(words.HELP, profile.help), "how"),
        *common_rows(profile, settings, region_on="how"),
        *_wish_rows(profile.wishes),
    ]


def _need_rows(profile: SeekerProfile, settings: Settings) -> Iterator[Row]:
    known = settings.needs.by_id

    def named(needs: tuple[NeedId, ...]) -> list[str]:
        return [in_words(known[need].label) for need in needs]

    yield Row(_("What it is about"), named(profile.needs), "needs")
    if profile.main and len(profile.needs) > 1:
        yield Row(_("What matters most"), named((profile.main,)), "matters")
    if profile.stage and profile.main:
        yield Row(_("How it is"), [_stage(profile.stage, settings, profile.main)], "matters")
    if hidden := tuple(need for need in profile.needs if need not in profile.shown):
        yield Row(_("Used, but not shown"), named(hidden), "matters")


def _stage(stage: Stage, settings: Settings, main: NeedId) -> str:
    is_path = STAGE_FIELDS[settings.needs.by_id[main].stage] == "stage_path"
    return str((words.PATH_STAGES if is_path else words.TIME_STAGES)[stage])


def _wish_rows(wishes: Wishes) -> Iterator[Row]:
    only = labels(words.IDENTITIES, wishes.identity_only)
    if wishes.same_age_only:
        only = [*only, _("Someone in my age range")]
    unwanted = [
        *labels(words.IDENTITIES, wishes.gender_not),
        *labels(words.MANNERS, wishes.manner_not),
    ]
    if only:
        yield Row(_("Only"), only, "how")
    if wishes.identity_better:
        yield Row(_("Better if"), labels(words.IDENTITIES, wishes.identity_better), "how")
    if unwanted:
        yield Row(_("Please not"), unwanted, "how")
    if wishes.nearness.value != "any":
        yield Row(_("Near or far"), [str(words.NEARNESS[wishes.nearness])], "how")
