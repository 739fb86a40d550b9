"""The default needs: every one of the taxonomy, with its flags."""

import pytest

from matcher.domain.needs import JUST_TALK, NeedId, Needs
from matcher.settings.load import config_folder
from matcher.settings.needs_file import read_needs

# number, id, formal first, never infer, what a card shows, which words ask for the stage
TAXONOMY = """
 1 identity/questioning - ni group p
 2 identity/telling-someone - ni need p
 3 identity/living-hidden - ni need t
 4 identity/outed ff ni group t
 5 identity/self-acceptance - - need p
 6 identity/intersex - ni group -
 7 family/rejection - - need t
 8 family/keeping-contact - - need p
 9 family/pressure-to-marry - - need t
10 family/relative-came-out - - need p
11 family/caring - - need p
12 people/lonely - - need t
13 people/friends - - need p
14 people/first-relationship - - need p
15 people/secret-relationship - ni group p
16 people/break-up - - need t
17 mind/worry - ni need t
18 mind/low - ni need t
19 mind/past-hurt - ni group t
20 mind/suicidal ff ni no t
21 mind/self-harm ff ni no t
22 mind/eating-body - ni group t
23 mind/alcohol-drugs - ni no t
24 mind/finding-help - - need p
25 health/doctors - - need p
26 health/illness-disability - ni need p
27 health/living-with-hiv - ni no p
28 health/recent-risk ff ni no -
29 health/tests-protection - ni group p
30 health/intimacy - ni group p
31 transition/social - ni group p
32 transition/medical-care - ni group p
33 transition/hormones-alone ff ni no t
34 transition/surgery - ni group p
35 transition/another-path - ni group p
36 home/tonight ff ni group -
37 home/leaving - - need p
38 home/finding - - need p
39 work/finding - - need p
40 work/treated-badly - - need t
41 work/money - - need t
42 work/sex-work - ni no p
43 law/rights - - need p
44 law/name-gender - ni group p
45 law/police-court ff ni no t
46 law/partner-rights - ni need p
47 moving/thinking - ni group p
48 moving/asylum - ni group p
49 moving/no-papers ff ni no t
50 moving/settling - - need p
51 faith/faith-and-me - ni group p
52 faith/doubt-leaving - ni no p
53 faith/two-cultures - - need p
54 safety/danger-now ff ni no -
55 safety/at-home ff ni no t
56 safety/sexual-violence ff ni no t
57 safety/blackmail ff ni no t
58 safety/forced-change ff ni no t
59 safety/online - - need p
60 study/bullying - - need t
61 study/going-on - - need p
62 life/parenting - ni need p
63 life/later-years - - need p
64 life/grief - - group t
65 together/community - - need p
66 together/giving-back - - need p
67 together/celebrating - - need -
68 together/learning - - need p
69 other/just-talk - ni need -
"""
LEAST_WORDS = 5
STAGES = {"path": "p", "time": "t", "none": "-"}


@pytest.fixture(scope="module")
def needs() -> Needs:
    return read_needs(config_folder({}) / "needs.toml")


def test_the_default_needs_are_the_taxonomy_with_all_its_flags(needs: Needs) -> None:
    found = [
        " ".join(
            (
                str(need.number),
                need.id,
                "ff" if need.formal_first else "-",
                "ni" if need.never_infer else "-",
                need.card,
                STAGES[need.stage],
            )
        )
        for need in needs.all
    ]

    assert found == [line.strip() for line in TAXONOMY.strip().splitlines()]


def test_there_are_fifteen_groups_and_the_open_door(needs: Needs) -> None:
    assert len(needs.all) == 69
    assert len({need.group for need in needs.all if need.id != JUST_TALK}) == 15


def test_only_the_harmless_group_and_the_door_are_open_at_first(needs: Needs) -> None:
    opened = {group.id for group in needs.groups if group.is_open}

    assert "together" in opened
    assert opened <= {"together", "other"}


def test_every_need_and_group_has_its_words_in_both_languages(needs: Needs) -> None:
    labels = [*(need.label for need in needs.all), *(group.label for group in needs.groups)]

    assert all(label.keys() >= {"en", "ar"} and all(label.values()) for label in labels)


def test_what_formal_help_comes_first_for_is_never_guessed(needs: Needs) -> None:
    assert needs.formal_first <= needs.never_infer
    assert NeedId("safety/danger-now") in needs.formal_first


def test_every_need_is_found_by_other_words_in_both_languages(needs: Needs) -> None:
    few = {
        (need.id, language)
        for need in needs.all
        for language in ("en", "ar")
        if len(set(need.also.get(language, ()))) < LEAST_WORDS
    }

    assert few == set()


def test_other_words_are_not_the_label_again(needs: Needs) -> None:
    again = [
        word
        for need in needs.all
        for language, words in need.also.items()
        for word in words
        if word == need.label[language]
    ]

    assert again == []
