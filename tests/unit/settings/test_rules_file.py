"""Rules files: what they may say, and how a mistake is told."""

from pathlib import Path

import pytest

from matcher.domain.doubts import doubts
from matcher.domain.errors import SettingsError
from matcher.domain.needs import Needs
from matcher.domain.rules import AcuteGuard, Rules, Term
from matcher.settings.load import config_folder
from matcher.settings.needs_file import read_needs
from matcher.settings.rules_file import read_rules

CONFIG = config_folder({})
DEFAULTS = (CONFIG / "rules.toml").read_text("utf-8")
PRESETS = ("balanced", "closer-fit", "extra-careful", "more-people", "spare-our-peers")


@pytest.fixture(scope="module")
def needs() -> Needs:
    """Read the needs that the rules are about."""
    return read_needs(CONFIG / "needs.toml")


def preset(name: str, needs: Needs) -> Rules:
    return read_rules(CONFIG / "presets" / f"{name}.toml", needs)


def refusal(old: str, new: str, needs: Needs, folder: Path) -> tuple[int, str]:
    """Change the default rules; returns the line of the change, and what is said of it."""
    assert DEFAULTS.count(old) >= 1, old
    file = folder / "rules.toml"
    file.write_text(DEFAULTS.replace(old, new, 1), "utf-8")
    with pytest.raises(SettingsError) as caught:
        read_rules(file, needs)
    return DEFAULTS[: DEFAULTS.index(old)].count("\n") + 1, str(caught.value)


def test_the_rules_of_a_new_network_are_the_balanced_preset(needs: Needs) -> None:
    assert read_rules(CONFIG / "rules.toml", needs) == preset("balanced", needs)


def test_there_are_five_presets_and_no_two_are_alike(needs: Needs) -> None:
    found = sorted(file.stem for file in (CONFIG / "presets").glob("*.toml"))

    assert tuple(found) == PRESETS
    assert all(preset(a, needs) != preset(b, needs) for a in found for b in found if a < b)


@pytest.mark.parametrize("name", PRESETS)
def test_no_preset_leaves_anything_to_look_at(name: str, needs: Needs) -> None:
    assert doubts(preset(name, needs)) == ()


def test_each_preset_does_what_its_name_says(needs: Needs) -> None:
    balanced, fit, careful, more, spare = (preset(name, needs) for name in PRESETS)

    assert fit.floor > balanced.floor > more.floor
    assert spare.offers.a_day < balanced.offers.a_day < more.offers.a_day
    assert spare.peers.rest_after_room > balanced.peers.rest_after_room
    assert careful.musts.acute_guard is AcuteGuard.EVERY
    assert careful.similarity.unsaid_weight < balanced.similarity.unsaid_weight
    assert careful.offers.draw_among > balanced.offers.draw_among


def test_steps_are_read_in_the_order_of_the_file(needs: Needs) -> None:
    rules = preset("balanced", needs)

    assert [step.floor for step in rules.relax] == [0.15, 0.1]
    assert rules.relax[1].drops == {Term.STAGE, Term.HELP}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("draw_among = 3", "draw_amon = 3", "offers.draw_amon: this key is not known; did you"),
        ("draw_among = 3", "draw_among = 11", "offers.draw_among: this number is out of range"),
        ("a_day = 3", "a_day = 51", "offers.a_day: this number is out of range; allowed: 0 to"),
        ('aim = "best"', 'aim = "fairest"', "'fairest' is not known here; allowed: best, most"),
        ('"14 d"', '"15 d"', "this time is out of range; allowed: 1 h to 14 d"),
        ('"0 s"', '"29 d"', "this time is out of range; allowed: 0 s to 28 d"),
        ("18-25 = [", "18-26 = [", "musts.ages.18-26: '18-26' is not known here; allowed: un"),
        ('40-59 = ["18-plus"', '40-59 = ["20"', "musts.ages.40-59: '20' is not known here"),
        ('drops = ["stage", "help"]', 'drops = ["language"]', "allowed: stage, help, identi"),
        ("floor = 0.1\n", "floor = 0.15\n", "a floor only falls while somebody waits: it was"),
        ("floor = 0.15\n", "floor = 0.2\n", "a floor only falls while somebody waits: it was"),
        ('after = "7 d"', 'after = "3 d"', "relax.after: each step comes later than the one"),
        ('after = "3 d"', 'after = "0 s"', "relax.after: each step comes later than the one"),
        ("never_infer = []", 'never_infer = ["mind/lo"]', "did you mean 'mind/low'?"),
        (
            'repeat_after = "7 d"',
            'repeat_after = "99999999999999999 d"',
            "offers.repeat_after: this time is longer than any that can be meant",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_is_allowed(
    old: str, new: str, said: str, needs: Needs, tmp_path: Path
) -> None:
    line, message = refusal(old, new, needs, tmp_path)

    assert message.startswith(f"rules.toml, line {line}, ")
    assert said in message


def test_a_wrong_weight_of_a_need_is_told_on_its_own_line(needs: Needs, tmp_path: Path) -> None:
    table = "[weights.needs]\n"
    more = f'{table}"work/money" = 2\n"people/lonely" = 11\n'

    line, message = refusal(table, more, needs, tmp_path)

    assert f"line {line + 2}, weights.needs.people/lonely: this number" in message
    assert "allowed: 0 to 10" in message


def test_a_step_that_changes_nothing_is_refused(needs: Needs, tmp_path: Path) -> None:
    step = 'after = "7 d"\nfloor = 0.1\ndrops = ["stage", "help"]'

    _, message = refusal(step, 'after = "7 d"', needs, tmp_path)

    assert "this step changes nothing" in message


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("identity = 0.05", "identity = -0.05", "a wished-for identity can only add"),
        ("nearness = 0.03", "nearness = -0.03", "where somebody lives can only add"),
        ("rare_needs = 0.25", "rare_needs = -0.1", "can only bring somebody forward"),
        (
            "[weights.needs]\n",
            '[weights.needs]\n"identity/outed" = 0.9\n',
            "'identity/outed' says who somebody is, and would count 0.9; such a need counts",
        ),
        (
            "[weights.needs]\n",
            '[weights.needs]\n"health/living-with-hiv" = 0\n',
            "'health/living-with-hiv' says who somebody is",
        ),
    ],
)
def test_a_rule_that_would_lower_somebody_by_who_they_are_is_refused_in_its_own_words(
    old: str, new: str, said: str, needs: Needs, tmp_path: Path
) -> None:
    _, message = refusal(old, new, needs, tmp_path)

    assert said in message
    assert "no rule may lower anybody's chances because of who they are" in message


