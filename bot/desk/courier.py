"""Brings the desk its letters. What each of Telegram's refusals means for a letter is decided here.

A message without a contact may be sent twice, a notice must not be lost: an answer that does not come means
once more. A contact is only ever put into a message by an edit, which may be repeated without harm.
"""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot import logs
from bot.calls.pace import Pace
from bot.calls.telegram import Telegram, told_to_wait
from bot.desk.letters import CardLetter, Letter, NoticeLetter, letters
from bot.screens import render
from bot.screens.drawing import Tap
from bot.screens.pen import PLAIN, Pen
from conversations.desk.case import Role
from conversations.desk.sheet import Sheet
from conversations.scene import Scene
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import Vault

LATER = timedelta(minutes=30)  # before what Telegram refuses is tried again
SHUT = 300.0  # seconds in which a chat that blocked the bot is left alone
SHORTLY = 5.0  # seconds, after the network failed
EVERY = 5.0  # seconds: what becomes due by itself, or was left by a dead worker, is found within them


class Courier:
    """Runs until it is cancelled."""

    def __init__(self, telegram: Telegram, store: Store, vault: Vault, scene: Callable[[], Scene]) -> None:
        self._telegram = telegram
        self._store = store
        self._vault = vault
        self._scene = scene
        self._pen = Pen(telegram)
        self._taps: tuple[Tap, ...] = ()
        self._due = asyncio.Event()
        self._due.set()
        self._pace = Pace(lambda: asyncio.get_running_loop().time())

    def wake(self, taps: tuple[Tap, ...] = ()) -> None:
        """Something may be due; these taps of the staff want an answer."""
        self._taps += taps
        self._due.set()

    async def run(self) -> None:
        """Bring what is due, as fast as each chat allows."""
        while True:
            self._due.clear()
            try:
                wait = await self.round()
            except Exception as error:  # noqa: BLE001 — a full disk, a programme without rules for today…
                logs.warn("courier_failed", error)
                wait = SHORTLY
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._due.wait()

    async def round(self) -> float:
        """Bring each chat one letter; returns the seconds until there may be more."""
        scene = self._scene()
        due = await self._store.do(lambda kept: letters(kept, self._vault, scene), "letters")
        first = {letter.chat_id: letter for letter in reversed(due)}
        waits = {chat_id: self._pace.wait(chat_id) for chat_id in first}
        ready = [letter for chat_id, letter in first.items() if waits[chat_id] == 0]
        taps, self._taps = self._taps, ()
        await asyncio.gather(self._pen.answer(taps), *(self._bring(letter, scene) for letter in ready))
        later = [wait for wait in waits.values() if wait > 0]
        return 0 if ready else min([*later, EVERY])

    async def _bring(self, letter: Letter, scene: Scene) -> None:
        self._pace.count(letter.chat_id)
        try:
            if isinstance(letter, CardLetter):
                await self._bring_card(letter, scene)
            else:
                await self._bring_notice(letter)
        except RetryAfter as error:
            self._pace.pause(letter.chat_id, told_to_wait(error))
        except Forbidden:
            self._pace.pause(letter.chat_id, SHUT)
            await self._store.do(lambda kept: _shut_out(kept, letter, scene), "letter")
        except BadRequest as error:
            logs.warn("letter_refused", error)
            await self._store.do(lambda kept: _give_up(kept, letter, scene), "letter")
        except NetworkError:
            self._pace.pause(letter.chat_id, SHORTLY)

    async def _bring_card(self, letter: CardLetter, scene: Scene) -> None:
        card, store = letter.card, self._store
        if letter.farewell is not None and card.former_id is not None:
            await self._edit(letter.chat_id, card.former_id, letter.farewell)
            await store.do(lambda kept: kept.outbox.emptied(card), "letter")
        if letter.last:
            if card.message_id is not None:
                await self._edit(letter.chat_id, card.message_id, letter.sheet)
            await store.do(lambda kept: kept.outbox.drop(card), "letter")
        elif card.message_id is None:
            # A contact is not sent: the next round adds it to this message.
            shown = Sheet(letter.sheet.lines[:1]) if letter.shows_contact else letter.sheet
            sent = await self._send(letter.chat_id, shown)
            await store.do(
                lambda kept: kept.outbox.drawn(card, sent, whole=not letter.shows_contact), "letter"
            )
        elif await self._edit(letter.chat_id, card.message_id, letter.sheet):
            await store.do(lambda kept: kept.outbox.drawn(card, card.message_id), "letter")
        else:
            await store.do(lambda kept: _lost(kept, letter, scene), "letter")

    async def _bring_notice(self, letter: NoticeLetter) -> None:
        if letter.menu is not None:
            await self._set_menu(letter.chat_id, letter.menu)
        await self._send(letter.chat_id, letter.sheet)
        await self._store.do(lambda kept: _brought(kept, letter), "letter")

    async def _send(self, chat_id: int, sheet: Sheet) -> int:
        sent = await self._telegram.call(
            "sendMessage", chat_id=chat_id, protect_content=True, **_parameters(sheet)
        )
        return int(sent["message_id"])

    async def _edit(self, chat_id: int, message_id: int, sheet: Sheet) -> bool:
        """Whether the message shows the sheet now; False where it is gone."""
        try:
            await self._telegram.call(
                "editMessageText", chat_id=chat_id, message_id=message_id, **_parameters(sheet)
            )
        except BadRequest as error:
            return "not modified" in error.message
        return True

    async def _set_menu(self, chat_id: int, menu: Iterable[tuple[str, str]]) -> None:
        commands = [{"command": name, "description": what} for name, what in menu]
        scope = {"type": "chat", "chat_id": chat_id}
        method = "setMyCommands" if commands else "deleteMyCommands"
        listed = {"commands": commands} if commands else {}
        try:
            await self._telegram.call(method, scope=scope, **listed)
        except (BadRequest, Forbidden) as error:  # they can be typed all the same
            logs.warn("menu_not_set", error)


