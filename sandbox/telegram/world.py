"""Everything the fake Telegram knows: people, chats, what waits for the bot, what the bot did."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sandbox.clock import Clock, system_clock
from sandbox.telegram.bell import Bell
from sandbox.telegram.changes import Change, Changes, What
from sandbox.telegram.faults import Faults
from sandbox.telegram.files import Files
from sandbox.telegram.ledger import Ledger
from sandbox.telegram.limits import Limits
from sandbox.telegram.messages import Chat, Kind, Message, User
from sandbox.telegram.profile import Profile
from sandbox.telegram.updates import UpdateQueue

TAP_ANSWERED_WITHIN = timedelta(seconds=15)  # later, a person's phone has given up


@dataclass(slots=True)
class Tap:
    """One press of an inline button. `message` is the one it was under."""

    id: str
    person: User
    message: Message
    data: str
    at: datetime
    arrived: bool = True  # false when it was lost on the way
    answered: bool = False


class World:
    """The state behind both doors. Nothing in it waits; time and chance are passed in."""

    def __init__(self, clock: Clock = system_clock, randomness: random.Random | None = None) -> None:
        self.clock = clock
        self.randomness = randomness or random.Random(0)  # noqa: S311 — the same ids in every run
        self.bell = Bell()
        self.changes = Changes()
        self.queue = UpdateQueue(clock, self.randomness, self.bell)
        self.ledger = Ledger(self.bell)
        self.faults = Faults(clock, self.queue.bell)
        self.limits = Limits(clock)
        self.files = Files()
        self.profile = Profile()
        self.me = User(7_000_000_001, "Microcrédit", "", username="microcredit_bot", is_bot=True)
        self.people: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.taps: dict[str, Tap] = {}  # those not answered yet
        self.newest_message_id = 0

    def now(self) -> datetime:
        """The time as this Telegram tells it."""
        return self.clock()

    def meet(self, first_name: str, language: str = "fr", **details: Any) -> User:
        """Open an account for somebody, with a private chat the bot does not know yet.

        Like most of today's ids, theirs does not fit into 32 bits.
        """
        user = User(6_500_000_000 + 17 * (len(self.people) + 1), first_name, language, **details)
        self.people[user.id] = user
        self.chats[user.id] = Chat(user.id, Kind.PRIVATE, person=user)
        return user

    def next_message_id(self, chat: Chat) -> int:
        """Private chats and small groups share the bot's own numbering; a supergroup has its own."""
        if chat.kind is Kind.SUPERGROUP:
            return max(chat.messages, default=0) + 1
        self.newest_message_id += 1
        return self.newest_message_id

    def skips_message_ids(self, up_to: int) -> None:
        """Give no id up to this one: they were given before, in a life this Telegram goes on with."""
        self.newest_message_id = max(self.newest_message_id, up_to)

    def put(self, message: Message, what: What) -> Message:
        """Keep a new message in its chat and tell of it."""
        message.chat.messages[message.id] = message
        if message.markup is not None and "inline_keyboard" not in message.markup:
            message.chat.keyboard = message.markup if "keyboard" in message.markup else None
        self.tell(what, message.chat, message)
        return message

    def remove(self, message: Message) -> None:
        """Take a message away for everybody and tell of it."""
        del message.chat.messages[message.id]
        self.tell(What.DELETED, message.chat, message)

    def tell(self, what: What, chat: Chat, message: Message | None = None, text: str = "") -> None:
        """Write a change into the history of its chat, and tell whoever listens."""
        change = Change(what, chat.id, self.now(), text=text)
        if message is not None:
            keyboard = (message.markup or {}).get("keyboard", [])
            change = Change(
                what,
                chat.id,
                self.now(),
                message.id,
                text or message.text,
                tuple(tuple(button["text"] for button in row) for row in message.rows),
                tuple(tuple(button["text"] for button in row) for row in keyboard),
                message.media.name if message.media else "",
            )
        chat.history.append(change)
        self.changes.tell(change)
        self.bell.ring()

    def new_tap(self, person: User, message: Message, data: str) -> Tap:
        """Write down a press of a button, under an id of its own."""
        tap = Tap(str(self.randomness.getrandbits(62)), person, message, data, self.now())
        self.taps[tap.id] = tap
        return tap

    def unanswered(self) -> list[Tap]:
        """The taps that reached the bot's queue and that it can still answer."""
        late = self.now() - TAP_ANSWERED_WITHIN
        return [tap for tap in self.taps.values() if tap.arrived and tap.at > late]
