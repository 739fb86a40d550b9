"""`sanad notes list`, `answer` and `key`, as they are typed on the coordinators' machine."""

import json
import subprocess
from pathlib import Path

import pytest

from matcher.local import python
from tests.world import Person, World

ENDS_S = 60


def sanad(
    *words: str, environ: dict[str, str], given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run one command in the environment of this test's servers."""
    return subprocess.run(  # noqa: S603 - our own command
        python.module("matcher.cli", "notes", *words),
        env=environ,
        input=given,
        capture_output=True,
        text=True,
        timeout=ENDS_S,
        check=False,
    )


@pytest.fixture
def peer(world: World) -> Person:
    """Yield a peer who has asked something in two lines."""
    person = world.peer()
    world.services.notes.write(person.visitor, "How do I stop?\nكيف أتوقّف؟")
    return person


def test_a_note_is_listed_and_answered(
    world: World, peer: Person, environ: dict[str, str]
) -> None:
    listed = sanad("list", environ=environ)
    name = listed.stdout.split()[0]

    sent = sanad("answer", name, environ=environ, given="Say it early.\n")

    assert "    How do I stop?\n    كيف أتوقّف؟\n" in listed.stdout
    assert (listed.returncode, sent.returncode) == (0, 0)
    assert [n.answer for n in world.services.notes.of(peer.visitor)] == ["Say it early."]
    assert sanad("list", environ=environ).stdout == "nobody waits for an answer\n"


def test_scripts_get_json_without_anything_of_the_writer(
    world: World, peer: Person, environ: dict[str, str]
) -> None:
    told = sanad("list", "--json", environ=environ).stdout
    (one,) = json.loads(told)
    answered = sanad("answer", one["note"], "--json", environ=environ, given="Yes.")

    assert set(one) == {"note", "until", "text"}
    assert peer.visitor.handle not in told
    assert json.loads(answered.stdout) == {"answered": one["note"]}
    assert [n.answer for n in world.services.notes.of(peer.visitor)] == ["Yes."]


@pytest.mark.parametrize("name", ["0000000000", "", "a"])
def test_no_note_is_answered_by_a_name_that_fits_none_or_too_little(
    world: World, peer: Person, environ: dict[str, str], name: str
) -> None:
    done = sanad("answer", name, environ=environ, given="Yes.")

    assert done.returncode == 1
    assert "No note that waits" in done.stderr
    assert [n.answer for n in world.services.notes.of(peer.visitor)] == [None]


@pytest.mark.parametrize("given", ["", " \n", "x" * 601])
def test_an_answer_says_something_and_not_too_much(
    world: World, peer: Person, environ: dict[str, str], given: str
) -> None:
    note = world.services.notes.of(peer.visitor)[0].id

    done = sanad("answer", note, environ=environ, given=given)

    assert done.returncode == 1
    assert "1 to 600 characters" in done.stderr


def test_the_key_is_printed_once_made_and_made_without_a_store(
    environ: dict[str, str], tmp_path: Path
) -> None:
    alone = {k: v for k, v in environ.items() if not k.endswith("_URL")}
    alone |= {"XDG_RUNTIME_DIR": str(tmp_path)}

    first, second = (sanad("key", environ=alone).stdout for _ in range(2))

    assert first == second
    assert len(bytes.fromhex(first)) == 32
    assert (Path(environ["SANAD_STATE_DIR"]) / "coordinator-key-main.json").exists()


def test_another_machines_key_opens_nothing_and_says_so(
    peer: Person, environ: dict[str, str], tmp_path: Path
) -> None:
    elsewhere = {**environ, "SANAD_STATE_DIR": str(tmp_path / "elsewhere")}

    listed = sanad("list", environ=elsewhere)

    assert peer.cookie
    assert "does not open it" in listed.stdout
    assert "How do I stop" not in listed.stdout
