"""The rules as a form, key by key: nothing is lost, every mistake stands by its field."""

import re
import tomllib
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.versions import Publication
from matcher.settings.rules_schema import Key, Kind, keys
from matcher.web.common.i18n import told
from matcher.web.console.advanced.told import CHOICES, allowed
from matcher.web.console.advanced.words import KEYS, UNITS
from matcher.web.console.rules.words import PAGES, PARTS
from tests.coordinating import PASSPHRASE
from tests.web.browsing import Browser, Given, Page

LOOK, PUT = "Look at what it would change", "Put it into the draft"
NUMBERS = [key for key in keys() if key.kind in {Kind.NUMBER, Kind.COUNT}]
IN_FORM = [key for key in NUMBERS if key.path[0] != "relax"]


def part(browser: Browser, name: str) -> Browser:
    return browser.open(f"/en/rules/draft/part?part={name}")


def text_of(browser: Browser) -> str:
    return browser.page.form_with(LOOK).values["text"]


def says(browser: Browser) -> dict[str, Any]:
    """Read what the draft says by now."""
    return tomllib.loads(text_of(browser))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("key", keys(), ids=lambda key: key.name)
def test_every_key_has_its_sentence_its_unit_and_its_range(
    app: Flask, key: Key, language: str
) -> None:
    assert set(KEYS) == {one.name for one in keys()}
    words = KEYS[key.name]
    with app.test_request_context(f"/{language}/rules"), force_locale(language):
        name, does, unit = str(words.name), str(words.does), str(words.unit)
        told_of = allowed(key)
        choices = " ".join(told(one) for one in CHOICES.get(key.name, {}).values())

    assert name
    assert does.endswith(".")
    assert unit in told_of
    if key.kind in {Kind.NUMBER, Kind.COUNT, Kind.FACTORS}:
        assert f"{key.least:g} " in told_of
        assert f" {key.most:g}." in told_of.replace(",", "")
    if key.kind in {Kind.CHOICE, Kind.SOME}:
        assert set(CHOICES[key.name]) == set(key.choices)
    if language == "ar":
        assert not re.search("[A-Za-z]", f"{name} {does} {told_of} {choices}")


def test_every_key_stands_on_a_page_of_the_form(owner: Browser) -> None:
    assert set(PARTS) < set(PAGES)
    asked = "".join(part(owner, name).response.get_data(as_text=True) for name in PAGES)

    for key in keys():
        name = key.name.replace("relax.", "relax.0.")
        assert f'name="{name}"' in asked or f'name="{name}.' in asked, key.name
    assert {unit for unit in UNITS if f'<option value="{unit}"' in asked} == set(UNITS)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("preset", ["balanced", "extra-careful", "spare-our-peers"])
def test_a_page_that_is_put_back_as_it_is_changes_nothing(
    owner: Browser, console: ConsoleServices, name: str, preset: str
) -> None:
    owner.open(f"/en/rules/draft/part?part={name}&preset={preset}").press(PUT)

    assert owner.response.status_code == 200
    assert text_of(owner).strip() == console.tuning.presets()[preset].strip()


def test_what_is_typed_goes_into_the_draft_and_is_published_from_there(
    owner: Browser, console: ConsoleServices
) -> None:
    part(owner, "offers").press(PUT, {"offers.a_day": "2"})
    assert "A peer gets at most 2 suggestions a day." in owner.text
    assert "Before: A peer gets at most 3 suggestions a day." in owner.text
    assert console.tuning.current().number == 1
    owner.press("Publish", {"reason": "they are tired", "passphrase": PASSPHRASE})

    assert console.tuning.opened(console.tuning.current())[1].offers.a_day == 2
    assert "# Suggestions to one peer within 24 hours" in console.tuning.current().text


def test_a_draft_goes_from_preset_to_form_to_text_and_back(owner: Browser) -> None:
    owner.open("/en/rules/draft?preset=closer-fit").press("Suggestions")
    owner.press("What protects peers", {"offers.repeats": "1"})
    owner.press(PUT, {"peers.hours_a_week": "20"})
    edited = text_of(owner).replace("repeats = 1", "repeats = 0") + "# ours\n"
    owner.press(LOOK, {"text": edited}).press("Suggestions")

    assert owner.page.form_with(PUT).values["offers.repeats"] == "0"
    owner.press(PUT)
    assert says(owner)["peers"]["hours_a_week"] == 20
    assert says(owner)["floor"]["said"] > 0.2
    assert text_of(owner).rstrip().endswith("# ours")


