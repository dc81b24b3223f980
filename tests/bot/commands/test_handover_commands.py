"""`invite`, `staff`, `keys rotate` and `attente`, as the operator types them, whether or not the bot runs."""

import io
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from bot.commands import invite, journal
from bot.contact_keys import FILE
from conversations.desk.case import Deed, Role
from conversations.handover.request import Consent, OpenRequest
from storage.beside import beside
from storage.keys import read_keys
from storage.store import Store
from storage.vault import Vault
from tests.bot.typed import run
from tests.conversations.talk import shipped
from tests.storage.desk import CANARY, CARD

PROGRAMME = Path(__file__).parents[3] / "programme.yaml"
ANNE = 11
SHOWN = "Zéphyrine Kanari"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, with settings; `getMe` is answered without a network."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:a-token-that-nobody-may-read")
    monkeypatch.setenv("PROGRAMME", str(PROGRAMME))
    monkeypatch.delenv("CONTACT_KEY", raising=False)

    async def name(_: object) -> str:
        return "microcredit_bot"

    monkeypatch.setattr(invite, "_name", name)
    return tmp_path


def database() -> str:
    return "sqlite:///data/microcredit.db"


def send(reference: str = "MC-7F3K") -> None:
    """A resident's request, sealed with the keys of this folder."""
    now = datetime.now(UTC)
    effect = OpenRequest(reference, CARD, CANARY, Consent("2026-11", now), date(2026, 11, 24), waiting=False)
    vault = Vault(read_keys(FILE))
    with beside(database()) as kept:
        assert kept.desk.open(501, effect, vault, shipped())


def test_an_invitation_is_a_link_that_lets_one_person_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("invite", "agent", "--commune", "Vieux-Condé") == 0
    link = re.search(r"https://t\.me/microcredit_bot\?start=([\w-]{22})\n", capsys.readouterr().out)
    assert link
    with beside(database()) as kept:
        member = kept.staff.accept(link[1], ANNE, datetime.now(UTC))
        assert member
        assert (member.role, member.commune) == (Role.AGENT, "vieux_conde")
        assert kept.staff.accept(link[1], 12, datetime.now(UTC)) is None


@pytest.mark.parametrize("typed", ["agent", "agent --commune Paris", "referente --commune conde"])
def test_an_agent_has_one_of_our_communes_and_nobody_else_has(typed: str) -> None:
    assert run("invite", *typed.split()) == 2


def test_members_are_listed_and_revoked_while_the_bot_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("invite", "referente") == 0
    link = re.search(r"start=([\w-]+)", capsys.readouterr().out)
    assert link
    store = Store(database())  # as the running bot holds it
    try:
        with beside(database()) as kept:
            kept.staff.accept(link[1], ANNE, datetime.now(UTC))
        assert run("staff") == 0
        assert capsys.readouterr().out == "11 referente\n"
        assert run("staff", "--retirer", "12") == 2
        assert run("staff", "--retirer", "11") == 0
        with beside(database()) as kept:
            assert kept.staff.members() == []
    finally:
        store.close()


def test_a_rotation_leaves_only_the_new_key_which_opens_everything(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("attente", "--pdf", "liste.pdf") == 0  # makes the first key, and says so
    assert "Sauvegardez" in capsys.readouterr().err
    send()
    former = read_keys(FILE)
    assert run("keys", "rotate") == 0
    new = read_keys(FILE)
    assert len(new) == 1
    assert new != former
    with beside(database()) as kept:
        request = kept.requests.get("MC-7F3K")
        assert request
        assert Vault(new).open(request.sealed, "MC-7F3K") == CANARY


def test_no_key_is_rotated_under_a_running_bot(capsys: pytest.CaptureFixture[str]) -> None:
    run("attente", "--pdf", "liste.pdf")
    store = Store(database())
    try:
        assert run("keys", "rotate") == 2
    finally:
        store.close()
    assert "déjà utilisée" in capsys.readouterr().err
    send()
    assert run("attente", "--pdf", "liste.pdf") == 0  # the key of before still opens


def test_a_key_from_the_environment_is_rotated_by_naming_both(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run("attente", "--pdf", "liste.pdf")
    send()
    old = FILE.read_text().strip()
    monkeypatch.setenv("CONTACT_KEY", old)
    assert run("keys", "rotate") == 2
    new = "A" * 43 + "="
    monkeypatch.setenv("CONTACT_KEY", f"{new},{old}")
    assert run("keys", "rotate") == 0
    monkeypatch.setenv("CONTACT_KEY", new)
    assert run("attente", "--pdf", "liste.pdf") == 0
    shown = capsys.readouterr()
    assert old not in shown.out + shown.err


def test_the_printed_list_holds_the_contacts_and_is_closed_to_others(here: Path) -> None:
    run("attente", "--pdf", "liste.pdf")
    send()
    file = here / "liste.pdf"
    file.chmod(0o644)
    assert run("attente", "--pdf", "liste.pdf") == 0
    text = PdfReader(io.BytesIO(file.read_bytes())).pages[0].extract_text()
    assert "Kanari" in text
    assert "+33639980042" in text
    assert "MC-7F3K" in text
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_journal_says_who_did_what_and_when_and_names_nobody(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("journal") == 0
    assert capsys.readouterr().out == "Le journal est vide.\n"
    run("attente", "--pdf", "liste.pdf")
    send("MC-7F3K")
    summer = datetime(2026, 7, 14, 22, 30, tzinfo=UTC)
    with beside(database()) as kept:
        kept.journal.write(Deed.REVEALED, "MC-7F3K", summer, ANNE)
        kept.journal.write(Deed.ENROLLED, "", summer, ANNE)
    capsys.readouterr()
    assert run("journal", "mc-7f3k") == 0
    received, shown = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d  MC-7F3K  demande reçue", received)
    assert shown == "2026-07-15 00:30  MC-7F3K  contact montré (membre 11)", "the hour of Paris, in summer"
    assert run("journal") == 0
    everything = capsys.readouterr().out
    assert everything.splitlines()[-1] == "2026-07-15 00:30  –        accès donné (membre 11)"
    assert "Kanari" not in everything
    assert run("journal", "MC-2222") == 2
    assert "MC-2222" in capsys.readouterr().err


def test_every_deed_has_its_words() -> None:
    assert set(journal.SAYS) == set(Deed)


def test_a_list_that_cannot_be_written_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("attente", "--pdf", "nulle/part.pdf") == 2
    assert "nulle/part.pdf ne peut pas être écrit" in capsys.readouterr().err


def test_with_another_key_nothing_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], here: Path
) -> None:
    run("attente", "--pdf", "liste.pdf")
    (here / "liste.pdf").unlink()
    send()
    monkeypatch.setenv("CONTACT_KEY", "A" * 43 + "=")
    assert run("attente", "--pdf", "liste.pdf") == 2
    assert not (here / "liste.pdf").exists()
    assert SHOWN not in capsys.readouterr().err