def _parameters(sheet: Sheet) -> dict[str, object]:
    return {
        "text": render.text(sheet),
        "parse_mode": "HTML",
        "link_preview_options": PLAIN,
        "reply_markup": render.keyboard(sheet),
    }


def _brought(kept: Transaction, letter: NoticeLetter) -> None:
    for notice in letter.notices:
        kept.outbox.sent(notice.id)
    for card in letter.cards:
        kept.outbox.listed(card)


def _lost(kept: Transaction, letter: CardLetter, scene: Scene) -> None:
    """She deleted the message: what is still open comes back in her time."""
    if letter.closed:
        kept.outbox.drop(letter.card)
    else:
        kept.outbox.lost(letter.card, kept.desk.in_her_time(scene))


def _give_up(kept: Transaction, letter: Letter, scene: Scene) -> None:
    """A letter that Telegram does not take as it is: it waits, and stops nothing else."""
    if isinstance(letter, CardLetter):
        kept.outbox.postpone(letter.card, scene.now + LATER)
    else:
        _brought(kept, letter)


def _shut_out(kept: Transaction, letter: Letter, scene: Scene) -> None:
    """Somebody blocked the bot or is gone: their letters wait, and the coordinator is told, once."""
    if kept.staff.member(letter.chat_id) is None:
        if isinstance(letter, CardLetter):
            kept.outbox.drop(letter.card)
        else:
            _brought(kept, letter)
        return
    for notice in letter.notices if isinstance(letter, NoticeLetter) else ():
        kept.outbox.put_off(notice.id, scene.now + LATER)
    if isinstance(letter, CardLetter):
        kept.outbox.postpone(letter.card, scene.now + LATER)
    if kept.staff.is_away(letter.chat_id, scene.now):
        for member in kept.staff.members(Role.COORDINATION):
            if member.chat_id != letter.chat_id:
                kept.outbox.tell(member.chat_id, "absente", kept.desk.in_her_time(scene))
