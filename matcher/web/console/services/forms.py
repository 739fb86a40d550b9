"""What is asked about a service: every field of an entry, by language where people read it."""

from collections.abc import Iterable, Iterator, Mapping

from flask_babel import gettext as _
from msgspec import convert, structs

from matcher.domain.services import Paper, Reach, Welcome
from matcher.settings.services_faults import Fault, Wrong
from matcher.settings.services_shape import Said, ServiceEntry, words as by_language
from matcher.web.common.drafts import Answers
from matcher.web.common.forms import (
    YES,
    Field,
    Form,
    by_name,
    filled,
    line,
    one_of,
    refuse,
    refuse_by_name,
    refuse_long,
    some_of,
    tick,
)
from matcher.web.common.i18n import in_words, languages
from matcher.web.common.plain import is_visible
from matcher.web.common.switch import own_name
from matcher.web.common.wiring import settings
from matcher.web.console.services import words
from matcher.web.public.languages import language_name
from matcher.web.public.near.words import ACCESS, WAYS, WELCOMES

CHECK, TODAY, KEPT, NEVER = "check", "today", "kept", "never"
MOST_SAID, MOST_TEXT = 120, 300
SAID = ("name", "text", "hours", "cost")
NUMBERS = ("phone", "text", "web", "email")
TOLD = ("chat", "visit")
NEEDED = frozenset({"name", "text", "hours", "cost"})


def make(answers: Answers, before: ServiceEntry | None) -> Form:
    """Ask everything in the order of the page; `before` is the entry that is changed."""
    return filled(
        {
            **({} if before else {"id": _short_name()}),
            **{f: one for key, label in _labels().items() for f, one in _lines(key, label)},
            **{f"reach-{way}": line(str(WAYS[Reach(way)])) for way in NUMBERS},
            **{f: one for way in TOLD for f, one in _lines(way, str(WAYS[Reach(way)]))},
            "text_only": tick(_("Without a call"), _("No call is ever needed")),
            **_whom(),
            **_manner(),
            **_check(before),
        },
        answers,
    )


def fields_of(name: str) -> list[str]:
    """Name the fields for what is said in each language."""
    return [f"{name}-{language}" for language in languages()]


def answers(entry: ServiceEntry) -> Answers:
    """Fill an entry in, as it is now."""
    told = {name: getattr(entry, name) for name in SAID}
    told |= {name: getattr(entry.reach, name) for name in TOLD}
    texts = {f: (text,) for name, said in told.items() for f, text in _by_field(name, said)}
    asks = structs.asdict(entry.asks)
    return {
        **texts,
        **{f"reach-{way}": (getattr(entry.reach, way),) for way in NUMBERS},
        **{f"asks-{paper}": (asks[paper],) for paper in Paper},
        **{name: tuple(sorted(getattr(entry, name))) for name in _SETS},
        "welcome": (entry.welcome.value,),
        "text_only": _ticked(entry.text_only),
        "helpers": _ticked(entry.helpers),
        "example": _ticked(entry.example),
        "source": (entry.source,),
        CHECK: (KEPT if entry.checked or entry.example else NEVER,),
    }


def entry(form: Form, before: ServiceEntry | None, today: str) -> ServiceEntry:
    """Read a form, whose choices are known, as an entry; its texts may still be wrong."""
    had = before.checked.isoformat() if before and before.checked else None
    told = {
        "id": before.id if before else (form["id"].data or "").strip(),
        **{name: _said(form, name, getattr(before, name, "")) for name in SAID},
        **{name: form[name].data or [] for name in _SETS},
        "languages": _in_order(form["languages"].data, before.languages if before else ()),
        "reach": _reach(form, before),
        "asks": {paper.value: form[f"asks-{paper}"].data for paper in Paper},
        "welcome": form["welcome"].data,
        "text_only": bool(form["text_only"].data),
        "helpers": bool(form["helpers"].data),
        "example": "example" in form and bool(form["example"].data),
        "source": (form["source"].data or "").strip(),
        "checked": {TODAY: today, KEPT: had, NEVER: None}[form[CHECK].data],
    }
    return convert(told, ServiceEntry)


def check(form: Form) -> None:
    """Refuse what is missing in every language, or too long in one."""
    for name in (*SAID, *TOLD):
        fields = [form[one] for one in fields_of(name)]
        if name in NEEDED and not any(is_visible(one.data or "") for one in fields):
            refuse_by_name(fields[0], _("Please write it in one language at least."))
        most = MOST_TEXT if name == "text" else MOST_SAID
        for field in fields:
            refuse_long(field, most)
    for name in (*(f"reach-{way}" for way in NUMBERS), "source"):
        refuse_long(form[name], MOST_TEXT)


def refuse_all(form: Form, faults: Iterable[Fault]) -> None:
    """Write each fault of an entry beside its field."""
    for fault in faults:
        way = fault.path[-1] if len(fault.path) > 1 else "phone"
        name = f"reach-{way}" if fault.path[0] == "reach" else fault.path[0]
        told = str(words.FAULTS[fault.wrong])
        if fault.wrong is Wrong.NO_WAY:  # which is about all ways, and stands at the first
            refuse(form[name], told)
        else:
            refuse_by_name(form[name], told)


