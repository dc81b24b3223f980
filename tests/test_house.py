"""Arrows between rooms point one way, and the heart knows nobody."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "conversations", "storage", "sandbox", "benchmarks")

# What a room may not know of, whatever it is good for.
CLOSED = {
    "conversations": {
        "bot",
        "storage",
        "sandbox",
        "telegram",
        "sqlmodel",
        "sqlalchemy",
        "alembic",
        "aiohttp",
    },
    "storage": {"bot", "sandbox", "telegram", "aiohttp"},
    "sandbox": {"bot", "storage", "conversations"},
}


def imports(source: str) -> Iterator[str]:
    """The top-level packages that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (name.name.partition(".")[0] for name in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.partition(".")[0]


@pytest.mark.parametrize("room", CLOSED)
def test_no_arrow_points_back(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {package}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for package in imports(path.read_text(encoding="utf-8"))
        if package in CLOSED[room]
    ]
    assert wrong == []


@pytest.mark.parametrize("command", ["sandbox"])
def test_only_its_own_command_knows_the_sandbox(command: str) -> None:
    knowing = {
        path.stem
        for path in (ROOT / "bot").rglob("*.py")
        if "sandbox" in imports(path.read_text(encoding="utf-8"))
    }
    assert knowing <= {command}


def test_an_import_is_seen_wherever_it_hides() -> None:
    source = (
        "import a.b\nfrom c.d import e\ndef f():\n    if True:\n        from g import h\nfrom . import i\n"
    )
    assert set(imports(source)) == {"a", "c", "g"}


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_says_why_it_exists(room: str) -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / room).rglob("*.py")
        if ".venv" not in path.parts
        and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []
