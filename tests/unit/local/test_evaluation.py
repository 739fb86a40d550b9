"""`sanad evaluate`: what it reads, refuses, shows and writes."""

import gzip
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from matcher.cli import main
from matcher.local.evaluation.table import TableError, read_people
from matcher.settings.load import config_folder

EXAMPLE = config_folder({}) / "example-people.csv"
HEADER = "about:age,need:a/x,need:a/y,need:b/z\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "people.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_stranger_can_try_it_on_the_example(tmp_path: Path) -> None:
    numbers, picture = tmp_path / "out.json", tmp_path / "out.svg"
    asked = f"evaluate {EXAMPLE} --peers 40 --repeats 2 --ticks 2,4 --by about:age"

    done = CliRunner().invoke(
        main, [*asked.split(), "--json", str(numbers), "--plot", str(picture)]
    )

    assert done.exit_code == 0, done.output
    for words in ("2 ticks, 40 peers", "4 ticks", "Jaccard", "sanad: 18-25", "over the best"):
        assert words in done.output
    told = json.loads(numbers.read_text("utf-8"))
    assert [one["setting"] for one in told["settings"]] == ["2 ticks", "4 ticks"]
    scores = [row["score"] for row in told["settings"][0]["rows"] if not row["group"]]
    assert len(scores) == 7
    drawn = ET.fromstring(picture.read_text("utf-8"))  # noqa: S314 - our own file
    assert len(drawn.findall(".//{*}circle")) == 14


def test_half_lists_are_one_table(tmp_path: Path) -> None:
    numbers = tmp_path / "out.json"
    asked = f"evaluate {EXAMPLE} --peers 40 --repeats 1 --half --json {numbers}"

    done = CliRunner().invoke(main, asked.split())

    assert done.exit_code == 0, done.output
    assert [one["ticks"] for one in json.loads(numbers.read_text("utf-8"))["settings"]] == [
        None
    ]


def test_packed_and_plain_tables_read_the_same_and_an_empty_cell_is_unknown(
    tmp_path: Path,
) -> None:
    text = HEADER + "40,1,0,0.5\n,,1,0\n"
    packed = tmp_path / "people.csv.gz"
    packed.write_bytes(gzip.compress(text.encode()))

    people, same = read_people(written(tmp_path, text)), read_people(packed)

    assert people.needs == same.needs == ("a/x", "a/y", "b/z")
    assert people.answers.tolist() == same.answers.tolist() == [[1, 0, 0.5], [0, 1, 0]]
    assert people.known.tolist() == [[True, True, True], [False, True, True]]
    assert people.about == {"age": ("40", "")}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEADER + "40,1,0,2\n", "line 2, column 'need:b/z': '2' is not a number from 0 to 1"),
        (HEADER + "40,1,0,0\n40,yes,0,0\n", "line 3, column 'need:a/x': 'yes'"),
        (HEADER + "40,nan,0,0\n", "line 2, column 'need:a/x'"),
        (HEADER + "40,1,0\n", "line 2, column 'need:b/z': the line has 3 entries, not 4"),
        ("name,need:a/x\n", "line 1, column 'name': names begin with"),
        ("need:x,need:a/y\n", "line 1, column 'need:x': a need is named"),
        ("need:a/x,need:a/x\n", "line 1, column 'need:a/x': the name stands twice"),
        ("need:a/x,need:a/y\n", "line 1: 2 columns of needs"),
        ("", "line 1: 0 columns of needs"),
        (HEADER, "line 2: there are no people in it"),
        (HEADER + '40,"1,0,0\n', "line 2: unexpected end of data"),
    ],
    ids=lambda value: value[-20:],
)
def test_what_is_wrong_is_named_with_its_line_and_column(
    text: str, told: str, tmp_path: Path
) -> None:
    path = written(tmp_path, text)

    with pytest.raises(TableError) as error:
        read_people(path)

    assert str(error.value).startswith(str(path))
    assert told in str(error.value)


def test_files_that_cannot_be_read_are_told_in_one_line(tmp_path: Path) -> None:
    broken, latin = tmp_path / "broken.csv.gz", tmp_path / "latin.csv"
    broken.write_bytes(b"not gzip")
    latin.write_bytes(b"about:caf\xe9,need:a/x\n")

    for path in (broken, latin, tmp_path / "none.csv", tmp_path):
        done = CliRunner().invoke(main, ["evaluate", str(path)])

        assert done.exit_code == 1
        assert done.output.startswith(f"sanad: {path}: ")
        assert done.output.count("\n") == 1


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("--by about:colour", "no column 'about:colour'; it has: age"),
        ("--ticks two", "--ticks takes numbers"),
        ("--ticks 0", "--ticks takes numbers"),
        ("--json /nowhere/out.json", "/nowhere/out.json: No such file"),
    ],
    ids=str,
)
def test_wrong_usage_ends_with_2_and_says_what_is_allowed(asked: str, told: str) -> None:
    given = f"evaluate {EXAMPLE} --peers 40 --repeats 1 {asked}"

    done = CliRunner().invoke(main, given.split())

    assert done.exit_code == 2
    assert told in done.output


def test_too_many_peers_for_the_file_are_a_plain_sentence() -> None:
    done = CliRunner().invoke(main, ["evaluate", str(EXAMPLE), "--peers", "5000"])

    assert done.exit_code == 1
    assert "too few for 5000 peers" in done.output
