"""Values that change with time: each version says from when to when, without a gap and without an overlap."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from conversations.programme.node import Node
from conversations.programme.units import DATE

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included; without a date it has no beginning, or no end."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def period(node: Node) -> Period:
    """When a version is in force: its « depuis » and « jusqu_au »."""
    pairs = node.pairs()
    first, last = pairs.get("depuis"), pairs.get("jusqu_au")
    return Period(first.read(DATE) if first else date.min, last.read(DATE) if last else date.max)


def in_force(versions: Iterable[Node], day: date) -> list[Node]:
    """The versions that hold on that day, in the order of the file."""
    return [version for version in versions if day in period(version)]


def changes(versions: Iterable[Node]) -> set[date]:
    """The days on which one of the versions begins, or is over."""
    periods = [period(version) for version in versions]
    begins = {each.first for each in periods}
    return begins | {each.last + DAY for each in periods if each.last < date.max}


def by_id(items: Iterable[Node]) -> list[list[Node]]:
    """The versions of each thing: items of the same `id`."""
    groups: dict[str, list[Node]] = defaultdict(list)
    for item in items:
        identifier = item.pairs().get("id")
        if identifier and identifier.raw:
            groups[identifier.raw].append(item)
    return list(groups.values())


def check_versions(versions: list[Node]) -> None:
    """Note what is wrong between the versions of one thing: a gap, an overlap, an end that comes first."""
    if not versions:
        return
    notebook, met = versions[0].notebook, versions[0].notebook.met
    periods = {version: period(version) for version in versions}
    if notebook.met > met:
        return  # a date was misread, so what lies between the versions is not known
    for version, when in periods.items():
        if when.last < when.first:
            version.mistake(f"« jusqu_au » ({when.last}) vient avant « depuis » ({when.first})")
    for earlier, later in pairwise(sorted(versions, key=lambda version: periods[version].first)):
        before, after = periods[earlier], periods[later]
        if before.first == after.first:
            later.mistake(
                f"déjà écrit ligne {earlier.line} ; une nouvelle version porte une autre date « depuis »"
            )
        elif after.first <= before.last:
            later.mistake(
                f"commence le {after.first}, mais la version de la ligne {earlier.line} n'est pas finie ;"
                f" attendu « jusqu_au: {after.first - DAY} » à la ligne {earlier.line}"
            )
        elif after.first > before.last + DAY:
            later.mistake(
                f"il manque une version du {before.last + DAY} au {after.first - DAY} ;"
                f" celle de la ligne {earlier.line} s'arrête le {before.last}"
            )
