"""What looks like contact data in what people type, and what does not."""

import pytest

from matcher.domain.contact import Contact, contacts_in


@pytest.mark.parametrize(
    ("typed", "kind", "found"),
    [
        ("write to ana.b@mail.example please", Contact.EMAIL, "ana.b@mail.example"),
        ("she said call +961 70 123 456 tonight", Contact.PHONE, "+961 70 123 456"),
        ("0176-1234567", Contact.PHONE, "0176-1234567"),
        ("الرقم ٠٧٠١٢٣٤٥٦٧ للاتصال", Contact.PHONE, "٠٧٠١٢٣٤٥٦٧"),
        ("look at https://x.example/a?b", Contact.LINK, "https://x.example/a?b"),
        ("on t.me/somebody", Contact.LINK, "t.me/somebody"),
        ("WWW.Example.org", Contact.LINK, "WWW.Example.org"),
        ("I am @some_body there", Contact.HANDLE, "@some_body"),
        ("هذا @سند_تجربة", Contact.HANDLE, "@سند_تجربة"),
    ],
)
def test_it_is_found_as_it_was_typed(typed: str, kind: Contact, found: str) -> None:
    assert contacts_in(typed) == ((kind, found),)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "It was hard. I do not know what to say.",
        "since 2019, and again in 2024",
        "between 2019-2024",
        "on 26.11.2026 and 2026-11-26",
        "at 19:30, 3 times, 250 euros",
        "and/or ... well.But no",
        "meet me @ home",
        "كان الحديث صعبًا، ولا أعرف ماذا أقول.",
    ],
)
def test_plain_words_are_left_alone(typed: str) -> None:
    assert contacts_in(typed) == ()


def test_several_are_all_found_and_none_of_them_twice() -> None:
    found = contacts_in("a@b.example, www.c.example/@d and +49 30 1234567")

    assert [kind for kind, _ in found] == [Contact.EMAIL, Contact.LINK, Contact.PHONE]