def weighing(ordinary: list[float], identities: float | None, needs: Needs) -> str:
    """Give the first ordinary needs these weights, and all that say who somebody is one."""
    about_people = sorted(needs.says_who_somebody_is)
    others = [need.id for need in needs.all if need.id not in about_people]
    assert len(ordinary) <= len(others)
    weights = dict(zip(others, ordinary, strict=False))
    if identities is not None:
        weights |= dict.fromkeys(about_people, identities)
    return "[weights.needs]\n" + "".join(f'"{name}" = {w}\n' for name, w in weights.items())


@pytest.mark.parametrize(
    ("ordinary", "identities", "said"),
    [
        ([0] * 15, 0, "would count 0; such a need counts 1 at least"),
        ([0] * 28, 0, "would count 0; such a need counts 1 at least"),
        ([10] * 13, None, "on average (here 5.18)"),
        ([10] * 13, 1, "write 5.18 or more for it, and for 40 more like it, or let others"),
        ([3] * 28, None, "would count 1; such a need counts 1 at least, and no less than the"),
        ([10] * 13, 5, "would count 5; such a need"),
    ],
)
def test_no_set_of_weights_makes_who_somebody_is_count_less_than_the_rest(
    ordinary: list[float], identities: float | None, said: str, needs: Needs, tmp_path: Path
) -> None:
    table = weighing(ordinary, identities, needs)

    _, message = refusal("[weights.needs]\n", table, needs, tmp_path)

    assert said in message
    assert "no rule may lower anybody's chances because of who they are" in message


@pytest.mark.parametrize(
    ("ordinary", "identities"),
    [
        ([0] * 15, None),
        ([0] * 28, 1),
        ([10] * 13, 5.18),
        ([1.1] * 28, 1.1),
        ([], 10),
        ([2, 0], 1),
    ],
)
def test_weights_that_lower_nobody_by_who_they_are_are_right(
    ordinary: list[float], identities: float | None, needs: Needs, tmp_path: Path
) -> None:
    table = weighing(ordinary, identities, needs)
    file = tmp_path / "rules.toml"
    file.write_text(DEFAULTS.replace("[weights.needs]\n", table), "utf-8")

    rules = read_rules(file, needs)

    assert rules.weights.needs


def test_nobody_grown_up_is_brought_together_with_a_minor(needs: Needs, tmp_path: Path) -> None:
    line, message = refusal('26-39 = ["18-plus"', '26-39 = ["13-17"', needs, tmp_path)

    assert f"line {line}, musts.ages.26-39" in message
    assert "nobody of 18 or older is brought together with somebody younger" in message


def test_needs_may_be_kept_from_guesses_but_never_given_back(
    needs: Needs, tmp_path: Path
) -> None:
    file = tmp_path / "rules.toml"
    more = DEFAULTS.replace("never_infer = []", 'never_infer = ["work/money"]')
    file.write_text(more, "utf-8")

    rules = read_rules(file, needs)

    assert rules.never_inferred(needs) == needs.never_infer | {"work/money"}


@pytest.mark.parametrize("switch", ["language", "training", "never_topics", "relay", "wishes"])
def test_what_protects_people_has_no_switch(switch: str, needs: Needs, tmp_path: Path) -> None:
    _, message = refusal("[musts]\n", f"[musts]\n{switch} = false\n", needs, tmp_path)

    assert f"musts.{switch}: this key is not known" in message
