"""An update as it waits in the inbox: who did what, and the few numbers needed to answer."""

import json
from dataclasses import asdict, dataclass
from typing import get_args

from conversations.events import Event

EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}


@dataclass(frozen=True, slots=True)
class Arrival:
    """One act of one person in a private chat.

    `message_id` is the message they sent, or the one whose button they tapped.
    `query` is the tap's own id, which wants an answer; "" for a message.
    `language` is what their phone speaks, or "".
    """

    update_id: int
    chat_id: int
    message_id: int
    event: Event
    language: str = ""
    query: str = ""


def dump(arrival: Arrival) -> str:
    """The arrival as ASCII JSON, without the two numbers that have their own columns."""
    event = arrival.event
    return json.dumps(
        [arrival.message_id, type(event).__name__, asdict(event), arrival.language, arrival.query]
    )


def load(update_id: int, chat_id: int, text: str) -> Arrival:
    """The arrival that `dump` wrote. Raises ValueError, KeyError or TypeError on what it did not write."""
    message_id, kind, event, language, query = json.loads(text)
    return Arrival(update_id, chat_id, message_id, EVENTS[kind](**event), language, query)
