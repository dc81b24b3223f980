"""What the documents name is there: links, files, commands and the example of the programme."""

import re
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "LISEZMOI.md", "CONTRIBUTING.md", "CHANGELOG.md")
LINK = re.compile(r"(?:\]\(|src=\")([^)#:\"]+)[)\"]")  # of this repository: no address, no heading
FOLDERS = "bot|conversations|storage|sandbox|locales|tests|docs|deploy"
FILE = re.compile(rf"`((?:{FOLDERS})/[\w./-]*|[\w-]+\.(?:md|yaml|lock|toml))`")
COMMAND = re.compile(r"-m bot ([a-z]+)")
TARGET = re.compile(r"\bmake ([a-z]+)", re.MULTILINE)
CODE = re.compile(r"```\w*\n(.*?)```|`([^`\n]+)`", re.DOTALL)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code(name: str) -> str:
    """Whatever stands between backticks."""
    return "\n".join(block or inline for block, inline in CODE.findall(text(name)))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_a_document_names_exists(name: str) -> None:
    named = {*LINK.findall(text(name)), *FILE.findall(text(name))}
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_that_a_document_names_exists(name: str) -> None:
    targets = re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE)
    assert set(COMMAND.findall(text(name))) <= set(COMMANDS)
    assert set(TARGET.findall(code(name))) <= set(targets)


def test_the_readme_lists_every_command() -> None:
    listed = re.findall(r"^\| `([a-z]+)", text("README.md"), re.MULTILINE)
    assert set(COMMANDS) <= set(listed)


def test_the_example_of_the_readme_is_the_programmes() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", text("README.md"), re.DOTALL)
    assert example in text("programme.yaml")
