"""`demi_journees` and `conservation`: when the référente works, and how long things are kept."""

from datetime import time

from conversations.programme.mistakes import Message
from conversations.programme.model import HalfDay, Retention
from conversations.programme.node import Node
from conversations.programme.units import DAYS, DAYS_OF_WEEK, TIME, WEEKDAY

NOON = time(12)


def read_half_days(node: Node) -> tuple[HalfDay, ...]:
    """The working half-days of the référente, in the order of the file."""
    node.fields("liste")
    half_days: list[HalfDay] = []
    for item in node["liste"].items():
        half_day = _half_day(item)
        if half_day.label in [earlier.label for earlier in half_days]:
            item.mistake(f"« {half_day.label} » est déjà écrit")
        half_days.append(half_day)
    return tuple(half_days)


def _half_day(node: Node) -> HalfDay:
    node.fields("jour", "de", "a")
    weekday, start, end = node["jour"].read(WEEKDAY), node["de"].read(TIME), node["a"].read(TIME)
    if time.min < end <= start:
        node["a"].wrong(f"une heure après {node['de'].raw}")
    label = f"{DAYS_OF_WEEK[weekday]} {'matin' if start < NOON else 'après-midi'}"
    node.notebook.messages.setdefault(Message(node.line, label))
    return HalfDay(weekday, start, end, label)


def read_retention(node: Node) -> Retention:
    """How long things are kept, in days."""
    node.fields("conversation", "transmission_close", "transmission_ouverte")
    return Retention(
        conversation=node["conversation"].read(DAYS),
        handover_closed=node["transmission_close"].read(DAYS),
        handover_open=node["transmission_ouverte"].read(DAYS),
    )
