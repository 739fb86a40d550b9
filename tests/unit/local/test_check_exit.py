"""What the doctor says about the way out."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from matcher.local import check_exit
from matcher.local.findings import Finding, Level
from matcher.settings.load import load

SETTINGS = load({"HOME": str(Path("/nowhere"))})


def told(url: str, name: str = "Sanad") -> Finding:
    site = msgspec.structs.replace(SETTINGS.site, exit_url=url, name=name)
    (found,) = check_exit.examine(replace(SETTINGS, site=site))
    return found


def test_what_is_shipped_is_fine() -> None:
    assert told(SETTINGS.site.exit_url).level is Level.FINE


@pytest.mark.parametrize("url", ["http://weather.example/", "https:///nowhere"])
def test_what_others_on_the_line_could_read_is_wrong(url: str) -> None:
    found = told(url)

    assert (found.level, "https://" in found.text) == (Level.WRONG, True)


@pytest.mark.parametrize(
    "url",
    [
        "https://localhost/",
        "https://127.0.0.1:8460/en/",
        "https://[::1]/",
        "https://LOCALHOST./",
    ],
)
def test_a_way_back_to_this_site_is_wrong(url: str) -> None:
    assert "back to this site" in told(url).text


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("https://lgbt.example/", "lgbt"),
        ("https://news.example/topics/Trans-people", "trans"),
        ("https://news.example/?q=crisis", "crisis"),
        ("https://www.sanad.example/", "sanad"),
    ],
)
def test_a_word_that_tells_is_wrong_and_named(url: str, word: str) -> None:
    found = told(url)

    assert found.level is Level.WRONG
    assert found.text.endswith(word)


@pytest.mark.parametrize("url", ["https://transport.example/", "https://www.essex.example/"])
def test_a_part_of_a_longer_word_tells_nothing(url: str) -> None:
    assert told(url).level is Level.FINE