@pytest.mark.parametrize("odd", ["", "many", "-1", "99999", "1e3", "nan", "0.5.1", "9" * 400])
def test_a_number_that_is_not_allowed_is_told_beside_its_field_and_nothing_is_lost(
    owner: Browser, odd: str
) -> None:
    for page in {key.path[0] for key in IN_FORM}:
        asked = [key for key in IN_FORM if key.path[0] == page]
        typed: Given = {key.name: odd for key in asked}
        part(owner, page).press(PUT, typed)
        form, html = owner.page.form_with(PUT), owner.response.get_data(as_text=True)

        assert owner.response.status_code == 422
        for key in asked:
            beside = html.partition(f'id="{key.name}-error1">')[2].partition("</p>")[0]
            assert f"from {key.least:g} to {key.most:,g}." in beside
            assert f'href="#{key.name}"' in html
            assert form.values[key.name] == odd
        assert tomllib.loads(form.values["text"])["offers"]["a_day"] == 3


@pytest.mark.parametrize("typed", ["0.3", "0,3", "\u0660\u066b\u0663", " 0.3 "])
def test_numbers_are_read_as_people_write_them(owner: Browser, typed: str) -> None:
    part(owner, "weights").press(PUT, {"weights.stage": typed})

    assert says(owner)["weights"]["stage"] == 0.3


@pytest.mark.parametrize(
    ("amount", "unit"), [("0", "min"), ("15", "d"), ("", "d"), ("x", "d"), ("1", "moons")]
)
def test_a_time_that_is_not_allowed_is_told_beside_its_field(
    owner: Browser, amount: str, unit: str
) -> None:
    name = "offers.answer_within"
    part(owner, "offers").press(PUT, {name: amount, f"{name}.unit": unit})

    assert owner.response.status_code == 422
    assert "Please type a time from 1 hour to 14 days." in owner.text
    assert owner.page.form_with(PUT).values[name] == amount


def test_a_time_is_written_in_the_unit_that_was_chosen(owner: Browser) -> None:
    name = "offers.answer_within"
    part(owner, "offers").press(PUT, {name: "36", f"{name}.unit": "h"})

    assert says(owner)["offers"]["answer_within"] == "36 h"


def test_age_bands_and_needs_are_ticked(owner: Browser) -> None:
    part(owner, "musts").press(PUT, {"musts.ages.18-25": ["18-25"], "musts.ages.60-plus": []})
    owner.press("Guesses").press(PUT, {"similarity.never_infer": ["family/caring"]})

    assert says(owner)["musts"]["ages"]["18-25"] == ["18-25"]
    assert says(owner)["musts"]["ages"]["60-plus"] == []
    assert says(owner)["similarity"]["never_infer"] == ["family/caring"]


def test_bands_under_18_stand_there_only_where_a_draft_has_them(owner: Browser) -> None:
    assert "musts.ages.13-17" not in part(owner, "musts").page.form_with(PUT).names
    text = text_of(owner.press(PUT)).replace("[musts.ages]", '[musts.ages]\n13-17 = ["13-17"]')
    owner.press(LOOK, {"text": text}).press("Who may meet whom")
    forged = {"musts.ages.13-17": ["13-17", "18-plus"], "musts.ages.18-25": ["13-17"]}

    assert owner.page.form_with(PUT).values["musts.ages.13-17"] == "13-17"
    owner.press(PUT, {"musts.ages.13-17": []})
    assert says(owner)["musts"]["ages"]["13-17"] == []
    part(owner, "musts").press(PUT, {"musts.ages.18-25": forged["musts.ages.18-25"]})
    assert owner.response.status_code == 422


def test_single_needs_count_more_and_a_group_with_a_mistake_stands_open(
    owner: Browser,
) -> None:
    part(owner, "needs").press(PUT, {"weights.needs.home/tonight": "2"})
    assert says(owner)["weights"]["needs"] == {"home/tonight": 2}
    owner.press("Single needs")
    assert owner.response.get_data(as_text=True).count('<details class="group" open>') == 1
    owner.press(PUT, {"weights.needs.home/tonight": "11"})

    assert "Please type a number from 0 to 10." in owner.text
    assert owner.response.get_data(as_text=True).count('<details class="group" open>') == 1


