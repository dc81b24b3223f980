"""What systemd is told: that the bot is ready, that it lives, that it ends. Elsewhere nobody listens.

A bot that says nothing for too long is restarted. So it speaks only while its loop and its writer answer.
"""

import asyncio
import os
import socket
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from storage.store import Store


def notify(state: str) -> None:
    """Tell systemd, if it asked to be told (sd_notify(3))."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):  # a name without a file
        address = "\0" + address[1:]
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
        to.connect(address)
        to.sendall(state.encode())


async def feed(store: Store) -> None:
    """Feed the watchdog, if there is one, three times as often as it asks for."""
    every = int(os.environ.get("WATCHDOG_USEC", "0")) / 1_000_000 / 3
    while every:
        with suppress(SQLAlchemyError):  # it did answer, and a restart opens no locked database
            await store.do(lambda _: None, "watchdog")
        notify("WATCHDOG=1")
        await asyncio.sleep(every)
