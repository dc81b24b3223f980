"""The machine and the versions of a run, in general terms: enough to compare another one with it."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.contenders import BOT, PEERS
from benchmarks.measure import scratch

LIBRARIES = {"aiogram", "aiohttp", "httpx", "psycopg", "pydantic", "python-telegram-bot", "sqlalchemy"}
FSYNCS = 200


def described() -> list[str]:
    """A few lines of English."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return [
        f"Date: {datetime.now(UTC):%Y-%m-%d}",
        f"Processor: {_processor()}, {os.cpu_count()} cores; memory: {memory / 2**30:.0f} GiB",
        f"System: {platform.system()} {platform.release().partition('-')[0]}",
        f"Disk: writing 4 KiB and waiting until they are safe (fsync) takes {_fsync() * 1000:.2f} ms",
        f"Python {platform.python_version()}; this bot: {_versions(BOT)}",
        f"Peers: {_versions(PEERS)}",
    ]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _versions(python: Path) -> str:
    code = "import importlib.metadata as m; [print(d.name, d.version) for d in m.distributions()]"
    listed = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout
    return ", ".join(sorted(each for each in listed.splitlines() if each.split()[0].lower() in LIBRARIES))


def _fsync() -> float:
    """Seconds, the median of many."""
    with scratch() as folder, (folder / "probe").open("wb", buffering=0) as probe:
        taken = []
        for _ in range(FSYNCS):
            begun = perf_counter()
            probe.write(b"\0" * 4096)
            os.fsync(probe)
            taken.append(perf_counter() - begun)
    return median(taken)
