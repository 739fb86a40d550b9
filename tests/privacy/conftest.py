"""Fixtures of the pages, for attacks on them."""

from tests.web.conftest import app, browser, somebody, talking, two

__all__ = ("app", "browser", "somebody", "talking", "two")
