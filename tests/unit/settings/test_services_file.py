"""The directory of services: what an entry may say, and how a mistake is told."""

from pathlib import Path

import pytest

from matcher.domain.errors import SettingsError
from matcher.domain.services import Answer, Paper, Reach, Service, Told, Welcome
from matcher.settings.load import config_folder
from matcher.settings.needs_file import read_needs
from matcher.settings.services_faults import Known
from matcher.settings.services_file import read_services

KNOWN = Known(
    needs=read_needs(config_folder({}) / "needs.toml"),
    regions=("europe", "nile"),
    languages=("en", "ar"),
)
FIRST = """
[[service]]
id = "first"
name = "First"
text = "Words"
languages = ["en"]
ages = ["18-plus"]
reach = { phone = "113" }
hours = "always"
cost = "free"
"""
SECOND = """
[[service]]
id = "second"
name = "Second"
text = "Words"
languages = ["en"]
ages = ["18-plus"]
reach = { phone = "+30 210 000 0000", web = "https://example.org/" }
hours = "always"
cost = "free"
"""
REACH = 'reach = { phone = "+30 210 000 0000", web = "https://example.org/" }'


def services_in(folder: Path, text: str) -> tuple[Service, ...]:
    file = folder / "services.toml"
    file.write_text(text, "utf-8")
    return read_services(file, KNOWN).services


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        services_in(folder, text)
    return str(caught.value)


def test_what_is_left_out_is_taken_for_unknown(tmp_path: Path) -> None:
    (one,) = services_in(tmp_path, FIRST)

    assert one.welcome is Welcome.NOT_CHECKED
    assert one.asks == dict.fromkeys(Paper, Answer.UNKNOWN)
    assert one.may_tell == {Told.UNKNOWN}
    assert (one.is_text_only, one.access, one.regions, one.checked) == (
        *(False, frozenset(), frozenset(), None),
    )


def test_an_entry_says_how_it_is_reached_and_what_it_asks(tmp_path: Path) -> None:
    more = 'asks = { id = "yes", insurance = "no" }\nmay_tell = ["police", "parents"]\n'

    (one,) = services_in(tmp_path, SECOND + more)

    assert set(one.reach) == {Reach.PHONE, Reach.WEB}
    assert one.asks[Paper.ID] is Answer.YES
    assert one.asks[Paper.RESIDENCE] is Answer.UNKNOWN
    assert one.may_tell == {Told.POLICE, Told.PARENTS}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"second"', '"first"', "line 13, service.id: 'first' stands above already"),
        ('"second"', '"a b"', "line 13, service.id: small letters"),
        ('["en"]', '["xx"]', "line 16, service.languages: 'xx' is not known here"),
        ("hours", 'regions = ["nil"]\nhours', "line 19, service.regions: 'nil' is not known"),
        ("hours", 'groups = ["moon"]\nhours', "line 19, service.groups: 'moon' is not known"),
        ("hours", 'needs = ["mind/lov"]\nhours', "did you mean 'mind/low'?"),
        (REACH, "reach = {}", "line 18, service.reach: at least one way is needed"),
        (REACH, 'reach = { fax = "1" }', "this key is not known"),
        (REACH, 'reach = { phone = "ask us" }', "line 18, service.reach.phone: this has to be"),
        (REACH, 'reach = { text = "1;2" }', "line 18, service.reach.text: this has to be"),
        (REACH, 'reach = { web = "javascript:1" }', "line 18, service.reach.web: this has"),
        (REACH, 'reach = { email = "a@b?c=d.e" }', "line 18, service.reach.email: this has"),
        (
            "hours",
            'may_tell = ["nobody", "police"]\nhours',
            "service.may_tell: 'nobody' stands",
        ),
        ("hours", 'may_tell = ["aunt"]\nhours', "allowed: nobody, police"),
        ("hours", 'asks = { id = "maybe" }\nhours', "allowed: yes, no, unknown"),
        ("hours", 'welcome = "sure"\nhours', "allowed: community, trained, not-checked"),
        ("hours", 'checked = "soon"\nhours', "this has to be a date"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_is_allowed(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    assert old in SECOND

    assert said in refusal(tmp_path, FIRST + SECOND.replace(old, new, 1))


def test_text_only_needs_a_way_without_a_call(tmp_path: Path) -> None:
    assert "service.text_only: no voice call is needed" in refusal(
        tmp_path, FIRST + "text_only = true\n"
    )
    assert services_in(tmp_path, SECOND + "text_only = true\n")[0].is_text_only


CARD = """
[[partner]]
id = "clinic"
code = "K7D-4M2"
group = "health"
"""


def test_a_partner_has_a_code_and_one_group(tmp_path: Path) -> None:
    file = tmp_path / "services.toml"
    file.write_text(CARD, "utf-8")

    (one,) = read_services(file, KNOWN).partners

    assert (one.code, one.group, one.is_example) == ("K7D-4M2", "health", False)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("abcde", "k7d 4m2", "line 8, partner.code: this code stands above already"),
        ("abcde", "k7d4", "line 8, partner.code: 5 to 12 digits and letters"),
        ("abcde", "k7d4m2k7d4m2k", "line 8, partner.code: 5 to 12 digits and letters"),
        ("abcde", "بطاقة", "line 8, partner.code: 5 to 12 digits and letters"),
        ("health", "moon", "line 9, partner.group: 'moon' is not known here"),
        ('"second"', '"clinic"', "line 7, partner.id: 'clinic' stands above already"),
    ],
)
def test_a_mistake_in_a_card_is_told_with_its_line(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    second = CARD.replace("clinic", "second").replace("K7D-4M2", "abcde")

    assert said in refusal(tmp_path, CARD.lstrip() + second.replace(old, new, 1))
