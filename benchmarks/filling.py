"""A database as after years: the rows of a few hundred walks, multiplied until there are enough of them."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path

from sqlalchemy import Connection, Table, insert, literal_column, select

from benchmarks.walk import ANSWERS, BEGINS, world
from conversations.dialogue import Dialogue
from conversations.effects import CountLead, Lead
from conversations.events import Tapped
from conversations.scene import Scene
from conversations.step import begin, step
from storage.arrivals import Arrival
from storage.migrate import migrate
from storage.records import Record
from storage.sqlite import open_sqlite
from storage.tables import DIALOGUE, INBOX, LEAD
from storage.transaction import Transaction

SEED = 500
STRANGERS = 1_000_000_000  # chats from here on: nobody of the benchmark's own people
CACHE = 500_000  # KiB while it is filled
YESTERDAY = timedelta(days=1)


def fill(database: Path, many: int) -> None:
    """Make a SQLite database of so many dialogues, leads and handled updates, at least 500 of each."""
    chance, scene = random.Random(many), world()  # noqa: S311 — the same people each time
    walks = list(islice(_walks(scene, chance), SEED))
    engine = open_sqlite(f"sqlite:///{database}")
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA cache_size = {-CACHE}")
        kept, now = Transaction(connection), datetime.now(UTC)
        kept.counts.add(dict(enumerate((lead for _, lead in walks), start=1)), ())
        kept.dialogues.save(
            Record(STRANGERS + number, dialogue, now, shown=1, revision=1, living=5, lead_key=number)
            for number, (dialogue, _) in enumerate(walks)
        )
        updates = range(STRANGERS, STRANGERS + SEED)
        arrived = [Arrival(number, number, 5, Tapped("home:ask")) for number in updates]
        kept.inbox.accept(arrived, (), now - YESTERDAY)
        kept.inbox.end(updates)
        for table in (DIALOGUE, LEAD, INBOX):
            _multiply(connection, table, many)
    engine.dispose()


def _walks(scene: Scene, chance: random.Random) -> Iterator[tuple[Dialogue, Lead]]:
    """Somebody who stopped anywhere, and the lead of somebody who did not, in any month of this year."""
    for _ in count():
        dialogue = step(begin("fr"), Tapped(*BEGINS), scene).dialogue
        seen = []
        for question, answers in ANSWERS.items():
            seen.append(dialogue)
            done = step(dialogue, Tapped(f"a:{question}:{chance.choice(answers)}"), scene)
            dialogue = done.dialogue
        [lead] = [effect.lead for effect in done.effects if isinstance(effect, CountLead)]
        month = f"{scene.now.year}-{chance.randint(1, 12):02}"
        yield chance.choice(seen), replace(lead, month=month, known_to_ccas=chance.choice(("oui", "non", "")))


def _multiply(connection: Connection, table: Table, many: int) -> None:
    """Copy its rows, each time as many as there are, with numbers that follow."""
    [number] = table.primary_key
    there = SEED
    while there < many:
        others = [column for column in table.c if column is not number]
        copied = select(number + literal_column(str(there)), *others).order_by(number).limit(many - there)
        connection.execute(insert(table).from_select([number, *others], copied))
        there += min(there, many - there)
