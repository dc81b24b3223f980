"""One drawing on one phone: the calls to Telegram, and what each of its refusals means.

An edit may be repeated without harm. A message may not: when its answer is lost it may have arrived all the
same. Then it waits for the person's next act, and whatever they tap tells which message they see.
"""

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError, TimedOut

from bot import logs
from bot.calls.telegram import Telegram
from bot.screens import render
from bot.screens.attachments import Attachments
from bot.screens.drawing import Drawing, Tap
from bot.screens.keys import GONE, keys
from conversations.screen import Invitation, LoanPaper

PLAIN = {"is_disabled": True}  # no preview of a page under its address


class Pen:
    """Draws. Raises RetryAfter, and NetworkError for what may and should be tried again."""

    def __init__(self, telegram: Telegram, attachments: Attachments | None = None) -> None:
        """Without `attachments` screens come alone: staff are never sent a loan's papers."""
        self._telegram = telegram
        self._attachments = attachments
        self._brought: dict[int, int] = {}  # chat → the revision whose paper is there, its screen not yet

    async def draw(self, drawing: Drawing) -> int | None:
        """Put the screen on the phone. Returns the message that carries it now, None where unknown."""
        if drawing.screen.attachment is not None and self._attachments is not None:
            await self._bring(drawing, drawing.screen.attachment, self._attachments)
            living = await self._send(drawing)
            self._brought.pop(drawing.chat_id, None)
            return living
        if drawing.screen.keyboard is None and not drawing.record.below and await self._edit(drawing):
            return drawing.record.living
        return await self._send(drawing)

    async def answer(self, taps: tuple[Tap, ...]) -> None:
        """Answer each tap once: the wheel on its button stops turning."""
        for tap in taps:
            words = {"text": tap.bubble} if tap.bubble else {}
            try:
                await self._telegram.call("answerCallbackQuery", callback_query_id=tap.query, **words)
            except TelegramError as error:  # too late, or lost: it is not worth a second call
                logs.whisper("tap_unanswered", type=type(error).__name__)

    async def bare(self, chat_id: int, message_ids: tuple[int, ...]) -> None:
        """Take the buttons away from old messages; some cannot be changed any more. Raises RetryAfter."""
        for message_id in message_ids:
            try:
                await self._telegram.call("editMessageReplyMarkup", chat_id=chat_id, message_id=message_id)
            except RetryAfter:
                raise
            except TelegramError as error:
                logs.whisper("buttons_left", type=type(error).__name__)

    async def _bring(
        self, drawing: Drawing, attachment: LoanPaper | Invitation, attachments: Attachments
    ) -> None:
        """Send what goes above the screen, once even where the screen itself has to be tried again."""
        if self._brought.get(drawing.chat_id) != drawing.record.revision:
            await attachments.send(drawing.chat_id, attachment)
            self._brought[drawing.chat_id] = drawing.record.revision

    async def _take_keys_away(self, drawing: Drawing) -> None:
        """Say the few words that take the former screen's keys away. Lost or doubled, they do no harm."""
        words = {"text": render.displayable(drawing.screen.keys_gone), "reply_markup": GONE}
        try:
            await self._telegram.call("sendMessage", chat_id=drawing.chat_id, **words)
        except RetryAfter:
            raise
        except TelegramError as error:
            logs.whisper("keys_left", type=type(error).__name__)

    async def _edit(self, drawing: Drawing) -> bool:
        """Whether the living message shows the screen now."""
        try:
            await self._telegram.call(
                "editMessageText", message_id=drawing.record.living, **_parameters(drawing)
            )
        except Forbidden:
            logs.whisper("blocked")
        except BadRequest as error:
            # Otherwise it is gone, or too old to be changed: the screen is sent anew.
            return "not modified" in error.message
        return True

    async def _send(self, drawing: Drawing) -> int | None:
        if drawing.screen.keys_gone:
            await self._take_keys_away(drawing)
        try:
            sent = await self._telegram.call("sendMessage", **_parameters(drawing))
        except Forbidden:
            logs.whisper("blocked")  # until they speak again
        except BadRequest as error:
            logs.warn("refused", error)
        except TimedOut:
            logs.tell("answer_lost")
        else:
            return int(sent["message_id"])
        return None


def _parameters(drawing: Drawing) -> dict[str, object]:
    screen = drawing.screen
    return {
        "chat_id": drawing.chat_id,
        "text": render.text(screen),
        "parse_mode": "HTML",
        "link_preview_options": PLAIN,
        "reply_markup": keys(screen, screen.keyboard) if screen.keyboard else render.keyboard(screen),
    }
