"""What every language keeps to: complete, in step with the pages, Arabic for everybody."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from matcher.domain.explained import explained
from matcher.settings.languages import ENGLISH, catalogue, shipped
from matcher.settings.load import load
from matcher.web.common.catalogues import translations
from tests.words import forms, gathered, untold, updated, written

LANGUAGES = [language for language in shipped() if language != ENGLISH]
COUNTS = {"count", "num"}
PLURALS = 6

PLACE = re.compile(r"%\(\w+\)s")
TAG = re.compile(r"</?\w+>")
QUOTED = re.compile("\u201c([^\u201d]+)\u201d")
MARKS = re.compile("[\u064b-\u0652\u0640]")
INDIC = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
LATIN_SIGNS = re.compile("[\u0621-\u064a] ?[?,;]|[\u201c\u201d]")
IMPERATIVES = (
    "أدخل|ادخل|اكتب|اختر|اضغط|انقر|ارجع|غادر|انتظر|أرسل|ارسل|احفظ|اقرأ|تأكد|أكد|افتح|أغلق|اغلق"
    "|ابدأ|حدد|تابع|اتبع|امسح|امح|احذف|انتقل|استخدم|جرب|حاول|ابحث|اطلب|شارك|راجع|صحح|تحقق|لاحظ"
    "|اذهب|اترك|انسخ|الصق|خذ|تذكر|أضف|اضف|عدل"
)
ASKED = re.compile(rf"(?<!\w)[وف]?(?:{IMPERATIVES})(?:ي|ها|يها)?(?!\w)")  # noqa: RUF001 - Arabic letters
PASSIVE = "أُ"  # "was sent": without its mark it would look like "send"


def originals(message: Message) -> list[str]:
    """List the English forms."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def imperatives(words: str) -> list[str]:
    """Find what commands one man or one woman, in a text for everybody."""
    return ASKED.findall(MARKS.sub("", words.replace(PASSIVE, "-")))


def broken(message: Message) -> Iterator[str]:
    """Find forms that lack a place for a value, or have one too many; numbers may be words."""
    wanted = {place for one in originals(message) for place in PLACE.findall(one)}
    spared = {f"%({name})s" for name in COUNTS} if message.pluralizable else set()
    for form in forms(message):
        places = set(PLACE.findall(form))
        is_odd = "%" in PLACE.sub("", form)
        tags = sorted(TAG.findall(form)) != sorted(TAG.findall(originals(message)[0]))
        if is_odd or tags or not wanted - spared <= places <= wanted:
            yield form


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_in_step_with_the_pages(language: str) -> None:
    assert catalogue(language).read_bytes() == updated(language), "run: poe words"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_untranslated_guessed_or_left_over(language: str) -> None:
    words = written(language)

    assert list(untold(words)) == []
    assert [message.id for message in words if message.id and message.fuzzy] == []
    assert list(words.obsolete) == []
    assert len(words) == len(gathered()) > 500


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_its_place_in_every_form(language: str) -> None:
    messages = [message for message in written(language) if message.id]

    assert [form for message in messages for form in broken(message)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_that_is_quoted_is_called_what_stands_on_it(language: str) -> None:
    catalogue = written(language)

    wrong = [
        (quoted, form)
        for message in catalogue
        if message.id
        for quoted in QUOTED.findall(originals(message)[0])
        if quoted in catalogue
        for form in forms(message)
        if forms(catalogue[quoted])[0] not in form
    ]

    assert QUOTED.findall("Press “Go on”.") == ["Go on"]
    assert wrong == []


def test_every_number_of_things_has_six_forms_in_arabic() -> None:
    plural = [message for message in written("ar") if message.pluralizable]

    assert len(plural) > 10
    assert {len(forms(message)) for message in plural} == {PLURALS}


def test_arabic_commands_no_man_and_no_woman() -> None:
    said = [form for message in written("ar") if message.id for form in forms(message)]

    assert [(found, form) for form in said if (found := imperatives(form))] == []


def test_arabic_is_written_with_its_own_signs_and_with_western_digits() -> None:
    said = [form for message in written("ar") if message.id for form in forms(message)]
    settings = load({"HOME": "/nowhere"})
    labels = [label["ar"] for label in settings.regions.values()]
    labels += [need.label["ar"] for need in settings.needs.all]

    assert [form for form in (*said, *labels) if INDIC.search(form)] == []
    assert [form for form in (*said, *labels) if LATIN_SIGNS.search(form)] == []


def test_every_rule_is_told_in_arabic_alone() -> None:
    words = translations("ar")
    told = [rule.says.told(words) for rule in explained(load({"HOME": "/nowhere"}).rules)]

    assert len(told) > 20
    assert [sentence for sentence in told if re.search("[A-Za-z]", sentence)] == []


@pytest.mark.parametrize("language", shipped())
def test_every_need_group_region_and_service_is_named(language: str) -> None:
    settings = load({"HOME": "/nowhere"})
    labels = [
        *settings.regions.values(),
        *(group.label for group in settings.needs.groups),
        *(need.label for need in settings.needs.all),
        *(said for one in settings.services for said in (one.name, one.text)),
        *(said for one in settings.services for said in (one.hours, one.cost)),
        *(said for one in settings.services for said in one.reach.values() if "" not in said),
    ]

    assert [label for label in labels if not label.get(language)] == []


@pytest.mark.parametrize(
    "words",
    [
        "اكتب الرمز",
        "ثم اكتبي الرمز",
        "أدخِل الرمز",
        "فاختاري أو اضغطي",
        "وانتظري",
        "أدخلي",
        "تأكّدي",
    ],
)
def test_a_command_to_one_person_is_found(words: str) -> None:
    assert imperatives(words)


@pytest.mark.parametrize(
    "words",
    [
        "يُرجى كتابة الرمز",
        "للتأكد من الرمز",
        "غير مسجّل",
        "أُرسل هذا",
        "أو يغادر متى شاء",
        "سجلّ الهاتف",
    ],
)
def test_what_speaks_to_everybody_is_left_alone(words: str) -> None:
    assert imperatives(words) == []


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("Open for %(when)s.", "مفتوحة."),
        ("Open.", "مفتوحة %(when)s."),
        ("It goes on <b>%(date)s</b>.", "تُحذف في %(date)s."),
        ("Open for %(when)s.", "%(when) مفتوحة."),
        (("%(count)s of %(most)s", "%(count)s of %(most)s"), ("رسالة", *["%(most)s"] * 5)),
    ],
)
def test_a_value_without_its_place_is_found(
    english: str | tuple[str, str], told: str | tuple[str, ...]
) -> None:
    assert list(broken(Message(english, told)))
