"""The one place that puts the parts together. Tests and the command line start the same bot from here."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime
from typing import Any

from bot.calls.profile import set_profile
from bot.calls.telegram import Telegram
from bot.clock import Clock, real
from bot.desk.courier import Courier
from bot.desk.mailbox import Mailbox
from bot.desk.mailer import Mailer
from bot.incoming.apology import Apology
from bot.incoming.groups import Groups
from bot.incoming.intake import Intake
from bot.incoming.polling import Polling
from bot.screens.attachments import Attachments
from bot.screens.drawing import Tap
from bot.screens.pen import Pen
from bot.settings import Endpoint
from bot.turns.rest import Rest
from bot.turns.turn import Chance
from bot.turns.worker import Worker
from bot.watch import systemd
from bot.watch.clockwork import Clockwork
from conversations.programme.load import ProgrammeFile
from conversations.scene import PARIS, Scene
from conversations.words import Words
from storage.arrivals import Arrival
from storage.store import Store
from storage.vault import Vault


class App:
    """The running bot. What it is made of is handed in, the clock and chance too."""

    def __init__(  # noqa: PLR0913, PLR0917 — the parts, once, in the place where they meet
        self,
        telegram: Telegram,
        store: Store,
        programme: ProgrammeFile,
        catalogues: Mapping[str, Words],
        clock: Clock,
        chance: Chance,
        vault: Vault,
        mailbox: Mailbox | None = None,
        awake: Clock = real,
    ) -> None:
        """`awake` is the real clock, whatever hour `clock` shows."""
        self._telegram = telegram
        self._store = store
        self._programme = programme
        self._catalogues = catalogues
        self._clock = clock
        self._awake = awake
        self._courier = Courier(telegram, store, vault, self.scene)
        papers = Attachments(telegram, lambda language: self.scene().words(language), clock)
        self._mailer = None if mailbox is None else Mailer(mailbox, store, self.scene)
        self._worker = Worker(store, Pen(telegram, papers), self.scene, chance, vault, self._desk_changed)
        self._rest = Rest(store, Pen(telegram), catalogues)
        self._intake = Intake(
            store, clock, self._arrived, Groups(telegram).leave, Apology(telegram, catalogues)
        )
        self.clockwork = Clockwork(store, self.scene, self._pulse, self._ticked)

    def _arrived(self, arrivals: Sequence[Arrival]) -> None:
        self._worker.wake()
        self._rest.tell(arrivals)

    def _ticked(self, workers: int) -> None:
        self._telegram.rate.share(workers)
        self._worker.wake()
        self._desk_changed(())

    def _pulse(self) -> datetime | None:
        return None if self._telegram.away else self._awake()

    def _desk_changed(self, taps: tuple[Tap, ...]) -> None:
        self._courier.wake(taps)
        if self._mailer is not None:
            self._mailer.wake()

    def scene(self) -> Scene:
        """The world as it is now. Raises ProgrammeError where no rules are in force today."""
        now = self._clock()
        return Scene(self._programme.at(now.astimezone(PARIS).date()), self._catalogues, now)

    async def poll(self, stop: asyncio.Event, health_port: int | None = None) -> None:
        """Run on long polling until `stop` is set; a monitor may ask at this port of this machine.

        Raises TokenRefusedError and SettingsError, each in an exception group.
        """
        door: AbstractAsyncContextManager[object] = nullcontext()
        if health_port is not None:
            from bot.incoming.door import Door  # late: without it `run` carries no HTTP server
            from bot.watch.health import Health

            health = Health(self._telegram, self._store, self._clock)
            door = Door(Endpoint("127.0.0.1", health_port), health.answers)
        await self._live(stop, Polling(self._telegram, self._intake).run, door)

    async def serve(self, stop: asyncio.Event, url: str, at: Endpoint) -> None:
        """Run on the webhook until `stop` is set. `url` is what Telegram knows, `at` is where we listen.

        Raises TokenRefusedError and SettingsError, each in an exception group.
        """
        from bot.incoming.door import Door  # late: as above
        from bot.incoming.webhook import PATH, Webhook
        from bot.watch.health import Health

        webhook = Webhook(self._telegram, self._intake, url)
        health = Health(self._telegram, self._store, self._clock)
        await self._live(stop, webhook.run, Door(at, {PATH: webhook.answer, **health.answers}))

    async def _live(
        self,
        stop: asyncio.Event,
        source: Callable[[], Coroutine[Any, Any, None]],
        door: AbstractAsyncContextManager[object],
    ) -> None:
        """Do everything there is to do, with updates from this source, until `stop` is set."""
        async with self._telegram, asyncio.TaskGroup() as tasks:
            running = [
                tasks.create_task(self._work()),
                tasks.create_task(source()),
                tasks.create_task(set_profile(self._telegram, self._catalogues)),
                tasks.create_task(systemd.feed(self._store)),
            ]
            async with door:  # it closes first: what was taken is kept while all else still runs
                systemd.notify("READY=1")
                await stop.wait()
                systemd.notify("STOPPING=1")
            for task in running:
                task.cancel()

    async def _work(self) -> None:
        """Everything that answers, sends or erases: not before a restored database was resumed."""
        await self._rest.over()
        lives = [self._worker.run, self.clockwork.run, self._courier.run]
        if self._mailer is not None:
            lives.append(self._mailer.run)
        try:
            async with asyncio.TaskGroup() as tasks:
                for life in lives:
                    tasks.create_task(life())
        finally:
            await self._worker.finish()
