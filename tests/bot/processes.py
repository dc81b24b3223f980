"""The bot as a process of its own, over HTTP: started, killed and started again."""

import asyncio
import importlib
import multiprocessing
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.bot.conftest import ROOT, TOKEN

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(
    [
        "bot.commands.run",
        "bot.commands.serve",
        "bot.incoming.door",
        "bot.watch.health",
        "bot.incoming.webhook",
    ]
)  # so that a start costs what the bot does, not its imports


def environment(api_url: str, folder: Path, **more: str) -> dict[str, str]:
    """The settings of a process that keeps its data in `folder`."""
    return {
        "PATH": os.environ["PATH"],
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'bot.db'}",
        "PROGRAMME": str(ROOT / "programme.yaml"),
        "LOG_LEVEL": "DEBUG",
        "TELEGRAM_RATE": "0",
        **more,
    }


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def command(env: dict[str, str], folder: Path, name: str = "run") -> "Iterator[subprocess.Popen[str]]":
    """`python -m bot …` as an operator types it. What it prints is in `folder`: out.txt and err.txt."""
    with (folder / "out.txt").open("w") as out, (folder / "err.txt").open("w") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", name], cwd=ROOT, env=env, stdout=out, stderr=err, text=True
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def ended(process: "subprocess.Popen[str]", within: float = 10) -> int:
    """Its exit code."""
    return await asyncio.wait_for(asyncio.to_thread(process.wait), within)


@contextmanager
def forked(env: dict[str, str], name: str = "run") -> Iterator[ForkServerProcess]:
    """The same, quickly: for tests that start it many times. Killed at the end, whatever it is doing."""
    process = _forks.Process(target=_run, args=(env, name), daemon=True)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()
        process.close()


def _run(env: dict[str, str], name: str) -> None:
    from bot import clock
    from bot.__main__ import main

    os.environ.update(env)
    importlib.reload(clock)  # it was imported before anybody said how far ahead it is
    with Path(os.devnull).open("w") as nowhere:
        sys.stdout = sys.stderr = nowhere
        sys.exit(main([name]))