def test_what_lowers_somebody_for_who_they_are_is_refused_in_words(owner: Browser) -> None:
    part(owner, "needs").press(PUT, {"weights.needs.identity/intersex": "0.5"})

    assert owner.response.status_code == 422
    assert "A need that says who somebody is counts 1 at least" in owner.text
    html = owner.response.get_data(as_text=True)
    assert 'id="weights.needs.identity/intersex-error1"' in html


def test_steps_come_change_and_go(owner: Browser) -> None:
    part(owner, "floor").press(PUT, {"relax.2.after": "10", "relax.2.drops": ["identity"]})
    assert says(owner)["relax"][2] == {"after": "10 d", "drops": ["identity"]}
    owner.press("How much has to be shared")
    assert "relax.3.after" in owner.page.form_with(PUT).names
    gone: Given = {f"relax.{at}.{name}": "" for at in (0, 1) for name in ("after", "floor")}
    owner.press(PUT, {**gone, "relax.0.drops": [], "relax.1.drops": []})

    assert says(owner)["relax"] == [{"after": "10 d", "drops": ["identity"]}]
    owner.press("How much has to be shared").press(
        PUT, {"relax.0.after": "", "relax.0.drops": []}
    )
    assert "relax" not in says(owner)


def test_steps_that_are_more_than_a_page_asks_for_stay(owner: Browser) -> None:
    text = text_of(owner.open("/en/rules/draft"))
    steps = "".join(f'[[relax]]\nafter = "{at} d"\ndrops = ["help"]\n' for at in range(8, 30))
    owner.press(LOOK, {"text": text + steps}).press("How much has to be shared").press(PUT)

    assert len(says(owner)["relax"]) == 24


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"relax.1.after": "3"}, "Please type a longer time than that of the step before."),
        ({"relax.1.floor": "0.15"}, "Please type less than 0.15"),
        ({"relax.0.floor": "0.2"}, "Please type less than 0.2"),
        ({"floor.said": "0.1"}, "Please type less than 0.1"),
        ({"relax.1.floor": "", "relax.1.drops": []}, "This step changes nothing"),
        ({"relax.1.after": ""}, "Please type a time from 1 minute to 365 days."),
        ({"relax.1.floor": "x"}, "Please type a number from 0 to 1."),
    ],
    ids=str,
)
def test_steps_out_of_order_are_refused_by_their_fields(
    owner: Browser, typed: Given, said: str
) -> None:
    part(owner, "floor").press(PUT, typed)

    assert owner.response.status_code == 422
    assert said in owner.text
    assert "This does not go with" not in owner.text


def test_what_is_in_force_and_in_the_presets_stands_beside_each_key(owner: Browser) -> None:
    assert (
        "In force: 3 Balanced, More people, Spare our peers: 3 Closer fit: 2 Extra careful: 6"
        in part(owner, "offers").text
    )
    assert "In force, and in every preset: All count the same." in part(owner, "needs").text
    arabic = owner.open("/ar/rules/draft/part?part=offers").text
    assert "In force" not in arabic


def test_a_text_with_mistakes_is_shown_as_a_text(owner: Browser) -> None:
    part(owner, "offers")
    action, sent = owner.prepared(PUT)
    sent["text"] = sent["text"].replace("a_day = 3", "a_day = 51")
    response = owner.client.post(action, data=sent)

    assert response.status_code == 422
    assert "offers.a_day: " in Page(response.get_data(as_text=True)).text


def test_what_came_into_force_meanwhile_is_told_when_the_draft_is_back(
    owner: Browser, console: ConsoleServices
) -> None:
    part(owner, "peers")
    text = console.tuning.current().text.replace("a_day = 3", "a_day = 1")
    theirs = Publication(text=text, reason="a quiet week", who="operator")
    console.tuning.publish(theirs, after=1)
    owner.press(PUT, {"peers.missed_before_pause": "4"})

    assert "Version 2 came into force while you wrote" in owner.text
    assert says(owner)["peers"]["missed_before_pause"] == 4


@pytest.mark.parametrize("name", ["", "x", "../etc", "relax"])
def test_a_part_that_is_none_shows_the_first(owner: Browser, name: str) -> None:
    assert "Two people in the middle of the same" in part(owner, name).text
