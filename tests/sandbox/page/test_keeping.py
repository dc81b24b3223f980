"""The phones of one run are on the desk of the next, until somebody wants to begin anew."""

import json
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.clock import MovableClock
from sandbox.page import BotProcess, Desk, Folder, FolderInUseError, Role, views
from sandbox.page.keeping import APART
from sandbox.server import TelegramServer
from sandbox.telegram import FakeTelegram, Upload
from sandbox.town import Town
from tests.sandbox.conftest import NOON


def desk() -> Desk:
    town = Town(FakeTelegram(MovableClock(lambda: NOON)))
    bot = BotProcess(("true",), dict, Path(os.devnull))
    return Desk(town, TelegramServer(town.telegram), bot, [], lambda _: [])


async def call(desk: Desk, method: str, files: Mapping[str, Upload] | None = None, **values: object) -> int:
    given = {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}
    answer = await desk.telegram.call(method, given, files)
    assert answer.status == 200, answer.body
    number: int = json.loads(answer.body)["result"]["message_id"]
    return number


@pytest.fixture
async def played() -> Desk:
    played = desk()
    ann = played.add("Ann", "fr").person
    played.add("Claire", "fr", Role.REFERENTE)
    ann.starts("garage")
    ann.shares_contact()
    rows = [[{"text": "Oui", "callback_data": "yes"}]]
    await call(
        played, "sendMessage", chat_id=ann.chat.id, text="<b>Oui ?</b>", parse_mode="HTML",
        reply_markup={"inline_keyboard": rows}, protect_content=True,
    )  # fmt: skip
    paper = {"document": Upload("papier.pdf", b"%PDF-1.4", "application/pdf")}
    await call(played, "sendDocument", paper, chat_id=ann.chat.id, reply_markup={"keyboard": [["Non"]]})
    played.town.passes(timedelta(days=3))
    return played


def test_what_was_on_the_phones_is_there_again(tmp_path: Path, played: Desk) -> None:
    Folder(tmp_path).save(played)
    again = desk()
    assert Folder(tmp_path / "other").restore(again) is False
    folder = _reopened(tmp_path)
    assert folder.restore(again)

    assert views.whole(again) == views.whole(played)
    ann, before = next(iter(again.phones.values())).person, next(iter(played.phones.values())).person
    assert ann.transcript() == before.transcript()
    document = next(message.media for message in reversed(ann.chat.messages.values()) if message.media)
    assert again.telegram.files.content_of(document) == b"%PDF-1.4"


def test_no_message_id_is_given_twice(tmp_path: Path, played: Desk) -> None:
    Folder(tmp_path).save(played)
    again = desk()
    _reopened(tmp_path).restore(again)
    ann = next(iter(again.phones.values())).person
    assert ann.says("bonjour").id > played.telegram.newest_message_id + APART


def test_a_fresh_start_forgets_the_database_too(tmp_path: Path, played: Desk) -> None:
    Folder(tmp_path).save(played)
    (tmp_path / "bot.db").touch()
    folder = _reopened(tmp_path, fresh=True)
    assert not folder.restore(desk())
    assert [entry.name for entry in tmp_path.iterdir()] == ["lock"]


def test_what_another_version_wrote_is_forgotten_with_its_database(tmp_path: Path) -> None:
    (tmp_path / "phones.json").write_text('{"phones": "many"}')
    (tmp_path / "bot.db").touch()
    assert not Folder(tmp_path).restore(desk())
    assert not (tmp_path / "bot.db").exists()


def test_a_folder_belongs_to_one_process(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with pytest.raises(FolderInUseError, match="tourne déjà"):
        Folder(tmp_path)
    assert folder.path == tmp_path


def _reopened(path: Path, *, fresh: bool = False) -> Folder:
    """The folder in the hands of a new process: the claim of the former one is gone."""
    (path / "lock").unlink()
    return Folder(path, fresh=fresh)
