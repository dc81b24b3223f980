"""References."""

import re

from hypothesis import given
from hypothesis import strategies as st

from conversations.handover.reference import LENGTH, LETTERS, new_reference


@given(st.integers(0, 2**63))
def test_a_reference_can_be_said_and_copied(chance: int) -> None:
    assert re.fullmatch(r"MC-[2-9A-Y]{4}", new_reference(chance))
    assert not set("0OQ1ISZBGU") & set(new_reference(chance)[3:])


def test_every_reference_can_come() -> None:
    numbers = range(0, len(LETTERS) ** LENGTH, 97)
    assert len({new_reference(number) for number in numbers}) == len(numbers)
