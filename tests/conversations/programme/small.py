"""The small programme of these tests, with something changed, and what the loader says of it."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from conversations.programme.load import ProgrammeFile, load
from conversations.programme.mistakes import ProgrammeError

SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")

Change = tuple[str, str]


def changed(*changes: Change) -> str:
    """The small programme with the first place of each `old` written `new`."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def read(text: str | bytes) -> ProgrammeFile:
    """What the loader makes of a file that holds `text`."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "programme.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load(path)


def report(text: str | bytes) -> list[str]:
    """The lines of the loader's report; none where it finds nothing wrong."""
    try:
        read(text)
    except ProgrammeError as error:
        return str(error).splitlines()
    return []


def line_of(needle: str, text: str) -> int:
    """The line of the first place of `needle`."""
    return text[: text.index(needle)].count("\n") + 1


def says(text: str) -> list[str]:
    """What the report says, without the file and the line."""
    return [re.sub(r"^programme\.yaml, ligne \d+(, | : )", "", line) for line in report(text)]
