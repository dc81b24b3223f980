"""`backup` and `restore`, as the operator types them: what comes back, what stays ended, what is refused."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from conversations.desk.case import Deed, Done, Role
from conversations.dialogue import Dialogue
from conversations.events import Said
from conversations.handover.request import (
    ChangeRequest,
    Consent,
    Contact,
    OpenRequest,
    Status,
    WithdrawRequest,
)
from conversations.step import begin
from storage.arrivals import Arrival
from storage.backup import Contents, back_up
from storage.beside import beside
from storage.keys import make_key, read_keys, write_keys
from storage.migrate import latest
from storage.records import Record
from storage.sqlite import open_sqlite
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import SealedError, Vault
from tests.bot.conftest import ROOT, TOKEN
from tests.bot.typed import run
from tests.conversations.talk import programme_file, shipped
from tests.storage.desk import CANARY, CARD

KEY = make_key()
ANNE, BEA, ZOE, YAN = 11, 12, 501, 502
NOW = datetime.now(UTC)
Told = Callable[[], str]
pytestmark = pytest.mark.sqlite


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database with today's tables, and nothing in it."""
    path = tmp_path_factory.mktemp("template") / "bot.db"
    Store(f"sqlite:///{path}").close()
    return path.read_bytes()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: bytes) -> None:
    """A folder of its own, with settings, a database and the key of the contacts."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("PROGRAMME", str(ROOT / "programme.yaml"))
    monkeypatch.delenv("CONTACT_KEY", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    write_keys(Path("data/contacts.key"), (KEY,))
    monkeypatch.setattr("bot.commands.restore.load_chosen", programme_file)
    DATABASE.touch(0o600)
    DATABASE.write_bytes(template)


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """What was printed since it was last asked."""

    def printed() -> str:
        shown = capsys.readouterr()
        return shown.out + shown.err

    return printed


DATABASE = Path("data/microcredit.db")
URL = f"sqlite:///{DATABASE}"


def do(work: Callable[[Transaction], object]) -> None:
    with beside(URL) as kept:
        work(kept)


def enrols(chat: int, role: Role = Role.REFERENTE) -> None:
    def enrol(kept: Transaction) -> None:
        kept.staff.invite("code", role, "", NOW + timedelta(minutes=15))
        assert kept.desk.welcome("code", chat, shipped())

    do(enrol)


def sends(reference: str, chat: int, contact: Contact = CANARY) -> None:
    effect = OpenRequest(reference, CARD, contact, Consent("2026-11", NOW), date(2026, 11, 24), waiting=False)
    do(lambda kept: kept.desk.open(chat, effect, Vault((KEY,)), shipped()))


def withdraws(reference: str, chat: int) -> None:
    do(lambda kept: kept.desk.withdraw(chat, WithdrawRequest(reference), shipped()))


def talks(chat: int, revision: int = 1, dialogue: Dialogue | None = None) -> None:
    record = Record(chat, dialogue or begin("fr"), NOW, revision, revision, living=1, heard=1)
    do(lambda kept: kept.dialogues.save([record]))


def rows(query: str) -> list[tuple[object, ...]]:
    engine = open_sqlite(URL)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]
    finally:
        engine.dispose()


def everything() -> dict[str, bytes]:
    """Every file of the installation."""
    return {str(path): path.read_bytes() for path in Path("data").rglob("*") if path.is_file()}


def kept_aside() -> list[Path]:
    return sorted(Path("data").glob("*.before-restore-*"))


# --- the backup ---


def test_a_backup_is_one_file_for_its_owner_that_says_what_it_holds_and_never_the_key(told: Told) -> None:
    sends("MC-AAAA", ZOE)
    talks(YAN)
    store = Store(URL)  # as the running bot holds it
    try:
        assert run("backup", "nuit.db") == 0
    finally:
        store.close()
    said = told()
    assert "- 1 conversation\n" in said
    assert "- 1 demande ouverte\n" in said
    assert "La clé des contacts n'y est pas" in said
    file = Path("nuit.db")
    assert file.stat().st_mode & 0o777 == 0o600
    assert KEY not in file.read_bytes()
    assert [path.name for path in Path().iterdir() if path.is_file()] == ["nuit.db"]


def test_a_backup_overwrites_only_what_it_is_told_to(told: Told) -> None:
    talks(ZOE)
    Path("nuit.db").write_text("something else")
    assert run("backup", "nuit.db") == 2
    assert Path("nuit.db").read_text() == "something else"
    assert run("backup", "nuit.db", "--remplacer") == 0
    assert "- 1 conversation\n" in told()


def test_a_backup_of_nothing_or_into_nowhere_is_refused_in_french(told: Told) -> None:
    DATABASE.unlink()
    assert run("backup", "nuit.db") == 2
    assert "ne peut pas être lu" in told()
    talks(ZOE)
    assert run("backup", "nowhere/nuit.db") == 2
    assert "ne peut pas être écrite" in told()
    assert not Path("nuit.db").exists()


# --- what comes back ---


def test_on_a_new_machine_everything_comes_back_and_rests(told: Told) -> None:
    enrols(ANNE)
    sends("MC-AAAA", ZOE)
    talks(YAN)
    run("backup", "nuit.db")
    DATABASE.unlink()
    told()
    assert run("restore", "nuit.db") == 0
    said = told()
    assert "Il n'y avait pas de base à remplacer" in said
    assert "- 2 messages pour l’équipe" in said, "a card and a welcome"
    assert back_up(URL, Path("again.db")) == Contents(latest(), 1, 1)
    with beside(URL) as kept:
        assert kept.pause.since() is not None
        request = kept.requests.get("MC-AAAA")
        assert request is not None
        assert Vault((KEY,)).open(request.sealed, "MC-AAAA") == CANARY


def test_the_work_of_the_desk_goes_back_and_what_residents_did_since_stays(told: Told) -> None:
    enrols(ANNE)
    sends("MC-AAAA", ZOE)
    talks(ZOE, revision=3)
    run("backup", "nuit.db")
    talks(ZOE, revision=7)
    talks(YAN)
    sends("MC-BBBB", YAN)
    do(lambda kept: closes(kept, "MC-AAAA"))
    assert run("restore", "nuit.db") == 0
    assert "1 demande a changé depuis" in told()
    assert rows("select reference, status from request order by 1") == [
        ("MC-AAAA", "transmise"),
        ("MC-BBBB", "transmise"),
    ]
    assert rows("select chat_id, revision from dialogue order by 1") == [(ZOE, 7), (YAN, 1)]


# --- what stays ended: fault 18 ---


@pytest.mark.fault(18)
def test_what_was_withdrawn_since_is_destroyed_again_and_is_in_no_file(told: Told) -> None:
    """Fault 18: an old backup resurrects nobody who took their request back."""
    sends("MC-AAAA", ZOE)
    sends("MC-BBBB", YAN)
    run("backup", "nuit.db")
    box = rows("select box from request where reference = 'MC-AAAA'")[0][0]
    assert isinstance(box, bytes)
    withdraws("MC-AAAA", ZOE)
    assert run("restore", "nuit.db") == 0
    assert "- 1 demande effacée depuis l’a été de nouveau\n" in told()
    assert rows("select reference from request") == [("MC-BBBB",)]
    deeds = rows("select deed from journal where reference = 'MC-AAAA' order by id")
    assert deeds == [(Deed.OPENED.value,), (Deed.WITHDRAWN.value,)]
    for aside in kept_aside():
        aside.unlink()
    assert all(box not in content for content in everything().values())


def test_a_conversation_erased_since_is_erased_again(told: Told) -> None:
    talks(ZOE)
    talks(YAN)
    run("backup", "nuit.db")
    do(lambda kept: kept.dialogues.erase([ZOE]))
    assert run("restore", "nuit.db") == 0
    assert "- 1 conversation effacée depuis l’a été de nouveau\n" in told()
    assert rows("select chat_id from dialogue") == [(YAN,)]


def test_an_access_taken_away_since_stays_taken_away_and_one_given_stays_given() -> None:
    enrols(ANNE)
    run("backup", "nuit.db")
    do(lambda kept: kept.desk.dismiss(ANNE, NOW))
    enrols(BEA)
    assert run("restore", "nuit.db") == 0
    assert rows("select chat_id from staff") == [(BEA,)]
    assert rows("select count(*) from invitation") == [(0,)]


def test_what_was_handled_is_known_and_what_waits_still_waits() -> None:
    taken = [Arrival(number, ZOE, 1, Said("bonjour")) for number in (1, 2, 3)]
    do(lambda kept: kept.inbox.accept(taken[:1], (), NOW))
    run("backup", "nuit.db")
    do(lambda kept: kept.inbox.end([1]))
    do(lambda kept: kept.inbox.accept(taken[1:], (), NOW))
    do(lambda kept: kept.inbox.end([2]))
    assert run("restore", "nuit.db") == 0
    assert rows("select update_id, state from inbox order by 1") == [(1, "done"), (2, "done"), (3, "waiting")]


@pytest.mark.fault(18)
def test_what_left_since_is_not_sent_again_and_what_did_not_still_is(told: Told) -> None:
    """Fault 18: nothing is delivered again, silently or not."""
    enrols(ANNE)
    sends("MC-AAAA", ZOE)
    do(lambda kept: kept.outbox.tell(ZOE, "nouvelle:prise", NOW, "MC-AAAA"))
    run("backup", "nuit.db")

    def leave(kept: Transaction) -> None:
        for notice in kept.outbox.due(NOW + timedelta(days=9)):
            kept.outbox.sent(notice.id)
        [card] = kept.outbox.undrawn(NOW + timedelta(days=9))
        kept.outbox.drawn(card, 77)

    do(leave)
    told()
    assert run("restore", "nuit.db") == 0
    said = told()
    assert "- 0 message pour l’équipe\n" in said
    assert "- 1 fiche à mettre à jour, sans bruit\n" in said
    assert "- 1 nouvelle pour un habitant\n" in said
    assert rows("select message_id from desk_card") == [(77,)]


def test_leads_are_counted_once_whatever_is_restored() -> None:
    run("backup", "nuit.db")
    with open_sqlite(URL).begin() as connection:
        connection.execute(text("insert into stop_count values ('2026-11', '1', 'age', 3)"))
    assert run("restore", "nuit.db") == 0
    assert rows("select count from stop_count") == [(3,)]


def test_who_has_sent_another_one_since_keeps_it_and_the_former_stays_closed() -> None:
    sends("MC-AAAA", ZOE)
    run("backup", "nuit.db")
    do(lambda kept: closes(kept, "MC-AAAA"))
    sends("MC-BBBB", ZOE)
    assert run("restore", "nuit.db") == 0
    assert rows("select reference, status from request order by 1") == [
        ("MC-AAAA", "close"),
        ("MC-BBBB", "transmise"),
    ]


def test_a_contact_taken_back_from_an_agent_stays_taken_back() -> None:
    enrols(ANNE)
    sends("MC-AAAA", ZOE)
    do(lambda kept: passes_to(kept, "MC-AAAA", CARD.commune))
    run("backup", "nuit.db")
    do(lambda kept: passes_to(kept, "MC-AAAA", ""))
    assert run("restore", "nuit.db") == 0
    with beside(URL) as kept:
        request = kept.requests.get("MC-AAAA")
        assert request is not None
        assert request.case.with_agent_of == ""


def test_a_number_that_was_corrected_since_stays_corrected() -> None:
    sends("MC-AAAA", ZOE)
    run("backup", "nuit.db")
    new = Contact("Zoé", "+33639980007")
    change = ChangeRequest("MC-AAAA", None, new)
    do(lambda kept: kept.desk.change(ZOE, change, Vault((KEY,)), shipped()))
    assert run("restore", "nuit.db") == 0
    with beside(URL) as kept:
        request = kept.requests.get("MC-AAAA")
        assert request is not None
        assert Vault((KEY,)).open(request.sealed, "MC-AAAA") == new


def closes(kept: Transaction, reference: str) -> None:
    request = kept.requests.get(reference)
    assert request is not None
    closed = replace(request.case.request, status=Status.CLOSED, closed_at=NOW)
    assert kept.requests.change(request, replace(request.case, request=closed), None)


def passes_to(kept: Transaction, reference: str, commune: str) -> None:
    """The référente passes a request on to the agent of that commune; "": she takes it back."""
    request = kept.requests.get(reference)
    assert request is not None
    passed = replace(request.case, request=replace(request.case.request, passed_to=commune))
    deed = Deed.PASSED if commune else Deed.TAKEN_BACK
    assert kept.desk.follow(request, Done(passed, deed=deed), None, shipped())


# --- what cannot be read, what is refused ---


def test_a_database_of_another_version_still_says_what_ended(told: Told) -> None:
    enrols(ANNE)
    sends("MC-AAAA", ZOE)
    talks(ZOE)
    talks(YAN)
    run("backup", "nuit.db")
    withdraws("MC-AAAA", ZOE)
    do(lambda kept: kept.desk.dismiss(ANNE, NOW))
    talks(ZOE, revision=2)
    with open_sqlite(URL).begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9998'"))
    assert run("restore", "nuit.db") == 0
    said = told()
    assert "d'une autre version" in said
    assert "- 1 demande effacée depuis l’a été de nouveau\n" in said
    assert rows("select count(*) from request") == [(0,)]
    assert "- 1 accès retiré depuis l’a été de nouveau\n" in said
    assert rows("select count(*) from staff") == [(0,)]
    assert rows("select chat_id from dialogue") == [(YAN,)], "the other's answers may hold a contact"


def test_a_damaged_database_still_says_what_ended(told: Told) -> None:
    sends("MC-AAAA", ZOE)
    many = [Record(number, begin("fr"), NOW, 1, 1, living=1) for number in range(1000, 1500)]
    do(lambda kept: kept.dialogues.save(many))
    run("backup", "nuit.db")
    withdraws("MC-AAAA", ZOE)
    content = bytearray(DATABASE.read_bytes())
    page = content.rindex(str(rows("select state from dialogue")[0][0]).encode()) // 4096 * 4096
    content[page : page + 4096] = os.urandom(4096)
    DATABASE.write_bytes(content)
    assert run("restore", "nuit.db") == 0
    said = told()
    assert "est abîmée" in said
    assert "conversations effacées depuis n'ont pas pu être lues" in said
    assert "- 1 demande effacée depuis l’a été de nouveau\n" in said
    assert rows("select count(*) from request") == [(0,)]
    [aside] = kept_aside()
    assert aside.read_bytes() == content


def test_where_nothing_can_be_read_that_is_said_and_the_file_is_kept(told: Told) -> None:
    sends("MC-AAAA", ZOE)
    run("backup", "nuit.db")
    DATABASE.write_bytes(b"lost " * 9999)
    assert run("restore", "nuit.db") == 0
    said = told()
    assert "ne peut pas être lue" in said
    assert "est donc revenu" in said
    [aside] = kept_aside()
    assert aside.read_bytes() == b"lost " * 9999
    assert aside.stat().st_mode & 0o777 == 0o600
    assert str(aside) in said


def damaged(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4096] = bytes(4096)
    file.write_bytes(content)


def torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: -3 * 4096])


def foreign(file: Path) -> None:
    file.unlink()
    with open_sqlite(f"sqlite:///{file}").begin() as connection:
        connection.execute(text("create table recipe (name text)"))


def newer(file: Path) -> None:
    with open_sqlite(f"sqlite:///{file}").begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))


@pytest.mark.parametrize(
    "spoil", [damaged, torn, foreign, newer, Path.unlink, lambda file: file.write_text("?")]
)
def test_what_is_no_sound_backup_is_refused_and_nothing_has_changed(
    spoil: Callable[[Path], object], told: Told
) -> None:
    sends("MC-AAAA", ZOE)
    many = [Record(number, begin("fr"), NOW, 1, 1, living=1) for number in range(500)]
    do(lambda kept: kept.dialogues.save(many))
    run("backup", "nuit.db")
    spoil(Path("nuit.db"))
    before = everything()
    told()
    assert run("restore", "nuit.db") == 2
    assert told().count("\n") == 1
    assert everything() == before


@pytest.mark.parametrize("place", ["restore.carry_over", "restore.os.link", "files.put"])
def test_a_restore_that_dies_leaves_the_database_as_it_was_and_is_done_again(
    place: str, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    sends("MC-AAAA", ZOE)
    run("backup", "nuit.db")
    withdraws("MC-AAAA", ZOE)

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(f"storage.{place}", dies)
        patched.setattr("bot.commands.restore.now", lambda: NOW)
        with pytest.raises(KeyboardInterrupt):
            run("restore", "nuit.db")
    assert rows("select count(*) from request") == [(0,)]
    with beside(URL) as kept:
        assert kept.pause.since() is None
    monkeypatch.setattr("bot.commands.restore.now", lambda: NOW + timedelta(minutes=1))
    assert run("restore", "nuit.db") == 0
    assert "- 1 demande effacée depuis" in told()


def test_a_restore_is_refused_while_the_bot_runs(told: Told) -> None:
    talks(ZOE)
    run("backup", "nuit.db")
    store = Store(URL)
    try:
        assert run("restore", "nuit.db") == 2
    finally:
        store.close()
    assert "déjà utilisée" in told()
    assert kept_aside() == []


def test_without_the_key_of_its_time_the_contacts_do_not_open_and_that_is_said(told: Told) -> None:
    sends("MC-AAAA", ZOE)
    run("backup", "nuit.db")
    write_keys(Path("data/contacts.key"), (make_key(),))
    assert run("restore", "nuit.db") == 0
    assert "1 contact ne s’ouvre pas avec la clé actuelle" in told()


def test_a_key_that_cannot_be_used_is_said_before_anything_is_done(told: Told) -> None:
    sends("MC-AAAA", ZOE)
    run("backup", "nuit.db")
    Path("data/contacts.key").chmod(0o644)
    before = everything()
    assert run("restore", "nuit.db") == 2
    assert "chmod 600" in told()
    assert everything() == before


def test_of_a_backup_made_before_a_purge_noise_is_left_once_the_key_of_its_day_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sends("MC-AAAA", ZOE)
    run("backup", "nuit.db")
    content = Path("nuit.db").read_bytes()
    assert all(canary.encode() not in content for canary in ("Zéphyrine", "Kanari", "639980042"))
    withdraws("MC-AAAA", ZOE)
    assert run("keys", "rotate") == 0
    monkeypatch.setenv("DATABASE_URL", "sqlite:///elsewhere.db")  # where nothing knows of the purge
    assert run("restore", "nuit.db") == 0
    with beside("sqlite:///elsewhere.db") as kept:
        [request] = kept.requests.open()
        with pytest.raises(SealedError):
            Vault(read_keys(Path("data/contacts.key"))).open(request.sealed, "MC-AAAA")
