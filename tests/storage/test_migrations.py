"""Migrations run at start: on nothing, on today's tables, on older ones; cut short, they leave what was."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

from storage.errors import StoreError
from storage.migrate import SCRIPTS, latest, migrate
from storage.transaction import Transaction
from tests.databases import open_engine

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{below}"

def upgrade():
    op.add_column("dialogue", sa.Column("mood", sa.String(), server_default="calm"))
    op.create_table("weather", sa.Column("day", sa.Date(), primary_key=True))
    {then}
"""


@pytest.fixture
def tomorrow(tmp_path: Path) -> Path:
    """The migrations of a version to come."""
    return version_to_come(tmp_path / "migrations")


def version_to_come(folder: Path, then: str = "") -> Path:
    shutil.copytree(SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "v9999_tomorrow.py").write_text(NEXT.format(below=latest(), then=then))
    return folder


def version(engine: Engine) -> object:
    with engine.connect() as connection:
        return connection.scalar(text("select version_num from alembic_version"))


def changes(engine: Engine) -> object:
    """A number that SQLite raises whenever a table changes."""
    with engine.connect() as connection:
        return connection.scalar(text("PRAGMA schema_version"))


def test_the_migrations_make_the_tables_that_the_models_describe(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_the_newest_file_is_the_newest_version() -> None:
    script = ScriptDirectory(str(SCRIPTS))
    assert script.get_current_head() == latest()
    for revision in script.walk_revisions():
        assert Path(revision.path).name.startswith(f"v{revision.revision}_")


def test_a_bot_that_starts_migrates_without_keeping_what_that_takes(
    empty_url: Callable[[str], str],
) -> None:
    url = empty_url("lean")
    code = (
        "import sys\n"
        "from storage.store import Store\n"
        f"Store({url!r}, lean=True).close()\n"
        "sys.exit('alembic' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=SCRIPTS.parents[1], check=False)
    assert ended.returncode == 0
    engine = open_engine(url)
    assert version(engine) == latest()
    engine.dispose()


@pytest.mark.sqlite
def test_on_todays_tables_nothing_is_done(engine: Engine) -> None:
    before = changes(engine)
    migrate(engine)
    assert changes(engine) == before


def test_an_older_database_is_brought_up_to_date_with_all_it_holds(engine: Engine, tomorrow: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("insert into stop_count values ('2026-11', '1', 'age', 7)"))
    migrate(engine, tomorrow)
    assert version(engine) == "9999"
    assert inspect(engine).has_table("weather")
    with engine.connect() as connection:
        assert connection.scalar(text("select count from stop_count")) == 7


def test_every_former_version_is_brought_up_to_date(tmp_path: Path, empty_url: Callable[[str], str]) -> None:
    revisions = [revision.revision for revision in ScriptDirectory(str(SCRIPTS)).walk_revisions()]
    for number, revision in enumerate(revisions):
        scripts = tmp_path / f"until-{revision}"
        shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        for newer in revisions[:number]:
            next((scripts / "versions").glob(f"v{newer}_*")).unlink()
        engine = open_engine(empty_url(revision))
        migrate(engine, scripts)
        assert version(engine) == revision
        migrate(engine)
        assert version(engine) == latest()
        engine.dispose()


def test_a_database_of_a_newer_bot_is_refused_and_left_alone(engine: Engine, tomorrow: Path) -> None:
    migrate(engine, tomorrow)
    with pytest.raises(StoreError, match="plus récente"):
        migrate(engine)
    assert version(engine) == "9999"


@pytest.mark.fault(20)
def test_a_migration_that_fails_leaves_the_tables_as_they_were(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        migrate(engine, version_to_come(tmp_path / "broken", then="1 / 0"))
    assert version(engine) == latest()
    assert not inspect(engine).has_table("weather")


@pytest.mark.fault(20)
def test_a_process_killed_in_a_migration_leaves_the_tables_as_they_were(
    engine: Engine, url: str, tmp_path: Path
) -> None:
    killed = version_to_come(tmp_path / "killed", then="import os; os.kill(os.getpid(), 9)")
    code = (
        "from pathlib import Path\n"
        "from storage.migrate import migrate\n"
        "from tests.databases import open_engine\n"
        f"migrate(open_engine({url!r}), Path({str(killed)!r}))"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=SCRIPTS.parents[1], check=False)
    assert ended.returncode == -9
    assert version(engine) == latest()
    assert not inspect(engine).has_table("weather")
    with engine.begin() as connection:
        assert Transaction(connection).inbox.waiting(1) == []
