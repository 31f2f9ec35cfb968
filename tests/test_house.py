"""The rules of the house, read from the syntax trees of all its modules."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import notifier

PACKAGE = Path(notifier.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
FLOORS = (
    {"", "errors", "reading", "resources", "zones"},
    {"model"},
    {"notice", "planning", "language"},
    {"content"},
    {"outputs"},
    {"checks"},
    {"preview"},
    {"cli"},
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
EDGES = {"cli", "preview"}
FORBIDDEN = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "os.environ",
    "os.getenv",
    "print",
}

every_module = pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix()
)


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported_rooms(path: Path) -> set[str]:
    names: list[str] = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    ours = [name.split(".") for name in names if name.split(".")[0] == "notifier"]
    return {parts[1] if parts[1] in FLOOR_OF else "" for parts in ours}


def spelled(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        owner = node.value
        before = owner.attr if isinstance(owner, ast.Attribute) else ""
        return f"{owner.id if isinstance(owner, ast.Name) else before}.{node.attr}"
    return ""


def public(body: list[ast.stmt]) -> list[ast.stmt]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [
        node
        for node in body
        if isinstance(node, kinds) and not node.name.startswith("_")
    ]


@every_module
def test_a_room_imports_only_from_the_floors_below(path):
    room = room_of(path)

    others = imported_rooms(path) - {room}

    assert {other for other in others if FLOOR_OF[other] >= FLOOR_OF[room]} == set()


@every_module
def test_clock_environment_and_terminal_are_touched_at_the_edges_only(path):
    used = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute):
            used.add(spelled(node))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            used.add(node.func.id)
        elif isinstance(node, ast.ImportFrom):
            used |= {f"{node.module}.{alias.name}" for alias in node.names}

    assert room_of(path) in EDGES or used & FORBIDDEN == set()


@every_module
def test_a_module_has_less_than_300_lines(path):
    lines = path.read_text("utf-8").count("\n")

    assert lines < 300


@every_module
def test_a_function_has_less_than_46_lines(path):
    lengths = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {name: lines for name, lines in lengths.items() if lines >= 46} == {}


@every_module
def test_every_public_name_says_what_it_is(path):
    tree = tree_of(path)
    names = public(tree.body)
    for node in names:
        if isinstance(node, ast.ClassDef):
            names = names + public(node.body)

    silent = [node.name for node in names if not ast.get_docstring(node)]

    assert ast.get_docstring(tree) or path.name == "__init__.py"
    assert silent == []


@every_module
def test_a_module_belongs_to_a_floor(path):
    assert room_of(path) in FLOOR_OF
