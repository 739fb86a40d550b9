"""What the keys of the store mean to the people whose they are, in plain words."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Kinds of keys that people would call one thing."""

    kinds: frozenset[str]
    title: str
    text: str


GROUPS = (
    Group(
        kinds=frozenset({"p:", "l:"}),
        title=_l("Your answers"),
        text=_l(
            "What you ticked. It is locked. The key to it is made new every day, and the "
            "old one is thrown away. When the last day of your answers is over, nobody can "
            "read them any more. If you help here and change your answers, the new ones "
            "wait beside the old ones until they count. They are locked as well."
        ),
    ),
    Group(
        kinds=frozenset({"c:"}),
        title=_l("A mark of your code"),
        text=_l(
            "Not the code: a mark that is made from it. Your code finds the mark again. Nobody "
            "can make your code out of the mark."
        ),
    ),
    Group(
        kinds=frozenset({"s:"}),
        title=_l("That you are signed in"),
        text=_l(
            "It is locked with a secret that only your browser has. It ends soon after your "
            "visit. If you want no code, it stays as long as your answers: it is your only way "
            "back."
        ),
    ),
    Group(
        kinds=frozenset({"h:", "w", "here", "v:"}),
        title=_l("Your place"),
        text=_l(
            "A random name that says nothing about you. With it stand your age group, and "
            "whether you look for somebody or help. Also since when about, when you were "
            "last here, and how many you talk with. If the team lets nobody be suggested to "
            "you, or asked you for more care, that stands here too, with its end. This "
            "part is not locked: the waiting list needs it."
        ),
    ),
    Group(
        kinds=frozenset({"o:"}),
        title=_l("A suggestion"),
        text=_l(
            "Two random names, what both answered to it, and what each of you was shown of "
            "the other. If the one who looks for somebody agreed to be counted, it also "
            "holds in which of four ways you two fit. These are how far along somebody is, "
            "the kind of help, what was wished for, and near or far. This is locked."
        ),
    ),
    Group(
        kinds=frozenset({"n:"}),
        title=_l("Who is not suggested to you again"),
        text=_l("Marks of those you said no to, or stopped talking with. They hold no names."),
    ),
    Group(
        kinds=frozenset({"r:", "m:", "silent"}),
        title=_l("Your conversations"),
        text=_l(
            "What you two wrote, locked, and which two random names talk. When one of you ends "
            "the conversation, it is erased for both, but for messages that one of you has "
            "shown to the team."
        ),
    ),
    Group(
        kinds=frozenset({"d:", "t"}),
        title=_l("Pages that must not count twice"),
        text=_l(
            "Marks of pages that were sent already or were erased, so that an old page in "
            "somebody's browser cannot bring you back. They say nothing about you."
        ),
    ),
    Group(
        kinds=frozenset({"lim:"}),
        title=_l("How many pages were sent lately"),
        text=_l(
            "So that no machine floods this site, pages that are sent are counted. The name "
            "of a count is a mark made from your address on the internet, or from your "
            "visit. It goes soon after the page was sent. But somebody could take the "
            "running machine, and could try every address until one fits a mark. Marks that "
            "are gone may be left in its memory for a while. The secret in the marks "
            "changes every day: with yesterday's marks nobody can try that any more. "
            "Through Tor, no address of yours is in a mark."
        ),
    ),
    Group(
        kinds=frozenset({"used:"}),
        title=_l("Pages and taps that must count once"),
        text=_l(
            "Marks of pages that were sent while very many came: one sum, or one wait, lets "
            "one page through. Marks of taps that were counted, too. They say nothing "
            "about you."
        ),
    ),
    Group(
        kinds=frozenset({"stats:open:"}),
        title=_l("Sums of a week or a day that is not over"),
        text=_l(
            "All sums that are named here, while they grow. They lie where the pages of "
            "coordinators cannot read them, and are shown there only when nothing is added any "
            "more."
        ),
    ),
    Group(
        kinds=frozenset({"stats:sums:", "stats:found:", "stats:replies:"}),
        title=_l("How many ticked what, and found somebody"),
        text=_l(
            "Sums of a week, only of people who agreed to that: by need, language, age "
            "group and region. Chance is added to each from the first. No sum was ever "
            "exact, and one person more or less hardly shows. What the team is shown is "
            "rounded, and small numbers are hidden. That makes a guess about somebody weak. "
            "It does not make it impossible."
        ),
    ),
    Group(
        kinds=frozenset({"talked:"}),
        title=_l("That you may still say how it was"),
        text=_l(
            "A mark of each conversation that you had, until you say how it was, or do not. "
            "It goes with your answers. If you look for somebody and agreed to be counted, "
            "also in which of those four ways you two fit. This is locked."
        ),
    ),
    Group(
        kinds=frozenset({"stats:told:"}),
        title=_l("How conversations were"),
        text=_l(
            "Sums of a week. Half of all answers are replaced by chance before they are "
            "added. Chance is added to the sums as well, so what one person said hardly "
            "shows in them."
        ),
    ),
    Group(
        kinds=frozenset({"stats:lessons:"}),
        title=_l("Whether it helps more where two fit"),
        text=_l(
            "Sums of a week: how often it helped where two fit in some of those four ways. "
            "Only people who looked for somebody and agreed to be counted are in them. Half "
            "of all answers are replaced by chance before they are added, and chance is "
            "added to the sums as well. From them the team learns what suggestions should "
            "go by."
        ),
    ),
    Group(
        kinds=frozenset({"stats:events:", "stats:standing:"}),
        title=_l("How much there is to do"),
        text=_l(
            "How many suggestions and conversations a day had. And every few days: how many "
            "look for somebody (only those who agreed), and how many are there to help, by "
            "need and language. Chance is added, the numbers are round, and small ones are "
            "hidden."
        ),
    ),
    Group(
        kinds=frozenset({"stats:near:"}),
        title=_l("How often a service was bad for somebody, or a card was used"),
        text=_l(
            "Sums for each service and each kind of card, without who, when or why. Chance is "
            "added from the first, and the team is told a number only when many have."
        ),
    ),
    Group(
        kinds=frozenset({"stats:waits:"}),
        title=_l("How long people waited"),
        text=_l(
            "How many waited for some hours, for days, for a week. Only people who agreed to "
            "that are counted, and chance is added from the first. It lets others be told how "
            "long it may take."
        ),
    ),
    Group(
        kinds=frozenset({"stats:trial:"}),
        title=_l("How new rules for suggestions do"),
        text=_l(
            "While the team tries new rules, it counts for how many who came somebody was "
            "found, by the new rules and by the old ones. It does so in all, and by what "
            "matters most. Only people who agreed to that are counted, and chance is added "
            "from the first."
        ),
    ),
    Group(
        kinds=frozenset({"stats:wanted:", "stats:answer:", "stats:asked:"}),
        title=_l("What coordinators asked about rules"),
        text=_l(
            "How many would find somebody by other rules: in round numbers, with chance added, "
            "and small ones hidden. Also which questions a day has had, so that nobody goes on "
            "asking until somebody can be told."
        ),
    ),
    Group(
        kinds=frozenset({"desk:", "desk-of:"}),
        title=_l("That a coordinator is signed in"),
        text=_l(
            "Coordinators have pages of their own, on which nobody can be looked up. That one "
            "is signed in there is locked with a secret that only their browser has."
        ),
    ),
    Group(
        kinds=frozenset({"note:", "notes"}),
        title=_l("Notes to coordinators"),
        text=_l(
            "What people who help ask a coordinator. Each note is locked so that only "
            "coordinators can open it, and each answer so that only who asked can. No name "
            "stands on a note, not even a random one. No note leads to anybody's answers, "
            "and no two of them lead to each other. An answer takes the place of its note, "
            "and has the same time again."
        ),
    ),
    Group(
        kinds=frozenset({"k:", "tell:"}),
        title=_l("What lets you tell the team about somebody"),
        text=_l(
            "For each conversation, the random name of the other person. With it you can "
            "still tell the team when the conversation has ended, or when they have left. "
            "It is locked with a secret that only your code or your visit leads to. It is also "
            "locked with a key that goes within eight days of the end of the conversation. "
            "Then nobody can open it any more. What is left of it goes later, for all who "
            "began to talk in the same week together. So it does not tell how long anybody "
            "talked. It does not say whose it is, nor about which conversation."
        ),
    ),
    Group(
        kinds=frozenset({"report:", "reports", "suspended"}),
        title=_l("What somebody told the team"),
        text=_l(
            "One word for what happened, and the random name of whom it is about. Also a copy "
            "of the messages that were ticked for the team, five at the most. It is locked so "
            "that only coordinators can open it, and goes as soon as they have decided. After "
            "a suspension all but the messages stays until its time is over, so that it can "
            "be undone. Who told it stands nowhere. That it was seen is kept until its time "
            "is over."
        ),
    ),
    Group(
        kinds=frozenset({"decided"}),
        title=_l("What the team has decided"),
        text=_l(
            "The random name of whom a report was about, and what becomes of their place. It "
            "is locked, and gone once it is carried out, within seconds."
        ),
    ),
    Group(
        kinds=frozenset({"i:"}),
        title=_l("Invitations nobody has used yet"),
        text=_l("A mark of each, made for people who help. It does not say whom it is for."),
    ),
    Group(
        kinds=frozenset({"notice:"}),
        title=_l("What the team tells everybody"),
        text=_l("Words for all who come here, or for all who help, and never for one person."),
    ),
    Group(
        kinds=frozenset({"rules", "stats:rules", "ask", "run", "lease:", "fence:"}),
        title=_l("Notes of the machine to itself"),
        text=_l(
            "The rules for suggestions, and whose turn it is to look. Nothing about people."
        ),
    ),
)
"""Every kind of the store's table is in exactly one group; a test looks."""
