"""The names of all failpoints, read from the code: whoever adds a call or a commit adds places to die at."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.bot.conftest import ROOT

# No running bot comes by here; each with its reason.
ELSEWHERE = {
    "getMe": "asked by the command that invites, not by the bot",
    "setWebhook": "asked by `serve`, whose processes are killed by test_workers.py",
    "getWebhookInfo": "asked for a monitor",
    "full": "looked up after hundreds of updates",
    "health": "looked up for a monitor",
    "watchdog": "told to systemd, where it is there",
}


def places() -> set[str]:
    """Every place that a running bot can come by."""
    files = [path for room in ("bot", "storage") for path in (ROOT / room).rglob("*.py")]
    named = {name for path in files if "commands" not in path.parts for name in _in(path)}
    return {place for place in named if place.partition(":")[0] not in ELSEWHERE}


def _in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="failpoint"), args=[ast.Constant(value=str(place))]):
                yield place
            case ast.Call(func=ast.Attribute(attr="call"), args=[method, *_]):
                for name in _texts(method, tree):
                    yield from (f"{name}:asked", f"{name}:answered")
            case ast.Call(func=ast.Attribute(attr="do"), args=[_, ast.Constant(value=str(job))]):
                yield from (f"{job}:commit", f"{job}:committed")


def _texts(node: ast.expr, tree: ast.Module) -> list[str]:
    """The text this is, or those a name may stand for in its file."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.Name(id=name):
            given = [
                assigned.value
                for assigned in ast.walk(tree)
                if isinstance(assigned, ast.Assign)
                and any(isinstance(target, ast.Name) and target.id == name for target in assigned.targets)
            ]
            return [text for value in given for text in _texts(value, tree)]
        case ast.IfExp(body=one, orelse=other):
            return [*_texts(one, tree), *_texts(other, tree)]
    return []
