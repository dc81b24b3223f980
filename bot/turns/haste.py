"""Somebody sends faster than anybody reads: a part is answered, the rest is let go, and they are told.

So one person, or one machine, takes no more of a turn than others do, and leaves nothing for the next one.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from bot import logs
from conversations.events import Hurried
from storage.arrivals import Arrival
from storage.transaction import Transaction

SHARE = 30  # updates of one person in a turn: several seconds of the fastest thumbs, while a turn takes 0.01


def unhurried(kept: Transaction, arrivals: Iterable[Arrival]) -> list[Arrival]:
    """These arrivals without what was sent in haste; one that says so stands in its place."""
    seen: Counter[int] = Counter()
    answered: list[Arrival] = []
    for arrival in arrivals:
        seen[arrival.chat_id] += 1
        if seen[arrival.chat_id] <= SHARE:
            answered.append(arrival)
        elif seen[arrival.chat_id] == SHARE + 1:
            answered.append(replace(arrival, event=Hurried()))
    if in_haste := [chat for chat, count in seen.items() if count > SHARE]:
        spared = [arrival.update_id for arrival in answered if arrival.chat_id in in_haste]
        logs.tell("let_go", updates=kept.inbox.let_go(in_haste, spared))
    return answered
