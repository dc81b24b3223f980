"""Everything found while reading the file: mistakes, things left open, and the words a person will read.

Reading goes on after a mistake, so that one report tells them all. The file is read once for each period of
the programme: what is found again is kept once.
"""

import re
from dataclasses import dataclass, field


class ProgrammeError(Exception):
    """The programme cannot be used. Its text is the complete report in French, a line for each mistake."""


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """Something to say about one line of the file."""

    line: int
    path: tuple[str, ...]
    says: str

    def __str__(self) -> str:
        where = ", ".join((f"ligne {self.line}", *filter(None, (" › ".join(self.path),))))
        said = f"{where} : {self.says}{'' if self.says.endswith('?') else '.'}"
        return re.sub(
            r"[ \t\r\n]+", " ", said
        )  # what was found may run over several lines; the report does not


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A French text of the file that a person reads, so a translator has to know it."""

    line: int
    text: str


@dataclass(slots=True)
class Notebook:
    """What was found so far. The dictionaries are ordered sets: the same note is kept once."""

    file: str
    mistakes: dict[Note, None] = field(default_factory=dict)
    unfinished: dict[Note, None] = field(default_factory=dict)
    messages: dict[Message, None] = field(default_factory=dict)
    met: int = 0  # mistakes met so far, each as often as it was met

    def mistake(self, line: int, path: tuple[str, ...], says: str) -> None:
        """Note a mistake; `says` is French without a full stop."""
        self.met += 1
        self.mistakes.setdefault(Note(line, path, says))

    def to_complete(self, line: int, path: tuple[str, ...], says: str) -> None:
        """Note a thing that works but that a person still has to write or to confirm."""
        self.unfinished.setdefault(Note(line, path, says))

    def check(self) -> None:
        """Raise ProgrammeError with every mistake, a line each, in the order of the file."""
        if self.mistakes:
            raise ProgrammeError("\n".join(f"{self.file}, {note}" for note in sorted(self.mistakes)))
