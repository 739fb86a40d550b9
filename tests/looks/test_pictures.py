"""`poe pictures` takes each page in both colours and sizes."""

import struct
from pathlib import Path

import pytest

from tests.looks import chromium, pictures
from tests.looks.every_state import still_app
from tests.looks.visitor import Shot


def test_a_page_is_taken_in_both_sizes_and_colours(shots: list[Shot], tmp_path: Path) -> None:
    if (path := chromium.found()) is None:
        pytest.skip(chromium.NONE_FOUND)
    gone = [shot for shot in shots if shot.name == "gone"]

    count = pictures.take(path, still_app(), gone, tmp_path)

    files = sorted(tmp_path.rglob("*.png"))
    widths = {struct.unpack(">I", file.read_bytes()[16:20])[0] for file in files}
    assert count == len(files) == 2 * 4
    assert widths == {390, 1280}
    assert len({file.read_bytes() for file in files}) == len(files)
