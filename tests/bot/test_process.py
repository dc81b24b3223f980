"""`python -m bot run` as an operator starts it: quick, silent about people, in French about mistakes."""

import logging
import os
import re
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.__main__ import main
from sandbox.people import Person
from sandbox.server import TelegramServer
from sandbox.town import Town
from storage.store import Store
from tests.bot.conftest import ROOT, TOKEN
from tests.bot.processes import command, ended, environment, free_port

ASK = "Puis-je demander un microcrédit ?"
CANARY = "kanarienvogel"
PATIENCE = 60  # seconds: a busy machine is slow to start anything


@pytest.fixture
async def server(town: Town) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(town.telegram) as server:
        yield server


def printed(folder: Path) -> str:
    return (folder / "out.txt").read_text() + (folder / "err.txt").read_text()


def megabytes(pid: int) -> float:
    """The most memory it ever took."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024


def cpu_seconds(pid: int) -> float:
    """The time it kept a processor busy."""
    _, _, numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    user, system = numbers.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@pytest.mark.fault(16)
async def test_it_starts_quickly_walks_to_the_result_and_ends_when_it_is_told(
    town: Town, ann: Person, server: TelegramServer, tmp_path: Path
) -> None:
    ann.starts("marche")
    env = environment(server.url, tmp_path)
    Store(env["DATABASE_URL"]).close()  # as after a first start: migrations take memory for once
    with command(env, tmp_path) as process:
        await town.until(lambda: ann.sees("Microcrédit personnel"), "an answer", within=PATIENCE)
        assert cpu_seconds(process.pid) < 3, "of work, however busy the machine is with something else"
        ann.taps(ASK)
        await ann.waits()
        for _ in range(20):
            if "Je ne sais pas" not in ann.buttons():
                break
            ann.taps("Je ne sais pas")
            await ann.waits()
        assert ann.sees("vérifier ensemble")
        ann.says(CANARY)
        await ann.waits()
        assert megabytes(process.pid) < 120
        process.send_signal(signal.SIGTERM)
        assert await ended(process) == 0
    said = printed(tmp_path)
    for secret in (TOKEN, CANARY, "Ann", str(ann.user.id)):
        assert secret not in said
    assert '"event": "started"' in said
    assert '"event": "stopped"' in said
    assert "Traceback" not in said
    assert "à compléter" in said, "what the programme lacks is listed"
    methods = {"setMyCommands", "setMyDescription", "setMyShortDescription"}
    menu = {(call.method, call.parameters.get("language_code", "")) for call in town.telegram.ledger}
    assert {(method, language) for method in methods for language in ("", "fr", "en")} <= menu


async def test_it_serves_behind_an_address_and_ends_when_it_is_told(
    town: Town, ann: Person, server: TelegramServer, tmp_path: Path
) -> None:
    port = free_port()
    address = {"WEBHOOK_URL": f"http://127.0.0.1:{port}", "WEBHOOK_LISTEN": f"127.0.0.1:{port}"}
    env = environment(server.url, tmp_path, **address)
    ann.starts("marche")
    with command(env, tmp_path, "serve") as process:
        await town.until(lambda: ann.sees("Microcrédit personnel"), "an answer", within=PATIENCE)
        ann.taps(ASK)
        await ann.waits()
        assert ann.sees("Dans quelle commune habitez-vous ?")
        secret = town.telegram.webhook.secret
        process.send_signal(signal.SIGTERM)
        assert await ended(process) == 0
    for hidden in (TOKEN, secret, "Ann", str(ann.user.id)):
        assert hidden not in printed(tmp_path)
    assert "Traceback" not in printed(tmp_path)


@pytest.mark.fault(16)
async def test_a_token_that_telegram_refuses_is_said_so(tmp_path: Path) -> None:
    async def refuse(_: web.Request) -> web.Response:
        return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", refuse)
    async with TestServer(app) as stern:
        with command(environment(str(stern.make_url("")), tmp_path), tmp_path) as process:
            assert await ended(process, PATIENCE) == 2
    assert "Telegram refuse le jeton. Vérifiez TELEGRAM_BOT_TOKEN." in printed(tmp_path)
    assert TOKEN not in printed(tmp_path)


@pytest.fixture
def _logs_as_they_were() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("_logs_as_they_were")
def test_to_serve_it_needs_an_address_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in environment("http://127.0.0.1:9", tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    assert main(["serve"]) == 2
    assert "Le réglage WEBHOOK_URL manque." in capsys.readouterr().err
    with socket.create_server(("127.0.0.1", 0)) as taken:
        at = f"127.0.0.1:{taken.getsockname()[1]}"
        monkeypatch.setenv("WEBHOOK_LISTEN", at)
        monkeypatch.setenv("WEBHOOK_URL", "https://bot.test")
        assert main(["serve"]) == 2
    assert f"L'adresse {at} ne peut pas être ouverte" in capsys.readouterr().err


@pytest.mark.usefixtures("_logs_as_they_were")
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"TELEGRAM_BOT_TOKEN": ""}, "Le réglage TELEGRAM_BOT_TOKEN manque"),
        ({"DATABASE_URL": "sqlite:////proc/nowhere/bot.db"}, "La base ne peut pas être ouverte"),
        ({"PROGRAMME": "/nowhere.yaml"}, "/nowhere.yaml"),
        ({"PROGRAMME": str(ROOT / "pyproject.toml")}, "ligne"),
        ({}, "est déjà utilisée"),
    ],
)
def test_what_is_wrong_is_said_in_french_with_exit_code_2(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    wrong: dict[str, str],
    told: str,
) -> None:
    env = environment("http://127.0.0.1:9", tmp_path)
    for name, value in (env | wrong).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    first = Store(env["DATABASE_URL"])
    try:
        assert main(["run"]) == 2
    finally:
        first.close()
    assert told in capsys.readouterr().err
