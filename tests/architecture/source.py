"""The project's own source, as tests of its architecture read it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("matcher", "worker", "tests")


def modules(*under: str) -> list[Path]:
    """List the Python files under these packages or modules, as paths from the root."""
    found: list[Path] = []
    for name in under:
        path = ROOT / name
        files = path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")]
        found += [file.relative_to(ROOT) for file in files if file.is_file()]
    return sorted(found)


def imports(module: Path) -> Iterator[str]:
    """Name every module that `module` imports, wherever in it."""
    for node in ast.walk(ast.parse((ROOT / module).read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(name), names=names):
                yield from (f"{name}.{alias.name}" for alias in names)


def is_within(name: str, package: str) -> bool:
    """Say whether a dotted name lies in `package`."""
    return name == package or name.startswith(f"{package}.")
