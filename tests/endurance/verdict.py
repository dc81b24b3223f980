"""What must be true whenever an act is over, however often the bot died in it.

The phones, the database and the journal must say what they say where nobody died: nothing lost, nothing
doubled. A message that was sent just before a death may be sent again, without a contact; the one that nobody
knows of keeps its buttons, until somebody taps them and is brought to where they are.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.people import Person, labels
from sandbox.telegram import What
from tests.endurance.cast import Cast, contacts, reveals
from tests.endurance.life import Life

Portrait = dict[str, Any]

# Refusals that belong to the game: what was done is asked for again, and some things cannot be edited.
USUAL = (
    "message is not modified",
    "message can't be edited",
    "query is too old",
    "Conflict",
    "not a member of the group",
)
_REFERENCE = re.compile(r"MC-\w+")
# What may differ from run to run and means nothing: random numbers, and numbers that count attempts.
_INDIFFERENT = {
    "lead": {"key"},
    "dialogue": {"lead_key", "revision", "shown_revision", "living_message_id", "heard_message_id", "stale"},
    "request": {"reference", "revision", "box", "key"},
    "journal": {"id"},
    "notice": {"id"},
    "desk_card": {"wanted", "drawn", "message_id", "former_id"},
}
_COUNTED = ("lead", "stop_count", "request", "notice", "staff", "absence", "setting", "dialogue")


def portrait(cast: Cast) -> Portrait:
    """What everybody sees and what is kept, without what means nothing."""
    kept = {table: sorted(_rows(cast, table)) for table in _COUNTED}
    journal = [
        f"{row.deed} {row.who}" for row in cast.books.rows("select deed, who from journal order by id")
    ]
    aside = cast.books.rows("select count(*) from inbox where state = 'aside'")
    phones = {person.user.first_name: _phone(person) for person in cast.people}
    return {"phones": phones, "kept": kept, "journal": journal, "aside": aside[0][0]}


def fingerprint(cast: Cast) -> str:
    """The same for two moments from which the same may follow. Nothing may be running."""
    telegram = cast.town.telegram
    ranks = {
        (chat.id, message.id): f"message {rank}"
        for chat in telegram.chats.values()
        for rank, message in enumerate(chat.messages.values())
    }
    cards = cast.books.rows(
        "select chat_id, message_id, former_id, view, wanted - drawn as due, due_at from desk_card"
    )
    screens = cast.books.rows(
        "select chat_id, living_message_id, heard_message_id, revision - shown_revision as due from dialogue"
    )
    stale = [
        [str(ranks.get((chat, message), message)) for message in _listed(messages)]
        for chat, messages in cast.books.rows("select chat_id, stale from dialogue order by chat_id")
    ]
    state = {
        **portrait(cast),
        "chats": {
            chat.id: [(message.text, labels(message)) for message in chat.messages.values()]
            for chat in telegram.chats.values()
        },
        "queue": [update.id for update in telegram.queue.waiting()],
        "inbox": sorted(map(str, cast.books.rows("select update_id, state from inbox"))),
        "cards": sorted(str([ranks.get((row[0], cell), cell) for cell in row]) for row in cards),
        "screens": sorted(str([ranks.get((row[0], cell), cell) for cell in row]) for row in screens),
        "stale": stale,
        "outside": [telegram.webhook.url, sorted(str(chat.standing) for chat in telegram.chats.values())],
    }
    return hashlib.sha256(_said(json.dumps(state, default=str)).encode()).hexdigest()


def judge(cast: Cast, lives: Iterable[Life], expected: Portrait, sent: Mapping[str, set[str]]) -> list[str]:
    """What is wrong, in words; nothing where all is well."""
    lived = list(lives)
    crashes = len(lived) - 1
    wrong = list(cast.exposed)
    found = portrait(cast)
    for person in cast.people:
        name = person.user.first_name
        phone = found["phones"][name]
        phone["living"] = _without_twins(person, phone["living"], expected["phones"][name]["living"], crashes)
    wrong += [
        f"{name} sees {_difference(found['phones'][name], phone)}"
        for name, phone in expected["phones"].items()
        if found["phones"][name] != phone
    ]
    for part in ("kept", "journal", "aside"):
        if found[part] != expected[part]:
            wrong.append(f"{part}: {_difference(found[part], expected[part])}")
    for person in cast.staff:
        lost = sent[person.user.first_name] - sent_to(person)
        wrong += [f"{person.user.first_name} was never told: {text!r}" for text in lost]
    wrong += [f"{twins(person)} messages twice" for person in cast.people if twins(person) > crashes]
    wrong += [f"logged: {line}" for life in lived for line in life.said if _is_odd(line)]
    telegram = cast.town.telegram
    wrong += [f"a mistake: {mistake}" for mistake in telegram.ledger.mistakes]
    wrong += [
        f"refused: {call.method} {call.description}"
        for call in telegram.ledger.refused()
        if not any(usual in call.description for usual in USUAL)
    ]
    if "a month" in cast.done:
        wrong += _left(cast)
    return wrong


def _without_twins(person: Person, living: list[Any], expected: list[Any], crashes: int) -> list[Any]:
    """The messages with buttons, without the first of two sent alike: one a death, no contact in it."""
    sent = Counter(_said(change.text) for change in person.chat.history if change.what is What.SENT)
    twins = [
        (text, keys)
        for text, keys in living
        if (text, keys) not in expected and sent[text] > 1 and not reveals(text)
    ]
    return [message for message in living if message not in twins[:crashes]]


def _listed(cell: Any) -> list[int]:
    """A list as SQLite keeps it, in JSON, or as PostgreSQL gives it back."""
    found: list[int] = json.loads(cell) if isinstance(cell, str) else cell
    return found


def sent_to(person: Person) -> set[str]:
    """Everything that was ever sent to them."""
    return {_said(change.text) for change in person.chat.history if change.what is What.SENT}


def twins(person: Person) -> int:
    """How many living messages stand there more than once."""
    alike = Counter((_said(message.text), *labels(message)) for message in person.living)
    return alike.total() - len(alike)


def _left(cast: Cast) -> list[str]:
    """What is left of the contact after the purge."""
    kept = cast.books.everything()
    left = ["a canary is on the disk"] if reveals(kept.decode(errors="replace")) else []
    return left + [f"{person.user.first_name} still sees it" for person in cast.people if contacts(person)]


def _phone(person: Person) -> dict[str, object]:
    screen = person.screen
    return {
        "screen": (_said(screen.text), _said(str(labels(screen)))) if screen else None,
        "living": sorted({(_said(message.text), str(labels(message))) for message in person.living}),
        "contacts": len(contacts(person)),
        "keys": person.keyboard(),
    }


def _rows(cast: Cast, table: str) -> list[str]:
    left_out = _INDIFFERENT.get(table, set())
    rows = cast.books.rows(f"select * from {table}")
    return [_said(str({k: v for k, v in row._mapping.items() if k not in left_out})) for row in rows]


def _said(text: str) -> str:
    return _REFERENCE.sub("MC-*", text)


def _is_odd(line: str) -> bool:
    if reveals(line):
        return True
    return not line.startswith(("DEBUG", "INFO", "WARNING group_not_left")) and "'status': 409" not in line


def _difference(found: Any, expected: Any) -> str:
    if isinstance(found, dict):
        return "; ".join(
            f"{key}: {_difference(found[key], expected[key])}" for key in found if found[key] != expected[key]
        )
    if isinstance(found, list):
        more, less = Counter(found) - Counter(expected), Counter(expected) - Counter(found)
        return f"too much {list(more)}, missing {list(less)}" if more or less else "in another order"
    return f"{found} instead of {expected}"
