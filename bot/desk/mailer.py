"""Mails each new request to the référente, without a name: what waits is known while Telegram is down.

A request that nobody has seen is mailed once, in her half-days. Its row says when the next attempt is due, so
a mail server that is down, or a stop between sending and writing down, means once more and never a loss.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial

from bot import logs
from bot.desk.mailbox import Mailbox
from conversations.desk.card import card_lines, heading, promised
from conversations.handover.request import Request
from conversations.scene import Scene
from storage.failpoints import failpoint
from storage.store import Store
from storage.transaction import Transaction

LATER = timedelta(minutes=5)  # until the next attempt
EVERY = 30.0  # seconds: what becomes due by itself is found within them


class Mailer:
    """Runs until it is cancelled. Telegram's letters go their own way and wait for none of this."""

    def __init__(self, mailbox: Mailbox, store: Store, scene: Callable[[], Scene]) -> None:
        self._mailbox = mailbox
        self._store = store
        self._scene = scene
        self._due = asyncio.Event()

    def wake(self) -> None:
        """There may be a new request."""
        self._due.set()

    async def run(self) -> None:
        """Mail what is due, now and whenever there is more."""
        while True:
            self._due.clear()
            try:
                await self.round()
            except Exception as error:  # noqa: BLE001 — no server, a refused password, a full disk: later again
                logs.warn("mail_not_sent", error)
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self._due.wait()

    async def round(self) -> None:
        """Mail every request that is due. Raises OSError at the first one that the server does not take."""
        scene = self._scene()
        for request in await self._store.do(lambda kept: _due(kept, scene), "mail"):
            failpoint("mail:asked")
            await asyncio.to_thread(self._mailbox.post, mail(request, scene, self._mailbox))
            failpoint("mail:answered")
            await self._store.do(partial(_mailed, reference=request.reference), "mailed")


def mail(request: Request, scene: Scene, mailbox: Mailbox) -> EmailMessage:
    """The notice of this request as a mail: what her card says, and nobody's name."""
    _ = scene.words("fr")
    message = EmailMessage()
    message["Subject"] = _("Microcrédit, demande {request}", request=heading(request, scene.programme, _))
    message["From"], message["To"] = mailbox.sender, mailbox.recipient
    message["Date"] = format_datetime(scene.now)
    # The same for the same request: what a stop made us send twice, most readers show once.
    message["Message-ID"] = f"<{request.reference}.{request.opened_at:%Y%m%d%H%M%S}@microcredit>"
    message["Auto-Submitted"] = "auto-generated"
    card = "\n".join(f"- {line.text}" for line in card_lines(request, scene)[1:])
    where = _(
        "Ce message ne dit ni le nom ni le numéro : ils s'ouvrent dans Telegram. "
        "S'il est en panne, l'informatique peut imprimer la liste."
    )
    message.set_content(f"{card}\n\n{promised(request, _)}\n\n{where}\n")
    return message


def _mailed(kept: Transaction, reference: str) -> None:
    kept.requests.mailed(reference)


def _due(kept: Transaction, scene: Scene) -> list[Request]:
    """What nobody has seen yet, in her half-days; taken, so that no other worker mails it too."""
    if not kept.desk.calendar(scene).at_work(scene.now):
        return []
    taken = [each.case.request for each in kept.requests.take_mail(scene.now, scene.now + LATER)]
    for request in taken:
        if request.seen_at is not None:  # Telegram was quicker
            kept.requests.mailed(request.reference)
    return [request for request in taken if request.seen_at is None]
