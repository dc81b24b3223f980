"""Babel's ways to the sentences: those of the code, and those of programme.yaml.

Babel's own extractor of Python takes every string of a call: also « arnaque » in `_(legal["arnaque"].text)`.
The syntax tree tells a sentence from a key, and knows `words("…")` and `_.many("…", "…", n)` by itself.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from conversations.programme.load import load

Found = tuple[int, str, str | tuple[str, ...], list[str]]  # line, gettext function, message, comments

SENTENCE = ("_", "words", "self")  # what an instance of Words is called where it is called
PLURAL = ("many",)


def code(
    fileobj: BinaryIO,
    _keywords: Collection[str],
    _tags: Collection[str],
    options: Mapping[str, str],  # noqa: ARG001  Babel hands them over by this name
) -> Iterator[Found]:
    """Every sentence of a Python file: the constant that `Words` is called with."""
    for node in ast.walk(ast.parse(fileobj.read())):
        match node:
            case ast.Call(
                func=ast.Name(id=name) | ast.Attribute(attr=name),
                args=[ast.Constant(value=str(sentence)), *_],
            ) if name in SENTENCE:
                yield node.lineno, "gettext", sentence, []
            case ast.Call(
                func=ast.Attribute(attr=name),
                args=[ast.Constant(value=str(one)), ast.Constant(value=str(other)), *_],
            ) if name in PLURAL:
                yield node.lineno, "ngettext", (one, other), []


def programme(
    fileobj: BinaryIO,
    _keywords: Collection[str],
    _tags: Collection[str],
    options: Mapping[str, str],  # noqa: ARG001  Babel hands them over by this name
) -> Iterator[Found]:
    """Every text of the programme that a person reads: those that its loader met, so none can be forgotten.

    Raises ProgrammeError where the file is not right.
    """
    for message in load(Path(fileobj.name)).messages:
        yield message.line, "gettext", message.text, []
