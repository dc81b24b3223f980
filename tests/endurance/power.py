"""What a disk holds after a power cut: everything that was synced, and of the rest whatever chance left."""

import re
import shutil
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.bot.conftest import ROOT

SYNCHRONOUS = "FULL"  # as shipped; `planted.py` asks for less
SECTOR = 512  # bytes that a disk writes together
HEAD = re.compile(rb"([wtsu]) ([^\n]+) (-?\d+) (\d+)\n")


@dataclass(frozen=True)
class Deed:
    """One thing that was done to a file."""

    operation: str  # w: written, t: cut or grown, s: synced, u: removed
    path: str
    offset: int
    data: bytes


@dataclass
class Disk:
    """What is safe, and what was handed over and may get lost."""

    safe: dict[str, bytearray] = field(default_factory=dict)
    loose: dict[str, list[Deed]] = field(default_factory=lambda: defaultdict(list))

    def takes(self, deed: Deed) -> None:
        """The next deed."""
        if deed.operation == "s":
            for written in self.loose.pop(deed.path, []):
                _apply(self.safe.setdefault(deed.path, bytearray()), written)
        elif deed.operation == "u":
            self.safe.pop(deed.path, None)
            self.loose.pop(deed.path, None)
        else:
            self.loose[deed.path].append(deed)

    def after_a_cut(self, chance: Random | None) -> dict[str, bytes]:
        """The files afterwards. Without `chance` all that was not synced is lost, else some, or parts."""
        files = {path: bytearray(content) for path, content in self.safe.items()}
        for path, deeds in self.loose.items() if chance else ():
            for deed in deeds:
                if chance is not None and chance.random() < 0.5:
                    _apply(files.setdefault(path, bytearray()), _torn(deed, chance))
        return {path: bytes(content) for path, content in files.items()}


def _apply(content: bytearray, deed: Deed) -> None:
    if deed.operation == "t":
        del content[deed.offset :]
        content.extend(bytes(deed.offset - len(content)))
        return
    content.extend(bytes(max(0, deed.offset - len(content))))
    content[deed.offset : deed.offset + len(deed.data)] = deed.data


def _torn(deed: Deed, chance: Random) -> Deed:
    if deed.operation != "w" or chance.random() < 0.5:
        return deed
    return Deed(
        "w", deed.path, deed.offset, deed.data[: SECTOR * chance.randrange(1 + len(deed.data) // SECTOR)]
    )


def record(folder: Path, synchronous: str | None = None) -> list[Deed]:
    """Everything that `writing.py` does to its files, in order."""
    shim, log = folder / "power_cut.so", folder / "log"
    source = Path(__file__).with_name("power_cut.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl", "-lpthread"], check=True)
    database = folder / "kept.db"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.endurance.writing",
            f"sqlite:///{database}",
            f"{database}-told",
            synchronous or SYNCHRONOUS,
        ],
        check=True,
        cwd=ROOT,
        env={"LD_PRELOAD": str(shim), "POWER_CUT_FILES": str(database), "POWER_CUT_LOG": str(log)},
    )
    return list(_read(log.read_bytes()))


def _read(log: bytes) -> Iterator[Deed]:
    at = 0
    while at < len(log):
        found = HEAD.match(log, at)
        assert found is not None
        operation, path, offset, length = found.groups()
        at = found.end()
        carried = int(length) if operation == b"w" else 0
        yield Deed(operation.decode(), path.decode(), int(offset), log[at : at + carried])
        at += carried


def can_record() -> bool:
    """Whether this machine has a C compiler."""
    return shutil.which("cc") is not None and sys.platform == "linux"


@dataclass
class Cuts:
    """What came of cutting the power."""

    tries: int = 0
    lost: int = 0
    broken: int = 0


def cut(deeds: list[Deed], folder: Path, chance: Random) -> Cuts:
    """Cut the power after each acknowledgement and at as many other moments; look at what is there then."""
    found, disk, told = Cuts(), Disk(), set[int]()
    for deed in deeds:
        if deed.path.endswith("-told"):
            told |= {int(number) for number in deed.data.split()}
        else:
            disk.takes(deed)
            if chance.random() < 0.8:
                continue
        for files in (disk.after_a_cut(None), disk.after_a_cut(chance)):
            found.tries += 1
            kept = _reopened(files, folder)
            found.broken += kept is None
            found.lost += len(told - (kept or set()))
    return found


def _reopened(files: dict[str, bytes], folder: Path) -> set[int] | None:
    """The numbers of the updates that are there when the machine is back; None where the file is broken."""
    for former in folder.glob("again.db*"):
        former.unlink()
    for path, content in files.items():
        (folder / ("again.db" + path.partition("kept.db")[2])).write_bytes(content)
    connection = sqlite3.connect(folder / "again.db")
    try:
        [[verdict]] = connection.execute("PRAGMA integrity_check")
        tables = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'inbox'").fetchall()
        numbers = connection.execute("SELECT update_id FROM inbox").fetchall() if tables else []
    except sqlite3.DatabaseError:
        return None
    finally:
        connection.close()
    return {number for (number,) in numbers} if verdict == "ok" else None
