"""The whole hand-over as it will run: `python -m bot run` over HTTP, from a resident's yes to the purge.

The canary's name and number may be in one message of the right person, and after the purge nowhere.
"""

import base64
import secrets
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from bot.clock import AHEAD
from conversations.calendar import public_holidays
from conversations.desk.case import Role
from conversations.scene import PARIS
from sandbox.clock import MovableClock
from sandbox.people import Person, labels
from sandbox.server import TelegramServer
from sandbox.town import Town
from storage.beside import beside
from storage.keys import make_key
from tests.bot.desk.test_mail import FROM, TO, Post, body, free_port, listening
from tests.bot.processes import command, environment
from tests.bot.test_request import ANSWERS
from tests.bot.typed import run

NAME = "Zéphyrine Kanari"
CANARIES = tuple(word.encode() for word in ("Zéphyrine", "Z\\u00e9phyrine", "Kanari", "639980042"))
KEY = base64.b64encode(make_key()).decode()
PATIENCE = 30  # seconds: a busy machine is slow to start anything
QUIET = 0.1


@pytest.fixture
async def server(town: Town) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(town.telegram) as server:
        yield server


def found(where: bytes) -> list[bytes]:
    """Which canaries are in there."""
    return [canary for canary in CANARIES if canary in where]


def on_disk(folder: Path) -> bytes:
    """The database, what SQLite keeps beside it, and everything the bot printed."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def showing(*people: Person) -> list[str]:
    """The bot's messages with a canary that stand in these chats."""
    return [
        message.text
        for person in people
        for message in person.chat.messages.values()
        if message.sender is not person.user and found(message.text.encode())
    ]


def exported(folder: Path, town: Town) -> str:
    """What an operator can take out of the database, as text. The files stay in the folder."""
    year = str(town.telegram.now().year)
    for command_line in (("bilan", year, "--html", str(folder / "bilan.html")), ("bilan", year, "--json")):
        assert run(*command_line) == 0
    assert run("attente", "--pdf", str(folder / "liste.pdf")) == 0
    return "".join(page.extract_text() for page in PdfReader(folder / "liste.pdf").pages)


@contextmanager
def running(town: Town, server: TelegramServer, folder: Path, name: str, **mail: str) -> Iterator[None]:
    """The bot's process, at the town's hour; it is told to end and ends."""
    clock = town.telegram.clock
    assert isinstance(clock, MovableClock)
    ahead = {AHEAD: str(clock.ahead.total_seconds())}
    env = environment(server.url, folder, CONTACT_KEY=KEY, **ahead, **mail)
    printed = folder / name
    printed.mkdir()
    with command(env, printed) as process:
        yield
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert b'"event": "started"' in on_disk(printed)


def next_working_monday() -> datetime:
    """Ten o'clock in Paris, when she is at her desk."""
    now = datetime.now(PARIS)
    mondays = (now + timedelta(days=7 * n - now.weekday()) for n in range(1, 5))
    monday = next(day for day in mondays if day.date() not in public_holidays(day.year))
    return monday.replace(hour=10, minute=0).astimezone(UTC)


async def acts(person: Person, *deeds: str) -> None:
    """Buttons and keys by their label, everything else is written."""
    for deed in deeds:
        if deed in (label for message in person.living for label in labels(message)):
            person.taps(deed)
        else:
            person.says(deed)
        await person.waits(within=PATIENCE, quiet=QUIET)


@pytest.mark.fault(15)
async def test_a_contact_is_in_one_message_and_after_the_purge_nowhere(
    town: Town,
    server: TelegramServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    town.passes(next_working_monday() - datetime.now(UTC))
    anne, bea = town.person("Anne"), town.person("Béa")
    zoe = town.person("Zoé", phone="33639980042")
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    with beside(url) as kept:
        for person in (anne, bea):
            code = secrets.token_urlsafe(16)
            kept.staff.invite(code, Role.REFERENTE, "", town.telegram.now() + timedelta(minutes=15))
            person.starts(code)
    zoe.starts()
    for name, value in environment(server.url, tmp_path, CONTACT_KEY=KEY).items():
        monkeypatch.setenv(name, value)
    post, port = Post(), free_port()
    mail = {"SMTP_URL": f"smtp://127.0.0.1:{port}", "MAIL_FROM": FROM, "MAIL_TO": TO}
    with listening(post, port), running(town, server, tmp_path, "first", **mail):
        await town.until(lambda: anne.reads() and bea.reads() and zoe.reads(), "the start", PATIENCE)
        await acts(zoe, "Puis-je demander un microcrédit ?", *ANSWERS, "Être rappelé(e)", "J’accepte", NAME)
        zoe.presses("Partager mon numéro")
        await zoe.waits(within=PATIENCE, quiet=QUIET)
        await acts(zoe, "Par téléphone", "Peu importe")
        assert zoe.sees(NAME), "the preview shows her what will be seen"
        await acts(zoe, "Envoyer")
        await town.until(lambda: "Voir le contact" in anne.buttons(), "a notice", PATIENCE)
        await town.until(lambda: "Voir le contact" in bea.buttons(), "a notice", PATIENCE)
        assert showing(anne, bea) == []
        await town.until(lambda: post.mails, "a mail", PATIENCE)
        assert found(post.raw[0] + body(post.mails[0]).encode()) == []
        await acts(anne, "Voir le contact", "RDV…")
        await acts(anne, anne.buttons()[0])
        await acts(anne, anne.buttons()[0])
        assert anne.sees("Rendez-vous le")
        assert len(showing(anne)) == 1
        assert showing(bea) == []
        await town.until(lambda: "Votre rendez-vous" in zoe.reads(), "the resident is told", PATIENCE)
        assert NAME in exported(tmp_path, town), "for a day without Telegram"
        (tmp_path / "liste.pdf").unlink()
        await acts(anne, "Clore…", "Dossier déposé")
        assert showing(anne, bea) == []
    town.passes(timedelta(days=31))
    before = len(town.telegram.ledger)
    with running(town, server, tmp_path, "later"):
        await town.until(lambda: len(town.telegram.ledger) > before, "it is back", PATIENCE)
        await town.until(lambda: b'"event": "erased"' in on_disk(tmp_path / "later"), "the purge", PATIENCE)
        assert found(on_disk(tmp_path)) == [], "neither in the database, its log, nor what was printed"
    assert found(on_disk(tmp_path)) == []
    assert showing(anne, bea, zoe) == []
    with beside(url) as kept:
        assert kept.requests.of_resident(zoe.user.id) == []
    capsys.readouterr()
    listed = exported(tmp_path, town)
    assert "Demandes ouvertes" in listed
    assert found((listed + capsys.readouterr().out).encode() + on_disk(tmp_path)) == []
