"""Everything public in the engine says what it takes, gives, costs and refuses."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, modules

ENGINE = [path for path in modules("matcher/engine") if path.name != "__init__.py"]
COSTS = ("O(", "cost", "time", "take", "byte", "microsecond")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """Something with a docstring that others may read."""

    name: str
    node: Function | ast.ClassDef

    @property
    def text(self) -> str:
        return ast.get_docstring(self.node) or ""

    def lacks(self) -> Iterator[str]:
        """Name the sections that it should have and has not."""
        wanted = _of_class(self.node) if isinstance(self.node, ast.ClassDef) else _of(self.node)
        for section in wanted:
            if f"{section}\n{'-' * len(section)}" not in self.text:
                yield section
        if not isinstance(self.node, ast.ClassDef) and not any(
            word in self.text for word in COSTS
        ):
            yield "cost"


def _of(node: Function) -> Iterator[str]:
    names = [one.arg for one in (*node.args.args, *node.args.kwonlyargs)]
    if any(name not in {"self", "cls"} for name in names):
        yield "Parameters"
    returns = ast.unparse(node.returns) if node.returns else "None"
    if returns != "None":
        yield "Yields" if returns.startswith("Iterator") and _yields(node) else "Returns"
    if any(isinstance(inner, ast.Raise) and inner.exc for inner in ast.walk(node)):
        yield "Raises"


def _yields(node: Function) -> bool:
    return any(isinstance(inner, ast.Yield | ast.YieldFrom) for inner in ast.walk(node))


def _of_class(node: ast.ClassDef) -> Iterator[str]:
    init = next((f for f in _functions(node) if f.name == "__init__"), None)
    if init and len(init.args.args) + len(init.args.kwonlyargs) > 1:
        yield "Parameters"
    if any(isinstance(one, ast.AnnAssign) for one in node.body):
        yield "Attributes"


def _functions(node: ast.ClassDef | ast.Module) -> Iterator[Function]:
    for one in node.body:
        if isinstance(one, Function):
            yield one


def _is_property(node: Function) -> bool:
    return any(
        isinstance(one, ast.Name) and one.id == "property" for one in node.decorator_list
    )


def public(module: Path) -> Iterator[Public]:
    """List what a module shows: functions, classes, and their methods but for properties."""
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield Public(name=node.name, node=node)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for method in _functions(node):
                if not method.name.startswith("_") and not _is_property(method):
                    yield Public(name=f"{node.name}.{method.name}", node=method)


@pytest.mark.parametrize("module", ENGINE, ids=lambda path: path.stem)
def test_whatever_is_public_says_what_it_takes_gives_and_costs(module: Path) -> None:
    lacking = {one.name: lacks for one in public(module) if (lacks := list(one.lacks()))}

    assert lacking == {}


@pytest.mark.parametrize("module", ENGINE, ids=lambda path: path.stem)
def test_every_parameter_and_attribute_is_described(module: Path) -> None:
    untold = {
        one.name: missing
        for one in public(module)
        if (missing := [name for name in _names(one.node) if name not in _told(one.text)])
    }

    assert untold == {}


def _names(node: Function | ast.ClassDef) -> list[str]:
    if isinstance(node, ast.ClassDef):
        fields = [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
        return [one.id for one in fields if isinstance(one, ast.Name) and one.id[0] != "_"]
    arguments = (*node.args.args, *node.args.kwonlyargs)
    return [one.arg for one in arguments if one.arg not in {"self", "cls"}]


def _told(text: str) -> set[str]:
    """List the names that stand at the head of an entry."""
    heads = [line.partition(" : ")[0] for line in text.splitlines() if line[:1].strip()]
    return {name.strip() for head in heads for name in head.split(",")}
