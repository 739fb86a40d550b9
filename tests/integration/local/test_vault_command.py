"""`sanad vault export | ... sanad vault import`, as it is typed."""

import os
import pty
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.local import python
from matcher.store.secrets import Secrets
from matcher.store.vault import Vault
from tests import machine, servers

ENDS_S = 60


@pytest.fixture
def home() -> Iterator[Path]:
    with servers.private_folder() as folder:
        yield folder


def _sanad(
    *words: str, home: Path, vault: Path, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - our own command
        python.module("matcher.cli", "vault", *words),
        env=machine.environ_in(home, {"SANAD_VAULT_DIR": str(vault)}),
        input=given,
        capture_output=True,
        timeout=ENDS_S,
        check=False,
    )


def _filled(folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    Vault(folder, lambda: 20_000).day()
    Secrets(folder).draft_key(b"")
    return folder


def test_a_vault_is_piped_from_one_machine_into_another(home: Path) -> None:
    here, there = _filled(home / "here"), home / "there"

    sent = _sanad("export", home=home, vault=here)
    taken = _sanad("import", home=home, vault=there, given=sent.stdout)
    again = _sanad("import", home=home, vault=there, given=sent.stdout)

    assert (sent.returncode, taken.returncode, again.returncode) == (0, 0, 0)
    assert (there / "vault").read_bytes() == (here / "vault").read_bytes()
    assert b"is here now" in taken.stdout
    assert b"was here already" in again.stdout


def test_another_vault_stays_until_it_is_given_up(home: Path) -> None:
    sent = _sanad("export", home=home, vault=_filled(home / "here")).stdout
    other = _filled(home / "other")
    before = (other / "vault").read_bytes()

    refused = _sanad("import", home=home, vault=other, given=sent)
    kept = (other / "vault").read_bytes()
    taken = _sanad("import", "--replace", home=home, vault=other, given=sent)

    assert (refused.returncode, taken.returncode) == (1, 0)
    assert b"with --replace, whatever it seals is lost" in refused.stderr
    assert kept == before != (other / "vault").read_bytes()


@pytest.mark.parametrize("given", [b"", b"hello", b"sanad vault, version 1\n"])
def test_what_is_no_vault_is_refused_in_one_sentence(home: Path, given: bytes) -> None:
    refused = _sanad("import", home=home, vault=home / "there", given=given)

    assert refused.returncode == 1
    assert refused.stderr.startswith(b"sanad: this ")
    assert len(refused.stderr.splitlines()) == 1
    assert not (home / "there").exists()


@pytest.mark.parametrize("word", ["export", "import"])
def test_keys_are_neither_shown_on_a_terminal_nor_typed_there(home: Path, word: str) -> None:
    vault = _filled(home / "here")
    ours, theirs = pty.openpty()
    try:
        refused = subprocess.run(  # noqa: S603 - our own command
            python.module("matcher.cli", "vault", word),
            env=machine.environ_in(home, {"SANAD_VAULT_DIR": str(vault)}),
            stdin=theirs,
            stdout=theirs,
            stderr=subprocess.PIPE,
            timeout=ENDS_S,
            check=False,
        )
        os.write(theirs, b"|")
        shown = os.read(ours, 1_000)
    finally:
        os.close(ours)
        os.close(theirs)

    assert refused.returncode == 1
    assert refused.stderr.startswith(b"sanad: ")
    assert shown == b"|"


def test_where_there_is_no_vault_none_is_made(home: Path) -> None:
    refused = _sanad("export", home=home, vault=home / "nothing")

    assert refused.returncode == 1
    assert refused.stdout == b""
    assert b"there is no vault in" in refused.stderr
    assert not (home / "nothing").exists()


@pytest.mark.parametrize("words", [(), ("export",), ("import",)])
def test_help_shows_the_pipe(home: Path, words: tuple[str, ...]) -> None:
    told = _sanad(*words, "--help", home=home, vault=home)

    assert b"sanad vault export | ssh second.example sanad vault import" in told.stdout
