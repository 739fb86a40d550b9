"""The import contracts that must hold even where import-linter is not installed."""

import sys

import pytest

from tests.architecture.source import imports, is_within, modules

NUMERICS = ("numpy", "scipy", "sklearn", "ortools", "numba")
BLIND_TO_NUMERICS = ("web", "service", "bootstrap", "store", "state", "jobs", "wsgi", "cli")


def _reached(*under: str) -> set[str]:
    return {name for module in modules(*under) for name in imports(module)}


def test_the_app_never_imports_the_worker() -> None:
    assert not [name for name in _reached("matcher") if is_within(name, "worker")]


def test_the_worker_never_imports_the_web() -> None:
    assert not [name for name in _reached("worker") if is_within(name, "matcher.web")]


def test_nothing_we_ship_imports_the_tests() -> None:
    reached = _reached("matcher", "worker")
    assert not [name for name in reached if is_within(name, "tests")]


def test_the_domain_needs_only_the_standard_library() -> None:
    tops = {name.partition(".")[0] for name in _reached("matcher/domain")}
    ours = {n for n in _reached("matcher/domain") if is_within(n, "matcher")}

    assert tops <= sys.stdlib_module_names | {"matcher"}
    assert all(is_within(name, "matcher.domain") for name in ours)


@pytest.mark.parametrize("part", BLIND_TO_NUMERICS)
def test_what_serves_pages_never_imports_numerics(part: str) -> None:
    banned = ("matcher.engine", *NUMERICS)

    assert not [
        name
        for name in _reached(f"matcher/{part}")
        if any(is_within(name, package) for package in banned)
    ]
