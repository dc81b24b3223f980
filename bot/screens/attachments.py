"""Files on their way to a phone: rendered aside, once, and known by Telegram's own id from then on."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from telegram import Message
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, TelegramError, TimedOut

from bot import logs
from bot.calls.telegram import Telegram
from bot.screens.loan_papers.picture import loan_picture
from bot.screens.loan_papers.table import Leaflet, loan_table
from conversations.handover.invitation import ics
from conversations.loan import in_cents, repayment_schedule
from conversations.screen import Invitation, LoanPaper
from conversations.words import Words
from storage.failpoints import failpoint

REMEMBERED = 500  # files whose id at Telegram is known


@dataclass(frozen=True, slots=True)
class _File:
    """What is sent: as a picture, or as a document under a name; and how its bytes are made."""

    caption: str
    name: str  # "" is a picture
    render: Callable[[], bytes]


class Attachments:
    """Sends files. `words` gives a language's sentences, `clock` the day a page is dated with."""

    def __init__(
        self, telegram: Telegram, words: Callable[[str], Words], clock: Callable[[], datetime]
    ) -> None:
        self._telegram = telegram
        self._words = words
        self._clock = clock
        self._ids: OrderedDict[LoanPaper | Invitation, str] = OrderedDict()
        # One thread: several side by side were measured to hold 30 MB more, and nobody waits less.
        self._aside = ThreadPoolExecutor(1, "render")

    async def send(self, chat_id: int, attachment: LoanPaper | Invitation) -> None:
        """Put the file into the chat. Raises RetryAfter, and NetworkError where it surely did not arrive.

        A lost answer is not repeated: the file may have arrived, and its button is still there.
        """
        try:
            sent = await self._sent(chat_id, attachment)
        except TimedOut:
            logs.tell("answer_lost")
        except Forbidden:
            logs.whisper("blocked")
        except BadRequest as error:
            logs.warn("refused", error)
        else:
            self._remember(attachment, sent)

    async def _sent(self, chat_id: int, attachment: LoanPaper | Invitation) -> Message:
        file = self._appointment(attachment) if isinstance(attachment, Invitation) else self._loan(attachment)
        content: str | bytes | None = self._ids.get(attachment)
        if content is None:
            await self._say_so(chat_id, file)
            content = await asyncio.get_running_loop().run_in_executor(self._aside, file.render)
        await self._telegram.rate.turn()
        failpoint("sendFile:asked")
        bot = self._telegram.bot
        if file.name:
            sent = await bot.send_document(chat_id, content, caption=file.caption, filename=file.name)
        else:
            sent = await bot.send_photo(chat_id, content, caption=file.caption)
        failpoint("sendFile:answered")
        return sent

    def _loan(self, paper: LoanPaper) -> _File:
        _ = self._words(paper.language)
        schedule = repayment_schedule(Decimal(paper.cents) / 100, paper.months, paper.rate)
        caption = _(
            "{amount} sur {months} : {instalment} par mois.",
            amount=_.euros(paper.cents),
            months=_.months(paper.months),
            instalment=_.euros(in_cents(schedule.instalment)),
        )
        if paper.form == "picture":
            return _File(caption, "", lambda: loan_picture(schedule, _, paper.legal))
        leaflet = Leaflet(
            paper.programme, paper.legal, paper.notes, paper.papers, paper.places, made=self._clock()
        )
        name = _("tableau-{amount}-euros-{months}-mois.pdf", amount=paper.cents // 100, months=paper.months)
        return _File(caption, name, lambda: loan_table(schedule, _, leaflet))

    def _appointment(self, invitation: Invitation) -> _File:
        return _File(invitation.title, f"{invitation.reference}.ics", lambda: ics(invitation))

    async def _say_so(self, chat_id: int, file: _File) -> None:
        """Show that something is coming. It is a kindness: where it fails, the file comes all the same."""
        coming = ChatAction.UPLOAD_DOCUMENT if file.name else ChatAction.UPLOAD_PHOTO
        try:
            await self._telegram.call("sendChatAction", chat_id=chat_id, action=coming)
        except TelegramError as error:
            logs.whisper("not_announced", type=type(error).__name__)

    def _remember(self, attachment: LoanPaper | Invitation, sent: Message) -> None:
        if file := sent.photo[-1] if sent.photo else sent.document:
            self._ids[attachment] = file.file_id
            self._ids.move_to_end(attachment)
        if len(self._ids) > REMEMBERED:
            self._ids.popitem(last=False)
