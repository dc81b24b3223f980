"""Fault 2: the power fails at any moment. Whatever was acknowledged is there when it comes back."""

from pathlib import Path
from random import Random

import pytest

from tests.endurance.power import can_record, cut, record
from tests.figures import Report

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.skipif(not can_record(), reason="writes are recorded by a few lines of C, and no cc is here"),
]


@pytest.mark.fault(2)
def test_no_acknowledged_commit_is_lost_in_a_power_cut(tmp_path: Path, report: Report) -> None:
    cuts = cut(record(tmp_path), tmp_path, Random(7))
    report(tries=cuts.tries, lost=cuts.lost + cuts.broken)
    assert cuts.tries > 200
    assert (cuts.lost, cuts.broken) == (0, 0)


def test_with_less_than_full_the_cuts_would_find_it(tmp_path: Path) -> None:
    assert cut(record(tmp_path, "NORMAL"), tmp_path, Random(7)).lost > 0
