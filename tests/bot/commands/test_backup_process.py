"""Fault 18 as it will happen: an old backup is restored by an operator, and the bot started on it."""

import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import AHEAD
from conversations.desk.case import Role
from sandbox.clock import MovableClock
from sandbox.people import Person
from sandbox.server import TelegramServer
from sandbox.town import Town
from storage.beside import beside
from tests.bot.conftest import ROOT
from tests.bot.processes import environment
from tests.bot.test_canary_process import NAME, PATIENCE, acts, found, next_working_monday, on_disk, running
from tests.bot.test_request import ANSWERS

SPOKEN = {"sendMessage", "editMessageText"}


@pytest.fixture
async def server(town: Town) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(town.telegram) as server:
        yield server


def operator(env: dict[str, str], *typed: str) -> str:
    """What the operator reads after a command, which must not fail."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *typed], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def spoken(town: Town) -> list[tuple[str, object]]:
    """By what the bot has changed what somebody sees, and whose chat."""
    calls = town.telegram.ledger
    return [(call.method, call.parameters["chat_id"]) for call in calls if call.method in SPOKEN]


async def sends(resident: Person, name: str) -> None:
    """From the consent to the yes; what is typed lies in the conversation until then."""
    await acts(resident, "Être rappelé(e)", "J’accepte", name)
    resident.presses("Partager mon numéro")
    await resident.waits(within=PATIENCE, quiet=0.1)
    await acts(resident, "Par téléphone", "Peu importe")


@pytest.mark.sqlite
@pytest.mark.fault(18)
async def test_an_old_backup_starts_paused_delivers_nothing_again_and_brings_nobody_back(
    town: Town, server: TelegramServer, tmp_path: Path
) -> None:
    """Fault 18: an old backup restored starts paused; nothing is delivered again silently."""
    town.passes(next_working_monday() - datetime.now(UTC))
    clock = town.telegram.clock
    assert isinstance(clock, MovableClock)
    folder, old = tmp_path / "data", tmp_path / "old.db"
    folder.mkdir()
    env = environment(server.url, folder, **{AHEAD: str(clock.ahead.total_seconds())})
    anne, zoe = town.person("Anne"), town.person("Zoé", phone="33639980042")
    with beside(env["DATABASE_URL"]) as kept:
        kept.staff.invite("a" * 22, Role.REFERENTE, "", town.telegram.now().replace(year=2099))
    anne.starts("a" * 22)
    zoe.starts()
    with running(town, server, folder, "first"):
        await town.until(lambda: anne.reads() and zoe.reads(), "the start", PATIENCE)
        await acts(zoe, "Puis-je demander un microcrédit ?", *ANSWERS)
        await sends(zoe, NAME)
        assert "- 1 conversation\n" in operator(env, "backup", str(old))
        assert found(old.read_bytes()), "what she typed and has not sent yet is in the conversation"
        await acts(zoe, "Envoyer")
        await town.until(lambda: "Voir le contact" in anne.buttons(), "the notice", PATIENCE)
        await acts(zoe, "Annuler ma demande", "Oui, annuler ma demande")
        await town.until(lambda: "Voir le contact" not in anne.buttons(), "it is emptied", PATIENCE)

    told = operator(env, "restore", str(old))
    assert "Le bot est en pause" in told
    assert "- 0 écran d’habitant à montrer\n- 0 message pour l’équipe\n" in told
    for aside in folder.glob("*.before-restore-*"):
        aside.unlink()  # as the operator is told to do
    assert found(on_disk(folder)) == []

    before = spoken(town)
    with running(town, server, folder, "again"):
        zoe.says("/aide")
        await town.until(lambda: not len(town.telegram.queue), "it is taken in", PATIENCE)
        await town.settles(quiet=1.0)
        assert spoken(town) == before
        assert "« python -m bot resume »" in (folder / "again" / "err.txt").read_text()
        assert "- 1 geste reçu, à traiter" in operator(env, "resume")
        operator(env, "resume", "--oublier")
        await town.until(lambda: len(spoken(town)) > len(before), "she is answered", PATIENCE)
        await town.settles(quiet=0.5)
    assert {chat for _, chat in spoken(town)[len(before) :]} == {str(zoe.user.id)}
    assert zoe.sees("/effacer")
    assert found(on_disk(folder)) == []
