"""The door to programme.yaml: read once at start, checked for every period, then asked as of a day."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from conversations.programme.mistakes import Message, Note, ProgrammeError
from conversations.programme.model import Programme
from conversations.programme.node import Node
from conversations.programme.periods import by_id, changes, check_versions, in_force, period
from conversations.programme.sections.programme import SECTIONS, dated, read_programme
from conversations.programme.tree import read_tree


@dataclass(frozen=True, slots=True)
class Edition:
    """The programme from its first day to the eve of the next edition's."""

    first: date
    programme: Programme | None  # none where something has no version in force
    lacking: tuple[str, ...]  # what has none


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """A file that was read and found right, at every date it speaks of."""

    name: str
    editions: tuple[Edition, ...]
    open_points: tuple[Note, ...]  # what is to complete or to confirm
    messages: tuple[Message, ...]  # every French text that a person reads

    @property
    def incomplete(self) -> tuple[str, ...]:
        """A French sentence for each open point, with its line."""
        return tuple(f"{self.name}, {note}" for note in self.open_points)

    def at(self, day: date) -> Programme:
        """The programme as of `day`. Raises ProgrammeError where the file holds no rules for that day."""
        number = bisect_right([edition.first for edition in self.editions], day)
        if number == 0:
            raise ProgrammeError(f"{self.name} : le programme ne commence que le {self.editions[0].first}.")
        edition = self.editions[number - 1]
        if edition.programme is None:
            lacking = ", ".join(edition.lacking)
            raise ProgrammeError(f"{self.name} : rien n'est en vigueur le {day} pour {lacking}.")
        return edition.programme


def load(path: Path) -> ProgrammeFile:
    """Read the file. Raises ProgrammeError with every mistake, in French, each with its line."""
    tree, notebook = read_tree(path)
    root = Node(tree, 1, (), notebook).fields(*SECTIONS)
    editions = tuple(_edition(root, first) for first in _first_days(root))
    notebook.check()
    return ProgrammeFile(
        path.name, editions, tuple(sorted(notebook.unfinished)), tuple(sorted(notebook.messages))
    )


def _first_days(root: Node) -> list[date]:
    """The days on which something changes, from the first caps on: before them nothing is lent."""
    required = dated(root)
    things = [*required.values(), *by_id(root["questions"].items()), *by_id(root["regles"].items())]
    for versions in things:
        check_versions(versions)
    days = set[date]().union(*(changes(versions) for versions in things))
    begins = min((period(version).first for version in required["plafonds"]), default=date.min)
    return sorted(day for day in days if day >= begins) or [begins]


def _edition(root: Node, first: date) -> Edition:
    required = dated(root)
    lacking = tuple(name for name, versions in required.items() if not in_force(versions, first))
    if "plafonds" in lacking and required["plafonds"]:
        return Edition(first, None, lacking)  # without caps no rule can be read
    programme = read_programme(root, first)
    return Edition(first, None if lacking else programme, lacking)
