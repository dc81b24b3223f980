"""The page without a bot: tests say themselves what the bot would do, in a thread beside the browser."""

import asyncio
import json
from collections.abc import Coroutine
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from sandbox.clock import MovableClock
from sandbox.page import BotProcess, Desk, Flyer, Page, Role
from sandbox.server import TelegramServer
from sandbox.telegram import FakeTelegram, Upload
from sandbox.town import Town

T = TypeVar("T")


class Stage:
    """A desk with two phones and nobody behind them."""

    def __init__(self, folder: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever)
        self._thread.start()
        town = Town(FakeTelegram(MovableClock()))
        nobody = BotProcess(("true",), dict, folder / "bot.log")
        self.desk = Desk(town, TelegramServer(town.telegram), nobody, [Flyer("gare", "Gare")], lambda _: [])
        self.lina = self.desk.add("Lina", "fr").person
        self.desk.add("Claire", "fr", Role.REFERENTE)
        self.page = Page(self.desk)
        self.does(self.page.open("127.0.0.1", 0))
        self.does(self._begins())

    def bot(self, method: str, files: dict[str, Upload] | None = None, **parameters: object) -> Any:
        """Call a method of the Bot API, about the chat with Lina unless it is about a tap; its result."""
        chat = {} if "callback_query_id" in parameters else {"chat_id": self.lina.chat.id}
        given = {**chat, **parameters}
        values = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()
        }
        answer = self.does(self.desk.telegram.call(method, values, files))
        assert answer.status == 200, answer.body
        return json.loads(answer.body)["result"]

    def does(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something where the page runs."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def close(self) -> None:
        """End the page and its thread."""
        self.does(self.page.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _begins(self) -> None:
        self.lina.starts()
