"""One life of the bot, until it dies at a named place: from there on nothing leaves it any more.

Every call to Telegram and every commit passes a failpoint. Once one of them raises Dead, all of them do, in
whatever thread, so that the rest of the process may go on a little and changes nothing: that is a death.
"""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from typing import Any, Self
from unittest.mock import patch

from pydantic import SecretStr

from bot import logs
from bot.app import App
from bot.calls.telegram import Telegram
from bot.desk.mailbox import Mailbox
from conversations import catalogues
from sandbox.request import InProcessRequest
from storage.failpoints import watch
from storage.store import Store
from storage.vault import Vault
from tests.bot.conftest import ROOT, TOKEN, shipped
from tests.endurance.cast import PATIENCE, Cast

Story = Callable[[Cast, "Life"], Awaitable[None]]

_words = catalogues.load(ROOT / "locales")


class Dead(BaseException):
    """The process is not there any more."""


class Life:
    """A bot that runs while a story is played, and dies at `dies_at`, the first time it comes by.

    The place counts from the moment at which `armed` is set. `reached` are the places it came by until then.
    """

    def __init__(self, cast: Cast, dies_at: str | None, *, armed: bool) -> None:
        self.cast = cast
        self.reached: dict[str, None] = {}
        self.dead = False
        self.armed = armed
        self.said: list[str] = []  # what it logged
        self._dies_at = dies_at
        self._begun = {"getUpdates:asked", "resume:committed", "round:committed", "letters:committed"}
        self.app: App

    def plays(self, story: Story) -> bool:
        """Live until the story ends; False where death came first. Raises what the story raises."""
        with _quick(), _log(self.said), _silent_deaths():
            watch(self._reach)
            try:
                return asyncio.run(self._live(story))
            finally:
                watch(None)

    def _reach(self, name: str) -> None:
        if self.dead:
            raise Dead
        self._begun.discard(name)
        if not self.armed:
            return
        self.reached[name] = None
        if name == self._dies_at:
            self.dead = True
            self._loop.call_soon_threadsafe(self._over.set)
            raise Dead

    async def _live(self, story: Story) -> bool:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        self._loop.set_exception_handler(lambda *_: None)  # what dies half way through is no news here
        store = Store(self.cast.books.url)
        tasks: list[asyncio.Task[Any]] = []
        try:
            self.app = self._bot(store)
            bot = asyncio.create_task(self.app.poll(asyncio.Event()))
            over = asyncio.create_task(self._over.wait())
            play = asyncio.create_task(self._play(story))
            tasks = [bot, over, play]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if self.dead:
                return False
            if play.done():
                play.result()
                return True
            bot.result()
            raise AssertionError("the bot ended by itself")
        finally:
            self.dead = True  # whatever is left of it comes to nothing
            await _buried(tasks)
            store.close()

    async def _play(self, story: Story) -> None:
        if not self.armed:
            await self._begins()
            self.armed = True
        await story(self.cast, self)
        await self._begins()

    async def _begins(self) -> None:
        """Wait until the start is over and the bot is idle."""
        async with asyncio.timeout(PATIENCE):
            while self._begun:  # noqa: ASYNC110 — failpoints ring no bell
                await asyncio.sleep(0.001)
        await self.cast.settles()

    def _bot(self, store: Store) -> App:
        cast = self.cast
        telegram = Telegram(_Door(self), "https://telegram.test", SecretStr(TOKEN))
        vault, clock = Vault((cast.key,)), cast.town.telegram.clock
        chance, mailbox = (lambda: cast.chance.getrandbits(63)), _Mailbox.of(cast.mails)
        return App(telegram, store, shipped(), _words, clock, chance, vault, mailbox)


class _Door(InProcessRequest):
    """Closed once the bot is dead, for the few calls that pass no failpoint."""

    def __init__(self, life: Life) -> None:
        super().__init__(life.cast.town.telegram)
        self._life = life

    async def do_request(self, *given: Any, **named: Any) -> tuple[int, bytes]:
        if self._life.dead:
            raise Dead
        return await super().do_request(*given, **named)


class _Mailbox(Mailbox):
    """Keeps the subjects of the mails."""

    _mails: list[str]

    @classmethod
    def of(cls, mails: list[str]) -> Self:
        box = cls("127.0.0.1", 25, encrypted=False, sender="bot@ccas.test", recipient="anne@ccas.test")
        object.__setattr__(box, "_mails", mails)
        return box

    def post(self, message: EmailMessage) -> None:
        self._mails.append(str(message["Subject"]))


async def _buried(tasks: list[asyncio.Task[Any]]) -> None:
    """End everything that still runs: what waits for a thread that died would wait for ever."""
    me = asyncio.current_task()
    with suppress(Dead):
        while left := {task for task in asyncio.all_tasks() if task is not me}:
            for task in left:
                task.cancel()
            await asyncio.wait(left, timeout=0.01)
    for task in tasks:
        if not task.cancelled():
            task.exception()


@contextmanager
def _quick() -> Iterator[None]:
    """No waiting for Telegram's pace, nor before another try, no menus: nothing but time would be spent."""

    async def briefly(*_: object) -> None:
        await asyncio.sleep(0.001)

    with (
        patch("bot.calls.pace.Pace.wait", lambda *_: 0.0),
        patch("bot.turns.worker.SOON", 0.001),
        patch("bot.calls.patience.Patience.wait", briefly),
        patch("bot.app.set_profile", briefly),
        patch(
            "bot.app.App._pulse", lambda _: None
        ),  # it beats by the real clock, which goes on between lives
    ):
        yield


class _Said(logging.Handler):
    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self._said = said

    def emit(self, record: logging.LogRecord) -> None:
        fields = record.__dict__.get("fields", {})
        self._said.append(f"{record.levelname} {record.getMessage()} {fields}")


@contextmanager
def _log(said: list[str]) -> Iterator[None]:
    """Hear everything that the bot logs, at DEBUG."""
    logger, handler = logging.getLogger(logs.OURS), _Said(said)
    level, on = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = on


@contextmanager
def _silent_deaths() -> Iterator[None]:
    """A thread that dies here dies on purpose."""
    before = threading.excepthook

    def hook(args: threading.ExceptHookArgs) -> None:
        if not isinstance(args.exc_value, Dead):
            before(args)

    threading.excepthook = hook
    try:
        yield
    finally:
        threading.excepthook = before


def lives(cast: Cast, schedule: tuple[str, ...], story: Story) -> list[Life]:
    """Play the story through a life that dies at each of these places, and one that goes on to the end."""
    played: list[Life] = []
    for number, dies_at in enumerate((*schedule, None)):
        cast.gives_up()
        played.append(Life(cast, dies_at, armed=number > 0))
        if played[-1].plays(story):
            break
    return played
