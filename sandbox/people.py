"""People as tests speak of them: Ann says, taps, shares her contact, reads. Acting only queues an update."""

from typing import TYPE_CHECKING, Any

from sandbox import waiting
from sandbox.telegram import Change, Chat, FakeTelegram, Message, User, What
from sandbox.telegram.arrivals import person_edits, person_sends, person_taps, standing_changes
from sandbox.telegram.belongings import belonging, contact_card
from sandbox.telegram.markup import utf16_length
from sandbox.telegram.messages import Media, Standing
from sandbox.telegram.words import TEXT_LIMIT
from sandbox.telegram.world import Tap
from sandbox.transcript import transcript

if TYPE_CHECKING:
    from sandbox.town import Group

_PLAIN = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "\u2011": "-"})
_BOT_DID = {What.SENT, What.EDITED, What.DELETED, What.TOAST, What.ALERT}


class CannotDoError(AssertionError):
    """Somebody was to do what their screen does not offer."""


class Person:
    """One resident, or the référente: an account, a phone and a private chat with the bot."""

    def __init__(self, telegram: FakeTelegram, user: User) -> None:
        self._telegram = telegram
        self.user = user
        self.chat: Chat = telegram.chats[user.id]
        self._seen = 0  # how much of the history there was when they last acted
        self._taps: list[Tap] = []

    # --- what they do ---

    def says(self, text: str, in_: "Group | None" = None) -> Message:
        """Type and send."""
        return self._sends(in_, text=text)

    def starts(self, source: str = "") -> Message:
        """Press Start, perhaps through a flyer's code."""
        return self.says(f"/start {source}".strip())

    def taps(self, label: str, on: Message | None = None, in_: "Group | None" = None) -> Tap:
        """Press the inline button of that label, on the newest message that carries it or on `on`.

        Typographic apostrophes and spaces may be written plainly.
        """
        chat = in_.chat if in_ else self.chat
        for message in [on] if on else self._living(chat):
            for button in (button for row in message.rows for button in row):
                if plain(button["text"]) == plain(label):
                    if "callback_data" not in button:
                        raise CannotDoError(f"{label!r} opens a page, it tells the bot nothing")
                    return self._taps_on(message, button["callback_data"], button["text"])
        raise CannotDoError(
            f"no button {label!r} among {[row for m in self._living(chat) for row in labels(m)]}"
        )

    def presses_twice(self, label: str) -> tuple[Tap, Tap]:
        """The same button twice, before the bot can answer."""
        on = next((m for m in self.living if plain(label) in map(plain, labels(m))), None)
        return self.taps(label, on), self.taps(label, on)

    def forges(self, data: str, on: Message | None = None) -> Tap:
        """Send callback data of their own making, as a modified client can, under any message."""
        message = on or self.screen
        if message is None:
            raise CannotDoError("there is no message of the bot to forge a tap on")
        return self._taps_on(message, data, f"forged: {data}")

    def presses(self, label: str) -> Message:
        """Press a key of the keyboard the bot put in place of the phone's own."""
        for key in (key for row in (self.chat.keyboard or {}).get("keyboard", []) for key in row):
            if plain(key["text"]) == plain(label):
                if self.chat.keyboard and self.chat.keyboard.get("one_time_keyboard"):
                    self.chat.keyboard = None
                return self.shares_contact() if key.get("request_contact") else self.says(key["text"])
        raise CannotDoError(f"no key {label!r} among {self.keyboard()}")

    def shares_contact(self) -> Message:
        """Share their own phone number."""
        return self._sends(media=contact_card(self.user))

    def shares_contact_of(self, other: "Person") -> Message:
        """Send somebody else's card from the address book."""
        return self._sends(media=contact_card(other.user))

    def forwards_contact_of(self, other: "Person") -> Message:
        """Forward a card that `other` (perhaps themselves) sent somewhere else."""
        origin = {"type": "user", "sender_user": other.user.as_json(), "date": 1_700_000_000}
        return self._sends(media=contact_card(other.user), extra={"forward_origin": origin})

    def sends_photo(self, caption: str = "") -> Message:
        """Send a photo."""
        return self._sends(text=caption, media=belonging(self._telegram.files, "photo"))

    def sends_voice(self) -> Message:
        """Send a voice message."""
        return self._sends(media=belonging(self._telegram.files, "voice"))

    def sends_sticker(self) -> Message:
        """Send a sticker."""
        return self._sends(media=belonging(self._telegram.files, "sticker"))

    def sends_document(self, caption: str = "") -> Message:
        """Send a document."""
        return self._sends(text=caption, media=belonging(self._telegram.files, "document"))

    def sends_location(self) -> Message:
        """Send where they are."""
        return self._sends(media=Media("location", {"latitude": 50.43, "longitude": 3.58}))

    def edits_message(self, message: Message, text: str) -> None:
        """Rewrite a message they sent."""
        self._acts()
        person_edits(self._telegram, message, text)

    def blocks_bot(self) -> None:
        """Block the bot."""
        standing_changes(self._telegram, self.chat, self.user, Standing.KICKED)

    def unblocks_bot(self) -> None:
        """Let the bot write again."""
        standing_changes(self._telegram, self.chat, self.user, Standing.MEMBER)

    def closes_account(self) -> None:
        """Leave Telegram: the bot is told at its next call only."""
        self.user.deactivated = True

    def deletes(self, message: Message) -> None:
        """Delete a message for both sides; Telegram tells the bot nothing of it."""
        self._telegram.remove(message)

    # --- what they see ---

    @property
    def screen(self) -> Message | None:
        """The newest message of the bot."""
        return next(reversed(self._bots(self.chat)), None)

    @property
    def living(self) -> list[Message]:
        """The messages that carry buttons, newest first."""
        return self._living(self.chat)

    def reads(self) -> str:
        """The newest message of the bot as plain text, "" when there is none."""
        return self.screen.text if self.screen else ""

    def sees(self, words: str) -> bool:
        """Whether these words are on the screen; apostrophes and spaces may be written plainly."""
        return plain(words) in plain(self.reads())

    def buttons(self) -> list[str]:
        """The labels under the newest message of the bot, in reading order."""
        return labels(self.screen) if self.screen else []

    def keyboard(self) -> list[str]:
        """The labels of the keyboard in place of the phone's own."""
        return [key["text"] for row in (self.chat.keyboard or {}).get("keyboard", []) for key in row]

    @property
    def toasts(self) -> list[str]:
        """The notices shown after taps, oldest first."""
        return [change.text for change in self.chat.history if change.what in (What.TOAST, What.ALERT)]

    def transcript(self) -> str:
        """The private chat as text."""
        return transcript(self.chat.history)

    # --- waiting ---

    async def waits(self, within: float = waiting.PATIENCE, quiet: float = waiting.QUIET) -> None:
        """Wait until something new is on their screen since they last acted, and the bot is idle again.

        Where the screen may stay as it is (a stale tap), `Town.settles` waits for the tap to be answered;
        where the bot may die before it answers, `Town.until` waits for whatever is to be seen.
        """
        await waiting.settled(
            self._telegram, self._was_answered, f"{self.user.first_name} gets an answer", within, quiet
        )

    def _was_answered(self) -> bool:
        changes: list[Change] = self.chat.history[self._seen :]
        return all(tap.answered or not tap.arrived for tap in self._taps) and any(
            change.what in _BOT_DID for change in changes
        )

    # --- the hands ---

    def _sends(
        self,
        in_: "Group | None" = None,
        text: str = "",
        media: Media | None = None,
        extra: dict[str, Any] | None = None,
    ) -> Message:
        if in_ is None and self.chat.standing is Standing.KICKED:
            raise CannotDoError(f"{self.user.first_name} blocked the bot and cannot write to it")
        if utf16_length(text) > TEXT_LIMIT:
            raise CannotDoError(f"no phone sends more than {TEXT_LIMIT} characters at once")
        self._acts()
        return person_sends(self._telegram, self.user, in_.chat if in_ else self.chat, text, media, extra)

    def _taps_on(self, message: Message, data: str, label: str) -> Tap:
        self._acts()
        tap = person_taps(self._telegram, self.user, message, data, label)
        self._taps.append(tap)
        return tap

    def _acts(self) -> None:
        self._seen = len(self.chat.history)
        self._taps = [tap for tap in self._taps if not tap.answered]

    def _bots(self, chat: Chat) -> list[Message]:
        return [message for message in chat.messages.values() if message.sender is self._telegram.me]

    def _living(self, chat: Chat) -> list[Message]:
        return [message for message in reversed(self._bots(chat)) if message.rows]


def labels(message: Message) -> list[str]:
    """The labels under a message, in reading order."""
    return [button["text"] for row in message.rows for button in row]


def plain(text: str) -> str:
    """Without typographic apostrophes and spaces."""
    return text.translate(_PLAIN)
