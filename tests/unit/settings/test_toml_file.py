"""What somebody reads of a file that is broken: where it is, and in plain words."""

from pathlib import Path

import pytest

from matcher.domain.errors import SettingsError
from matcher.settings.toml_file import read

FAR_TOO_MANY = 3_000


def refusal(written: str | bytes, folder: Path) -> str:
    """Write a file, and return what is said of it."""
    file = folder / "rules.toml"
    file.write_bytes(written.encode() if isinstance(written, str) else written)
    with pytest.raises(SettingsError) as caught:
        read(file)
    return str(caught.value)


@pytest.mark.parametrize(
    "brackets",
    ["[" * FAR_TOO_MANY, "{a = " * FAR_TOO_MANY, "[" * FAR_TOO_MANY + "]" * FAR_TOO_MANY],
)
def test_too_deep_a_nesting_is_told_with_its_line(brackets: str, tmp_path: Path) -> None:
    said = refusal(f"first = 1\n\nmuch = {brackets}\nlast = 2\n", tmp_path)

    assert said == "rules.toml, line 3: too many brackets inside each other"


def test_a_number_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    said = refusal(f"first = 1\nmuch = {'9' * 5_000}\n", tmp_path)

    assert said == "rules.toml, line 2: this number has too many digits"
