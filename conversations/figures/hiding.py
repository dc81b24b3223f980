"""Small numbers, hidden so that nothing betrays them: rows that are too small are published as one group.

A table is never published with holes: whatever a total minus its neighbours could tell would have to be found
out and hidden too, across every table that shares the total. Here each published number counts a whole group
and each total is the sum of published numbers, so there is nothing to subtract.

What is promised of a group, and tested by an attacker who tries everything:

- what is published tells of a number in it only that it lies between 0 and the group's, 11 or more;
- whoever knows this file, and guesses which numbers are small, still finds nine possible for each of them.

Not promised: that two editions of one year, some days apart, do not differ by one person. Publish it once.

Zero is published where its row is: it counts nobody. It may tell something of all the others in its row,
who are then 11 or more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 11  # persons: the rule of INSEE and DGFiP for natural persons


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a table that are published together: their places in it, and their sum in each column."""

    rows: tuple[int, ...]
    cells: tuple[int, ...]


def grouped(table: Sequence[Sequence[int]], least: int = LEAST) -> tuple[Group, ...]:
    """The rows of `table` as they may be published, one group of several rows at most, which comes last.

    Rows with a small number go into the group, then others from the end of the table on, until the group is
    safe: an order that does not depend on the numbers tells nothing of them. () where a column is too small
    altogether.
    """
    if any(0 < sum(column) < least for column in zip(*table, strict=True)):
        return ()
    together = {place for place, row in enumerate(table) if any(0 < cell < least for cell in row)}
    for place in reversed(range(len(table))):
        if _is_safe([table[each] for each in together], least):
            break
        if any(table[place]):
            together.add(place)
    if not _is_safe([table[each] for each in together], least):
        together = set(range(len(table)))  # with its zeros: left out, they would tell of the rest
    alone = [Group((place,), tuple(row)) for place, row in enumerate(table) if place not in together]
    return (*alone, *([_sum(table, sorted(together))] if together else []))


def _sum(table: Sequence[Sequence[int]], rows: Sequence[int]) -> Group:
    columns = zip(*(table[row] for row in rows), strict=True)
    return Group(tuple(rows), tuple(sum(column) for column in columns))


def _is_safe(rows: Sequence[Sequence[int]], least: int) -> bool:
    return all(_hides(column, least) for column in zip(*rows, strict=True))


def _hides(column: Sequence[int], least: int) -> bool:
    """Whether each small number of these may be any from 1 to `least` - 1 for all that their sum tells.

    So it is where the others have room to make up for it: the small ones among 1 to `least` - 1, the large
    ones from `least` on.
    """
    small = sum(0 < cell < least for cell in column)
    large = sum(cell >= least for cell in column)
    if not small:
        return True
    least_sum = (least - 1) + (small - 1) + large * least
    most_sum = 1 + (small - 1) * (least - 1)
    return least_sum <= sum(column) and (large > 0 or sum(column) <= most_sum)
