"""The proxy of an installation, really: TLS before it, two real bots on one PostgreSQL behind it."""

import asyncio
import io
import os
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientTimeout, TCPConnector

from bot.incoming.webhook import PATH, SECRET
from sandbox.people import Person
from sandbox.server import TelegramServer
from sandbox.town import Town
from storage.keys import make_key, write_keys
from tests import databases
from tests.bot.conftest import ROOT
from tests.bot.incoming.test_webhook import update
from tests.bot.processes import command, environment, free_port

pytestmark = pytest.mark.skipif(shutil.which("caddy") is None, reason="no caddy here")

ASK = "Puis-je demander un microcrédit ?"
PATIENCE = 60  # seconds: a busy machine is slow to start anything


@contextmanager
def proxy(url: str, upstreams: str, folder: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """Caddy with the file of an installation. What it says is in caddy.log."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "WEBHOOK_URL": url,
        "UPSTREAMS": upstreams,
    }
    caddyfile = ROOT / "deploy" / "Caddyfile"
    with (folder / "caddy.log").open("wb") as log:
        process = subprocess.Popen(
            ["caddy", "run", "--config", caddyfile, "--adapter", "caddyfile"], env=env, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
async def server(town: Town) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(town.telegram) as server:
        yield server


async def trusting(folder: Path) -> ssl.SSLContext:
    """Trust in the proxy's own authority, once it has one."""
    root = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    async with asyncio.timeout(PATIENCE):
        while not root.exists():  # noqa: ASYNC110 — a file rings no bell
            await asyncio.sleep(0.05)
    return ssl.create_default_context(cafile=str(root))


async def test_two_bots_behind_the_proxy_and_one_of_them_goes(
    town: Town, ann: Person, server: TelegramServer, tmp_path: Path
) -> None:
    url = f"https://localhost:{free_port()}"
    ports = [free_port(), free_port()]
    write_keys(tmp_path / "contacts.key", (make_key(),))
    env = environment(
        server.url,
        tmp_path,
        DATABASE_URL=databases.server().fresh(),
        CONTACT_KEY=(tmp_path / "contacts.key").read_text("ascii"),
        WEBHOOK_URL=url,
    )
    town.telegram.webhook.delay_unit = 0.05
    with ExitStack() as stack:
        stack.enter_context(proxy(url, " ".join(f"127.0.0.1:{port}" for port in ports), tmp_path))
        bots = []
        for port in ports:
            folder = tmp_path / str(port)
            folder.mkdir()
            bots.append(
                stack.enter_context(command({**env, "WEBHOOK_LISTEN": f"127.0.0.1:{port}"}, folder, "serve"))
            )
        context = await trusting(tmp_path)
        asked = town.telegram.ledger
        await town.until(lambda: len(asked.calls("setWebhook")) == 2, "a webhook", within=PATIENCE)
        await town.until(lambda: len(asked.calls("getWebhookInfo")) == 2, "a look at it")
        connector = TCPConnector(ssl=context)
        before, town.telegram.webhook._session = (
            town.telegram.webhook._session,
            ClientSession(connector=connector, timeout=ClientTimeout(20)),
        )
        if before is not None:
            await before.close()
        ann.starts()
        await town.until(lambda: ann.sees("Microcrédit personnel"), "an answer", within=PATIENCE)
        ann.taps(ASK)
        await town.until(lambda: ann.sees("Dans quelle commune habitez-vous ?"), "a question")

        secret = town.telegram.webhook.secret
        async with ClientSession(connector=TCPConnector(ssl=context)) as http:
            for method, path, body, status in (
                ("GET", PATH, b"", 404),
                ("POST", "/", b"", 404),
                ("GET", "/healthz", b"", 404),
                ("GET", "/readyz", b"", 404),
                ("POST", PATH, b"{}", 403),
                ("POST", PATH, b"x" * 1_100_000, 413),
            ):
                headers = {SECRET: secret} if status == 413 else {}
                async with http.request(method, url + path, data=io.BytesIO(body), headers=headers) as answer:
                    # A bot that hangs up while the rest is still coming is a bad gateway to the proxy.
                    assert answer.status in {status, 502 if status == 413 else status}, (method, path)

            sent = len(asked.calls("sendMessage", ann.user.id))
            same = update(7_000_001, "/langue", ann.user.id)
            taken = [
                await http.post(f"http://127.0.0.1:{port}{PATH}", data=same, headers={SECRET: secret})
                for port in (*ports, *ports)
            ]
            assert [answer.status for answer in taken] == [200] * 4
            await town.until(lambda: ann.sees("Choisissez votre langue"), "an answer")
            await town.settles(quiet=0.3)
            assert len(asked.calls("sendMessage", ann.user.id)) == sent + 1, "one effect in two workers"
            ann.taps("Retour")
            await town.until(lambda: ann.sees("Dans quelle commune habitez-vous ?"), "a question")

            bots[0].kill()
            for _ in range(3):
                ann.taps("Je ne sais pas")
                await ann.waits(within=20)
            assert ann.sees("Question 4")
        assert secret not in (tmp_path / "caddy.log").read_text()
        await town.telegram.close()
