"""Scripts and styles reach browsers without our comments, and are what was published."""

import re
from gzip import decompress
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask

from matcher.web.common import hashes
from matcher.web.common.lean import lean
from tests.architecture.source import ROOT

FOLDERS = [ROOT / "matcher" / "web" / app / "static" for app in ("public", "console")]
FILES = [file for folder in FOLDERS for file in (*folder.glob("*.js"), *folder.glob("*.css"))]


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_what_a_browser_is_given_has_the_published_hash(app: Flask, encoding: str) -> None:
    published = dict(hashes.under("matcher/web/public/static/"))

    for name, digest in published.items():
        answer = app.test_client().get(
            f"/static/{name}", headers={"Accept-Encoding": encoding}, buffered=True
        )
        body = answer.get_data()
        if answer.content_encoding == "gzip":
            body = decompress(body)
        assert (name, sha256(body).hexdigest()) == (name, digest)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_string_of_a_script_or_style_goes_over_a_line(file: Path) -> None:
    """Leaving away the space before a line must change no word."""
    text = re.sub(r"//[^\n]*", "", file.read_text("utf-8"))

    assert all(line.count("`") % 2 == 0 for line in text.splitlines())


def test_comments_and_indents_are_left_away_and_nothing_else() -> None:
    script = b'// why\nlet a = "x // y"; // z\n  // more\n\tb("http://c");\n'
    style = (
        b"/* why\n   so */\na :is(b, c) {\n  b: c d; /* d */\n}\n@media (e: f) { a { g: h } }\n"
    )

    assert lean(script, "text/javascript") == b'let a = "x // y"; // z\nb("http://c");\n'
    assert lean(style, "text/css") == b"a :is(b, c){b:c d;}@media (e:f){a{g:h}}"
