"""Who takes part, and how each is started: a process that knows nothing but the address of its Telegram."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
TOKEN = "123456:benchmark"  # noqa: S105 — nobody gave it
PEERS = HERE / ".venv/bin/python"


@dataclass(frozen=True, slots=True)
class Contender:
    """A bot. `arguments` are those of Python; `{url}`, `{walk}` and `{folder}` are filled in at its start."""

    name: str
    keeps: str  # what it has kept before it answers a tap
    python: Path
    arguments: tuple[str, ...]
    environment: Mapping[str, str]

    @contextmanager
    def running(self, url: str, walk: Path, folder: Path) -> "Iterator[subprocess.Popen[bytes]]":
        """The process, with its data in `folder`, until it is left."""
        values = {"url": url, "walk": str(walk), "folder": str(folder)}
        environment = {name: value.format(**values) for name, value in self.environment.items()}
        with (folder / "log.txt").open("ab") as log:
            process = subprocess.Popen(
                [self.python, *(argument.format(**values) for argument in self.arguments)],
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], **environment},
                stdout=log,
                stderr=log,
            )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def ours(name: str, database: str) -> Contender:
    """This bot, on the database of this address."""
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": "{url}",
        "TELEGRAM_RATE": "0",
        "DATABASE_URL": database,
        "CONTACT_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    }
    return Contender(name, "every tap, on the disk", Path(sys.executable), ("-m", "bot", "run"), settings)


SQLITE = ours("this bot, SQLite", "sqlite:///{folder}/bot.db")
AIOGRAM = Contender(
    "aiogram 3, FSM in memory",
    "nothing",
    PEERS,
    ("benchmarks/peers/aiogram_fsm.py", "{url}", TOKEN, "{walk}"),
    {},
)
STOCK = Contender(
    "python-telegram-bot, ConversationHandler",
    "nothing: a pickle every 60 s",
    PEERS,
    ("benchmarks/peers/stock.py", "{url}", TOKEN, "{walk}", "{folder}/kept.pickle"),
    {},
)
