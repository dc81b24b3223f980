"""A table as it is published: small numbers are hidden in here, and what is printed holds nothing else."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from conversations.figures.hiding import grouped

K = TypeVar("K")
Labels = Mapping[str, str]  # id → label, in the order of the programme
Share = Callable[[tuple[int, ...]], int | None]
EVERYBODY = "Ensemble"


@dataclass(frozen=True, slots=True)
class Row:
    """One line, of one kind or of several together. A None is not published; the share is in percent."""

    labels: tuple[str, ...]
    cells: tuple[int | None, ...]
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of counts. Without rows, all of it is too small; `total` is the sum of what is there."""

    id: str
    title: str
    headings: tuple[str, ...]  # of the labels, then of each column
    rows: tuple[Row, ...]
    definitions: tuple[str, ...]
    total: Row | None = None
    share: str = ""  # the heading of the shares; "" where there are none


def one_column(  # noqa: PLR0913, PLR0917 — what a table is made of
    id_: str,
    title: str,
    heading: str,
    labels: Labels,
    counts: Mapping[str, int],
    definitions: Iterable[str],
    everybody: int | None = None,
) -> Table:
    """How many of each kind. Shares are those of `everybody`, of the sum where it is None."""
    whole = sum(counts.values()) if everybody is None else everybody

    def share(cells: tuple[int, ...]) -> int | None:
        return percent(cells[0], whole)

    listed = rows(labels, [(counts.get(key, 0),) for key in labels], share)
    total = summed(listed, share)
    return Table(id_, title, (heading, "Nombre"), listed, tuple(definitions), total, "Part")


def rows(labels: Labels, table: Sequence[Sequence[int]], share: Share) -> tuple[Row, ...]:
    """The lines that may be published, in the order of the labels."""
    names = list(labels.values())
    return tuple(
        Row(tuple(names[place] for place in group.rows), group.cells, share(group.cells))
        for group in grouped(table)
    )


def summed(listed: Sequence[Row], share: Share) -> Row | None:
    """The sum of published lines; None where there are none."""
    if not listed:
        return None
    cells = tuple(sum(filter(None, cells)) for cells in zip(*(row.cells for row in listed), strict=True))
    return Row((EVERYBODY,), cells, share(cells))


def labelled(labels: Labels, counts: Iterable[str], nothing: str = "") -> Labels:
    """The labels, then ids of former programmes, which name themselves, then `nothing` for ""."""
    former = sorted({key for key in counts if key} - set(labels))
    return {**labels, **{key: key for key in former}, **({"": nothing} if nothing else {})}


def counted(counts: Mapping[K, int], kind: Callable[[K], str]) -> Counter[str]:
    """The counts by kind."""
    found: Counter[str] = Counter()
    for key, count in counts.items():
        found[kind(key)] += count
    return found


def percent(part: int, whole: int) -> int | None:
    """A share in whole percent, half up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None
