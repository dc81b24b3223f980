"""Each mistake is told in French, with its line, the way to it, what was found and what was expected."""

from pathlib import Path

import pytest

from tests.conversations.programme.small import SMALL, changed, report

CASES = (Path(__file__).parent / "mistakes.txt").read_text(encoding="utf-8").split("\n\n# ")[1:]


def _part(case: str, mark: str) -> list[str]:
    return [line[2:] for line in case.splitlines()[1:] if line.startswith(mark)]


def test_the_small_programme_holds_no_mistake() -> None:
    assert report(SMALL) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.splitlines()[0])
def test_the_report_tells(case: str) -> None:
    text = changed(("\n".join(_part(case, "-")), "\n".join(_part(case, "+"))))
    assert report(text) == [f"programme.yaml, {line}" for line in _part(case, "!")]
