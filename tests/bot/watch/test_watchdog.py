"""A poll that hangs is given up, and of a process that hangs systemd hears no more."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.incoming import polling
from sandbox.people import Person
from sandbox.server import TelegramServer
from sandbox.town import Town
from tests.bot.conftest import Running
from tests.bot.processes import command, ended, environment
from tests.databases import looking


class Manager:
    """What systemd hears on its socket."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "notify"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(self.path))
        self._socket.settimeout(0)

    def environment(self, seconds: float) -> dict[str, str]:
        return {"NOTIFY_SOCKET": str(self.path), "WATCHDOG_USEC": str(int(seconds * 1_000_000))}

    def heard(self) -> list[str]:
        """What was said since it was last asked."""
        said = []
        with suppress(BlockingIOError):
            while True:
                said.append(self._socket.recv(256).decode())
        return said

    async def hears(self, words: str, within: float) -> list[str]:
        """What was said up to these words."""
        said: list[str] = []
        async with asyncio.timeout(within):
            while words not in said:
                await asyncio.sleep(0.02)
                said += self.heard()
        return said

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Manager]:
    manager = Manager(tmp_path)
    yield manager
    manager.close()


@pytest.fixture
async def server(town: Town) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(town.telegram) as server:
        yield server


async def test_systemd_hears_that_it_is_ready_that_it_lives_and_that_it_ends(
    town: Town, server: TelegramServer, manager: Manager, tmp_path: Path
) -> None:
    with command(environment(server.url, tmp_path, **manager.environment(0.3)), tmp_path) as process:
        assert "READY=1" in await manager.hears("READY=1", within=60)
        for _ in range(3):
            await manager.hears("WATCHDOG=1", within=5)
        process.send_signal(signal.SIGTERM)
        assert await ended(process) == 0
    assert "STOPPING=1" in manager.heard()


async def test_a_telegram_that_never_answers_is_no_reason_to_restart(
    manager: Manager, tmp_path: Path
) -> None:
    async def never(_: web.Request) -> web.Response:
        await asyncio.sleep(3600)
        raise AssertionError

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", never)
    async with TestServer(app) as silent:
        env = environment(str(silent.make_url("")).rstrip("/"), tmp_path, **manager.environment(0.3))
        with command(env, tmp_path) as process:
            await manager.hears("READY=1", within=60)
            for _ in range(3):
                await manager.hears("WATCHDOG=1", within=5)
            process.send_signal(signal.SIGTERM)
            assert await ended(process) == 0


@pytest.mark.sqlite
async def test_a_writer_that_is_stuck_is_not_said_to_live(
    town: Town, bot: Running, manager: Manager, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.stop()
    for name, value in manager.environment(0.15).items():
        monkeypatch.setenv(name, value)
    bot.start()
    await manager.hears("WATCHDOG=1", within=5)
    with looking(bot.url) as engine, engine.begin():
        await asyncio.sleep(0.1)
        manager.heard()
        await asyncio.sleep(0.5)
        assert manager.heard() == []
    await manager.hears("WATCHDOG=1", within=5)


async def test_a_poll_that_hangs_is_given_up_and_asked_anew(
    bot: Running, ann: Person, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the library does not let itself be cancelled."""
    monkeypatch.setattr(polling, "BOUND", 0.1)
    asked = []

    class Deaf:
        async def updates(self, *_: object) -> bytes:
            asked.append(1)
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(3600)
            await asyncio.sleep(0.3)
            return b'{"ok":true,"result":[]}'

    telegram = bot.app._telegram
    monkeypatch.setattr(telegram, "updates", Deaf().updates)
    await bot.until(lambda: len(asked) > 1)
    monkeypatch.undo()
    ann.starts()
    await ann.waits()
    await asyncio.sleep(0.3)
