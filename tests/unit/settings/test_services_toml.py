"""The directory as a file to be taken elsewhere: what is written reads back as it was."""

from datetime import date
from pathlib import Path

from hypothesis import given, strategies as st

from matcher.domain.profile import AgeBand
from matcher.domain.services import Access, Answer, Told, Welcome
from matcher.settings.load import config_folder
from matcher.settings.services_file import read_entries
from matcher.settings.services_shape import (
    AsksEntry,
    PartnerEntry,
    ReachEntry,
    ServiceEntry,
    ServicesFile,
)
from matcher.settings.services_toml import written
from matcher.settings.toml_file import parsed
from tests.unit.settings.test_services_file import KNOWN

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
said = words | st.dictionaries(st.sampled_from(["en", "ar", "zh-Hant"]), words, min_size=1)
entries = st.builds(
    ServiceEntry,
    id=words,
    name=said,
    text=said,
    hours=said,
    cost=said,
    needs=st.frozensets(words, max_size=3),
    languages=st.lists(words, max_size=3).map(tuple),
    ages=st.frozensets(st.sampled_from(AgeBand)),
    reach=st.builds(ReachEntry, phone=words, chat=said, visit=said),
    welcome=st.sampled_from(Welcome),
    asks=st.builds(AsksEntry, id=st.sampled_from(Answer)),
    may_tell=st.frozensets(st.sampled_from(Told)),
    access=st.frozensets(st.sampled_from(Access)),
    text_only=st.booleans(),
    source=words,
    checked=st.none() | st.dates(date(2000, 1, 1)),
)


def read_back(text: str) -> ServicesFile:
    return parsed(text, Path("services.toml")).convert(ServicesFile)


@given(st.lists(entries, max_size=3))
def test_whatever_is_said_reads_back_as_it_was(wanted: list[ServiceEntry]) -> None:
    card = PartnerEntry(id="card", code="K7D-4M2", group="health", example=True)

    found = read_back(written(wanted, [card]))

    assert found.service == tuple(wanted)
    assert found.partner == (card,)


def test_the_file_that_is_shipped_reads_back_without_its_comments() -> None:
    shipped = read_entries(config_folder({}) / "services.toml", KNOWN_HERE)

    text = written(shipped.service, shipped.partner)

    assert read_back(text) == shipped
    assert "#" not in text
    assert "welcome" not in written([s for s in shipped.service if s.id == "example-shelter"])


KNOWN_HERE = type(KNOWN)(
    needs=KNOWN.needs, regions=("levant", "europe"), languages=KNOWN.languages
)
