"""Small numbers stay hidden from whoever subtracts, and from whoever knows how they were hidden."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.figures.hiding import LEAST, Group, grouped

Table = tuple[tuple[int, ...], ...]
POSSIBLE = LEAST - 2  # numbers that stay possible for a hidden small one, whatever is known


def tables(columns: int) -> st.SearchStrategy[Table]:
    cells = st.one_of(st.integers(0, 13), st.integers(0, 400))
    return st.lists(st.tuples(*[cells] * columns), min_size=1, max_size=8).map(tuple)


any_table = st.integers(1, 3).flatmap(tables)


def hidden(groups: Sequence[Group]) -> Group | None:
    """The group of several rows, which is the last one, if there is one."""
    return groups[-1] if groups and len(groups[-1].rows) > 1 else None


@given(any_table)
def test_no_number_from_one_to_ten_is_published(table: Table) -> None:
    assert all(cell == 0 or cell >= LEAST for group in grouped(table) for cell in group.cells)


@given(any_table)
def test_every_row_is_counted_once_so_totals_are_sums_of_what_is_published(table: Table) -> None:
    groups = grouped(table)
    if groups:
        assert sorted(row for group in groups for row in group.rows) == list(range(len(table)))
    for group in groups:
        assert group.cells == tuple(
            sum(table[row][place] for row in group.rows) for place in range(len(table[0]))
        )


@given(any_table)
def test_what_may_be_published_alone_is_unless_a_group_needs_it(table: Table) -> None:
    """Only rows with a small number, and the last others, ever go into the group."""
    groups = grouped(table)
    group = hidden(groups)
    if group is None:
        return
    large = [
        row for row in range(len(table)) if any(table[row]) and all(c == 0 or c >= LEAST for c in table[row])
    ]
    taken = [row for row in large if row in group.rows]
    assert taken == large[len(large) - len(taken) :]


def test_a_table_that_is_too_small_altogether_is_not_published() -> None:
    assert grouped([(4,), (6,)]) == ()
    assert grouped([(40, 4), (60, 6)]) == ()


def test_a_table_without_anybody_shows_its_zeros() -> None:
    assert grouped([(0,), (0,)]) == (Group((0,), (0,)), Group((1,), (0,)))


def test_a_small_number_takes_the_last_row_with_it() -> None:
    assert grouped([(40,), (3,), (50,), (0,), (60,)]) == (
        Group((0,), (40,)),
        Group((2,), (50,)),
        Group((3,), (0,)),
        Group((1, 4), (63,)),
    )


def test_small_numbers_hide_each_other_where_their_sum_leaves_room() -> None:
    assert grouped([(5,), (6,), (50,)])[-1] == Group((0, 1), (11,))
    # 9 and 10 would be told by 19 to whoever knows that both are small.
    assert grouped([(9,), (10,), (50,), (70,)])[-1] == Group((0, 1, 3), (89,))


@pytest.mark.parametrize(
    ("least", "rows", "columns", "most"),
    [(4, 2, 1, 20), (4, 3, 1, 14), (4, 4, 1, 8), (5, 3, 1, 16), (4, 2, 2, 9)],
)
def test_an_attacker_who_tries_every_table_learns_no_small_number(
    least: int, rows: int, columns: int, most: int
) -> None:
    """Every table there can be, by what is published of it: what may each hidden number be?

    With a smaller threshold, so that all of them can be tried. The attacker knows the method.
    """
    printed: dict[tuple[Group, ...], list[Table]] = defaultdict(list)
    for numbers in product(range(most + 1), repeat=rows * columns):
        table = tuple(numbers[row * columns : (row + 1) * columns] for row in range(rows))
        printed[grouped(table, least)].append(table)
    attacked = 0
    for groups, possible in printed.items():
        group = hidden(groups)
        if group is None or max(group.cells) > most:  # beyond, not every table was tried
            continue
        for row, column in product(group.rows, range(columns)):
            values = {table[row][column] for table in possible}
            small = {value for value in values if 0 < value < least}
            assert not small or len(small) >= least - 2, (groups, row, column)
            attacked += bool(small)
    assert attacked > 20


@settings(max_examples=300)
@given(any_table, st.data())
def test_a_hidden_small_number_may_be_any_up_to_nine(table: Table, data: st.DataObject) -> None:
    """With the real threshold: another table with that number prints the very same."""
    groups = grouped(table)
    group = hidden(groups)
    if group is None or len(group.rows) == len(table):  # all of it together: see the attacker above
        return
    cells = [
        (row, column)
        for row in group.rows
        for column in range(len(table[0]))
        if 0 < table[row][column] < LEAST
    ]
    row, column = data.draw(st.sampled_from(cells))
    value = data.draw(st.integers(1, POSSIBLE))
    assert any(grouped(other) == groups for other in worlds(table, group, row, column, value))


def worlds(table: Table, group: Group, row: int, column: int, value: int) -> Iterator[Table]:
    """Tables with this value there and the same sum: small numbers stay small, large ones large."""
    others = [each for each in group.rows if each != row and table[each][column]]
    for order in permutations(others):
        for small_first in (True, False):
            low = {each: 1 if table[each][column] < LEAST else LEAST for each in others}
            left = sum(table[each][column] for each in group.rows) - value - sum(low.values())
            for each in sorted(order, key=lambda each: (low[each] != 1) == small_first):
                added = min(left, LEAST - 2) if low[each] == 1 else left
                low[each] += max(added, 0)
                left -= max(added, 0)
            if left == 0:
                new = {**low, row: value}
                yield tuple(
                    tuple(new.get(r, cell) if c == column else cell for c, cell in enumerate(cells))
                    for r, cells in enumerate(table)
                )
