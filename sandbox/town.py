"""Where people live: gives out persons and groups, and waits for the bot."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

from sandbox import waiting
from sandbox.clock import MovableClock
from sandbox.people import Person
from sandbox.telegram import FakeTelegram
from sandbox.telegram.arrivals import standing_changes
from sandbox.telegram.changes import What
from sandbox.telegram.messages import Chat, Kind, Message, Standing


class Group:
    """A group chat. `bot` is in it once somebody added it."""

    def __init__(self, telegram: FakeTelegram, chat: Chat) -> None:
        self._telegram = telegram
        self.chat = chat

    def adds_bot(self, by: Person) -> None:
        """Somebody adds the bot."""
        standing_changes(self._telegram, self.chat, by.user, Standing.MEMBER)
        self._service(by, new_chat_members=[self._telegram.me.as_json()])

    def removes_bot(self, by: Person) -> None:
        """Somebody throws the bot out."""
        standing_changes(self._telegram, self.chat, by.user, Standing.KICKED)

    def becomes_supergroup(self, by: Person) -> "Group":
        """The group gets a new id; calls to the old one are answered with it."""
        new = Chat(self.chat.id - 10**12, Kind.SUPERGROUP, title=self.chat.title, standing=self.chat.standing)
        self._telegram.chats[new.id] = new
        self._service(by, migrate_to_chat_id=new.id)
        self.chat.migrated_to = new.id
        group = Group(self._telegram, new)
        group._service(by, migrate_from_chat_id=self.chat.id)
        return group

    def _service(self, by: Person, **extra: object) -> None:
        message = Message(
            self._telegram.next_message_id(self.chat), self.chat, by.user, self._telegram.now(), extra=extra
        )
        self._telegram.put(message, What.SAID)
        self._telegram.queue.add("message", message.as_json(), self.chat.id)


class Town:
    """People and groups around one bot."""

    def __init__(self, telegram: FakeTelegram | None = None) -> None:
        self.telegram = telegram or FakeTelegram(MovableClock())
        self._groups = count(1)

    def person(self, first_name: str, language: str = "fr", phone: str = "", **names: str) -> Person:
        """Somebody with a phone. `names` may hold `last_name` and `username`."""
        number = len(self.telegram.people)
        # 06 39 98 is kept free for fiction
        user = self.telegram.meet(first_name, language, phone=phone or f"3363998{number:04d}", **names)
        return Person(self.telegram, user)

    def group(self, title: str = "Voisins") -> Group:
        """A group; the bot is not in it yet."""
        chat = Chat(-4_000_000_000 - next(self._groups), Kind.GROUP, title=title)
        self.telegram.chats[chat.id] = chat
        return Group(self.telegram, chat)

    def arrives(self, body: str, kind: str = "message") -> None:
        """Any text as the inside of an update (`"message":{…}`), however malformed: a poisoned one."""
        self.telegram.queue.add_raw(kind, body, ("raw", body))

    def passes(self, time: timedelta) -> None:
        """Move the clock. Needs a `MovableClock`."""
        clock = self.telegram.clock
        if not isinstance(clock, MovableClock):
            raise TypeError("only a MovableClock can be moved")
        clock.moves(time)
        self.telegram.bell.ring()

    async def settles(self, within: float = waiting.PATIENCE, quiet: float = waiting.QUIET) -> None:
        """Wait until the bot is idle."""
        await waiting.settled(self.telegram, within=within, quiet=quiet)

    async def until(self, holds: Callable[[], object], what: str, within: float = waiting.PATIENCE) -> None:
        """Wait until something holds; `what` names it in the failure."""
        await waiting.until(self.telegram, holds, what, within)

    async def stays_silent(self, seconds: float = 0.3) -> None:
        """Check that the bot takes what waits for it and calls nothing."""
        await waiting.silent(self.telegram, seconds)