_SETS = ("groups", "needs", "regions", "languages", "ages", "may_tell", "access")


def _short_name() -> Field:
    hint = _("For the log and for commands, such as clinic-harbour. It stays for good.")
    return line(_("A short name"), hint=hint, needed=_("Please give the service a short name."))


def _labels() -> Mapping[str, str]:
    return {
        "name": _("Name"),
        "text": _("What they do"),
        "hours": _("When"),
        "cost": _("What it costs"),
    }


def _lines(name: str, label: str) -> Iterator[tuple[str, Field]]:
    for language, field in zip(languages(), fields_of(name), strict=True):
        yield field, line(f"{label} ({own_name(language)})")


def _whom() -> dict[str, Field]:
    known = settings()
    groups = [(one.id, in_words(one.label)) for one in known.needs.groups]
    regions = [(name, in_words(label)) for name, label in known.regions.items()]
    spoken = [(code, language_name(code)) for code in known.languages]
    ages = [(age.value, str(label)) for age, label in words.ALL_AGES.items()]
    needs = [(one.id, in_words(one.label)) for one in known.needs.all]
    return {
        "groups": some_of(_("Groups of needs"), groups),
        "needs": some_of(_("Single needs"), needs),
        "helpers": tick(
            _("For those who help here"), _("It is there for helpers, not for those who look")
        ),
        "regions": some_of(_("Where"), regions, hint=_("None ticked: everywhere.")),
        "languages": some_of(
            _("Languages"), spoken, needed=_("Please tick at least one language spoken there.")
        ),
        "ages": some_of(
            _("Age"), ages, needed=_("Please tick at least one age that they are there for.")
        ),
    }


def _manner() -> dict[str, Field]:
    answers = [(one.value, str(label)) for one, label in words.ANSWERS.items()]
    told = [(one.value, str(label)) for one, label in words.MAY_TELL.items()]
    access = [(one.value, str(label)) for one, label in ACCESS.items()]
    welcomes = [(one.value, str(WELCOMES[one])) for one in Welcome]
    return {
        "welcome": one_of(
            _("Who is welcome"), welcomes, needed=_("Please choose who is welcome there.")
        ),
        **{
            f"asks-{paper}": one_of(
                str(label), answers, needed=by_name(str(label), _("Please choose one."))
            )
            for paper, label in words.ASKS.items()
        },
        "may_tell": some_of(
            _("Whom they may tell"),
            told,
            needed=_("Please tick whom they may tell, or that nobody has found that out yet."),
        ),
        "access": some_of(_("Easier for some"), access),
    }


def _check(before: ServiceEntry | None) -> dict[str, Field]:
    choices = [(TODAY, _("Yes, today"))]
    if before and (before.checked or before.example):
        choices.append((KEPT, _("Leave that as it was")))
    choices.append((NEVER, _("No: then nobody sees it")))
    found = {
        CHECK: one_of(
            _("Has somebody made sure that all of this is right?"),
            choices,
            needed=_("Please choose whether somebody has made sure that all is right."),
        ),
        "source": line(
            _("Where all this was found"),
            hint=_("For whoever checks it next time. People do not see it."),
        ),
    }
    if before and before.example:
        found["example"] = tick(_("An example"), _("An example, not a real place"))
    return found


def _in_order(chosen: Iterable[str], before: Iterable[str]) -> list[str]:
    """Leave languages in the order that people read; new ones come last."""
    ticked = tuple(chosen)
    had = [one for one in before if one in ticked]
    return [*had, *(one for one in ticked if one not in had)]


def _reach(form: Form, before: ServiceEntry | None) -> dict[str, Said]:
    had = before.reach if before else None
    dialled = {way: (form[f"reach-{way}"].data or "").strip() for way in NUMBERS}
    return {**dialled, **{name: _said(form, name, getattr(had, name, "")) for name in TOLD}}


def _said(form: Form, name: str, before: Said) -> Said:
    """Read what is said by language; one text for everybody stays one, others stay theirs."""
    typed = {one: (form[f"{name}-{one}"].data or "").strip() for one in languages()}
    told = {language: text for language, text in typed.items() if is_visible(text)}
    if isinstance(before, str):
        texts = set(typed.values())
        return before if before and texts == {before} else told or ""
    others = {one: text for one, text in before.items() if one not in typed}
    return {**told, **others} or ""


def _by_field(name: str, said: Said) -> Iterator[tuple[str, str]]:
    told = by_language(said)
    for language, field in zip(languages(), fields_of(name), strict=True):
        yield field, told.get(language, told.get("", ""))


def _ticked(is_so: bool) -> tuple[str, ...]:  # noqa: FBT001 - one answer, as forms have it
    return (YES,) if is_so else ()
