"""SQLite as it is opened here: durable, closed to others, one bot at a time, and clean after an erasure."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import OperationalError, connect

import pytest
from sqlalchemy import Engine, text

from storage.errors import StoreError
from storage.sqlite import claim, truncate_log
from storage.store import Store

pytestmark = pytest.mark.sqlite

FOLDER = Path(__file__).parents[2] / "storage"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'bot.db'}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'data' / 'bot.db'}")
    yield store
    store.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("busy_timeout", 30000),
    ],
)
def test_every_connection_is_durable_and_forgets_what_it_erases(
    engine: Engine, pragma: str, value: object
) -> None:
    with engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_nobody_else_may_read_the_files(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("insert into stop_count values ('2026-11', '1', 'age', 1)"))
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
    assert modes == {"bot.db": 0o600, "bot.db-wal": 0o600, "bot.db-shm": 0o600}
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_a_transaction_that_reads_first_has_the_right_to_write(engine: Engine, tmp_path: Path) -> None:
    """Begun as DEFERRED, the second of two would fail at its first write."""
    with engine.begin() as first, closing(connect(tmp_path / "data" / "bot.db", timeout=0)) as second:
        first.execute(text("select 1 from inbox"))
        with pytest.raises(OperationalError, match="locked"):
            second.execute("BEGIN IMMEDIATE")


@pytest.mark.fault(8)
def test_a_second_bot_on_the_same_file_is_refused_in_french(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="déjà utilisée"):
        Store(f"sqlite:///{tmp_path / 'data' / 'bot.db'}")


def test_the_file_is_free_again_when_the_first_bot_ends(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    Store(url).close()
    Store(url).close()


def test_the_file_is_free_again_when_the_first_bot_is_killed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    code = f"import os; from storage.store import Store; store = Store({url!r}); os.kill(os.getpid(), 9)"
    killed = subprocess.run([sys.executable, "-c", code], cwd=FOLDER.parent, check=False)
    assert killed.returncode == -9
    Store(url).close()


def test_the_claim_is_no_lock_on_the_database_itself(engine: Engine) -> None:
    """Closing a second descriptor of the database would drop SQLite's own locks."""
    lock = claim(engine)
    try:
        assert Path(f"/proc/self/fd/{lock}").readlink().name == "bot.db.lock"
    finally:
        os.close(lock)


@pytest.mark.fault(15)
def test_what_was_erased_is_in_no_file_once_the_log_is_truncated(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("insert into stop_count values ('kanarienvogel', '1', 'age', 1)"))
    assert b"kanarienvogel" in files(tmp_path)
    with engine.begin() as connection:
        connection.execute(text("delete from stop_count"))
    assert b"kanarienvogel" in files(tmp_path), "the log remembers"
    assert truncate_log(engine)
    assert b"kanarienvogel" not in files(tmp_path)


def test_a_log_that_somebody_reads_is_not_truncated_and_that_is_said(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("insert into stop_count values ('2026-11', '1', 'age', 1)"))
    with closing(connect(tmp_path / "data" / "bot.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("select * from stop_count").fetchall()
        with engine.begin() as connection:
            connection.execute(text("delete from stop_count"))
        with engine.connect() as connection:
            connection.execute(text("PRAGMA busy_timeout = 50"))
        assert not truncate_log(engine)
    assert truncate_log(engine)


def test_a_file_that_is_no_database_is_refused_in_french(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("Chère Madame, cher Monsieur, " * 200)
    with pytest.raises(StoreError, match="ne peut pas être lue"):
        Store(f"sqlite:///{tmp_path / 'bot.db'}")


def test_a_folder_that_cannot_be_made_is_refused_in_french(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="ne peut pas être ouverte"):
        Store(f"sqlite:///{tmp_path / 'file' / 'bot.db'}")


def test_what_is_true_of_sqlite_alone_stands_in_one_file() -> None:
    own_words = re.compile(r"PRAGMA|BEGIN IMMEDIATE|sqlite3|INSERT OR |rowid", re.IGNORECASE)
    texts = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py")}
    knowing = {name for name, source in texts.items() if own_words.search(source)}
    assert knowing == {"sqlite.py"}


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
