"""The year in figures, for another program: the same numbers, hidden alike; null is what is not published."""

import json
from dataclasses import asdict
from datetime import date

from conversations.figures.report import Report


def as_json(report: Report) -> str:
    """Everything that is published, and nothing more."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=2, default=_day)


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError
