"""What browsers are given is what was published: any change of a byte is seen."""

from matcher.web.common import hashes
from tests.hashes import LIST, assets, listed


def test_every_file_for_browsers_has_the_hash_that_is_published() -> None:
    """After a change that is meant: `poe hashes`."""
    assert LIST.read_text("utf-8") == listed()


def test_scripts_styles_and_pictures_of_the_pages_are_all_in_the_list() -> None:
    names = {path.name for path in assets()}

    assert {"site.css", "icon.svg"} <= names
    assert {name for name, _ in hashes.under("matcher/web/public/static/")} <= names
    assert all(len(digest) == 64 for _, digest in hashes.under("matcher/"))
