"""Acts and their steps in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _, lazy_gettext as _l, ngettext

from matcher.domain.acts import Act, ActKind, Entry, Step
from matcher.domain.coordinator import ITSELF, OPERATOR, CoordinatorId, Rank, Roster
from matcher.domain.invitation import Scope
from matcher.domain.notice import Audience
from matcher.domain.report import Decision
from matcher.domain.trial import Why
from matcher.service.notice_board import SAYS

KINDS: Mapping[ActKind, str] = {
    ActKind.JOIN: _l("Became a coordinator"),
    ActKind.CHANGE_PASSPHRASE: _l("Changed their own passphrase"),
    ActKind.RENEW_DIGITS: _l("Took a new authenticator"),
    ActKind.RECOVER: _l("Give somebody their account back"),
    ActKind.GET_BACK_IN: _l("Got their account back with a one-time code"),
    ActKind.KEEP_ACCOUNT: _l("Made codes useless that would have opened their account"),
    ActKind.ADD_PASSKEY: _l("Added a passkey of their own"),
    ActKind.REMOVE_PASSKEY: _l("Removed a passkey of their own"),
    ActKind.INVITE: _l("Invite a coordinator"),
    ActKind.REMOVE: _l("Remove a coordinator"),
    ActKind.MAKE_OWNER: _l("Make a coordinator an owner"),
    ActKind.MAKE_COORDINATOR: _l("Make an owner a coordinator"),
    ActKind.INVITE_PEERS: _l("Make invitations"),
    ActKind.INVITE_MORE: _l("Make invitations for the young, or many in a day"),
    ActKind.REVOKE_BATCH: _l("Revoke a batch of invitations"),
    ActKind.OPEN_NOTES: _l("Open notes from helpers"),
    ActKind.ANSWER_NOTE: _l("Answer a note from a helper"),
    ActKind.PUBLISH_RULES: _l("Publish rules"),
    ActKind.LOOSEN_RULES: _l("Publish rules that are less safe"),
    ActKind.TRY_RULES: _l("Try rules on some rounds"),
    ActKind.TRY_LOOSE_RULES: _l("Try rules that are less safe on some rounds"),
    ActKind.END_TRIAL: _l("End a trial of rules"),
    ActKind.PAUSE: _l("Pause all suggestions"),
    ActKind.OPEN_REPORT: _l("Open a report"),
    ActKind.DECIDE_REPORT: _l("Decide about a report"),
    ActKind.RELEASE: _l("Undo a suspension"),
    ActKind.PUT_UP_NOTICE: _l("Put up a notice"),
    ActKind.TAKE_DOWN_NOTICE: _l("Take down a notice"),
    ActKind.SAVE_SERVICE: _l("Write down a service that nobody sees yet"),
    ActKind.HIDE_SERVICE: _l("Hide a service that people saw"),
    ActKind.PUBLISH_SERVICE: _l("Show people a new or changed service"),
    ActKind.CHECK_SERVICE: _l("Make sure of a service that people see"),
    ActKind.TAKE_SERVICE_AWAY: _l("Take a service away"),
    ActKind.CLOSE_POOL: _l("Take nobody new in"),
    ActKind.OPEN_POOL: _l("Let people come in again"),
    ActKind.ADD_CARD: _l("Make a card for a partner"),
    ActKind.TAKE_CARD_AWAY: _l("Let a partner's card open nothing any more"),
}
STEPS: Mapping[Step, str] = {
    Step.ASKED: _l("asked for"),
    Step.DONE: _l("done"),
    Step.WITHDRAWN: _l("withdrawn"),
    Step.OVERTAKEN: _l("came to nothing: somebody else was faster"),
    Step.LAPSED: _l("came to nothing: its time was over, or what it was about was gone"),
}
DECISIONS: Mapping[Decision, str] = {
    Decision.DISMISS: _l("Nothing follows"),
    Decision.WARN: _l("Ask for more care"),
    Decision.REST: _l("A rest of seven days"),
    Decision.SUSPEND: _l("Suspend"),
    Decision.REVOKE: _l("Take the place away for good"),
}
AUDIENCES: Mapping[Audience, str] = {
    Audience.EVERYBODY: _l("to everybody"),
    Audience.PEERS: _l("to all who help"),
}
ENDS: Mapping[Why, str] = {
    Why.FEWER: _l(
        "It ended by itself: by the tried rules, fewer newcomers were suggested somebody."
    ),
    Why.WORST: _l(
        "It ended by itself: by the tried rules, those worst off were suggested somebody less "
        "often."
    ),
    Why.UNUSABLE: _l("It ended by itself: the tried rules cannot be used any more."),
    Why.OVER: _l("Its time is over."),
    Why.DROPPED: _l("The tried rules were dropped."),
    Why.REPLACED: _l("Other rules came into force, and a trial compares with those before."),
    Why.KEPT: _l("The tried rules were kept: now all rounds go by them."),
}
RANKS: Mapping[Rank, str] = {Rank.COORDINATOR: _l("Coordinator"), Rank.OWNER: _l("Owner")}
SCOPES: Mapping[Scope, str] = {
    Scope.ADULTS: _l("18 or older"),
    Scope.YOUTH: _l("13 to 17"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """Who is meant by what the log calls them."""

    roster: Roster

    def __call__(self, who: CoordinatorId) -> str:
        """Name a coordinator; of accounts that are gone the mark alone is left."""
        if who == OPERATOR:
            return str(_("a terminal of this machine"))
        if who == ITSELF:
            return str(_("this network by itself"))
        found = self.roster.of(who)
        return found.name if found else str(_("an account that is gone (%(mark)s)", mark=who))


def told(act: Act | Entry) -> str:
    """Say what an act is."""
    return str(KINDS[act.kind])


def details(act: Act | Entry) -> list[str]:
    """Say what more is to be known of it; what is for machines stays away."""
    found = []
    if rank := act.what.get("rank"):
        found.append(str(RANKS[Rank(rank)]))
    if decision := act.what.get("decision"):
        found.append(str(DECISIONS[Decision(decision)]))
    if audience := act.what.get("audience"):
        found.append(str(AUDIENCES[Audience(audience)]))
    found += [_quoted(text) for name, text in act.what.items() if name.startswith(SAYS)]
    if count := act.what.get("count"):
        found.append(ngettext("%(num)s invitation", "%(num)s invitations", int(count)))
    if scope := act.what.get("scope"):
        found += [str(SCOPES[Scope(one)]) for one in scope.split("+")]
    found += _of_trial(act)
    if version := act.what.get("version"):
        found.append(_("version %(number)s", number=version))
    names = (act.what.get(kind) for kind in ("service", "partner"))
    found += [f"\u2068{name}\u2069" for name in names if name]
    return found


def _of_trial(act: Act | Entry) -> Iterator[str]:
    if share := act.what.get("share"):
        yield _("%(share)s of 100 rounds", share=share)
    if days := act.what.get("days"):
        yield ngettext("%(num)s day", "%(num)s days", int(days))
    if why := act.what.get("why"):
        yield str(ENDS[Why(why)])


def _quoted(text: str) -> str:
    """Quote words of any direction, which turn nothing around them (U+2068 and U+2069)."""
    return f"\u2068“{text}”\u2069"
