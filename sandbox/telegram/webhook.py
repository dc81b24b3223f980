"""The webhook: updates pushed to the bot, in order within a chat, again and again until it says 2xx."""

import asyncio
import json
import re
from collections import deque
from collections.abc import Hashable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from sandbox.telegram.given import Given
from sandbox.telegram.refusal import bad_request
from sandbox.telegram.updates import DEFAULT_KINDS, Update, nobody_waits
from sandbox.telegram.world import World

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
MAX_DELAY = 60  # times the unit of delay
ANSWER_WITHIN = 60.0  # seconds
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 — the name of a header
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


class Webhook:
    """`setWebhook`, `deleteWebhook`, `getWebhookInfo`, and the pushing itself."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.url = ""
        self.secret = ""
        self.delay_unit = 1.0  # seconds of real time; the delays are 0, 2, 4, 8… of it
        self.last_error = ""
        self._last_error_at = 0
        self._max_connections = 40
        self._lanes: dict[Hashable, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._connections = asyncio.Semaphore(self._max_connections)

    async def set(self, given: Given) -> bool:
        """`setWebhook`. The sandbox reaches loopback only, over http or https."""
        url = given.text("url")
        if not url:
            return await self.delete(given)
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if parts.hostname not in LOOPBACK:
            raise bad_request("bad webhook: Failed to resolve host: the sandbox reaches loopback only")
        if not _SECRET.fullmatch(given.text("secret_token")):
            raise bad_request("secret token contains unallowed characters")
        await self.close()
        self.url, self.secret = url, given.text("secret_token")
        self._max_connections = min(100, max(1, given.integer("max_connections", 40)))
        self._connections = asyncio.Semaphore(self._max_connections)
        self._world.queue.allow(given.json("allowed_updates"))
        if given.flag("drop_pending_updates"):
            self._world.queue.clear()
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(ANSWER_WITHIN))
        self._world.queue.on_new = self._accept
        for update in self._world.queue.waiting():
            self._accept(update)
        return True

    async def delete(self, given: Given) -> bool:
        """`deleteWebhook`."""
        await self.close()
        self.url = self.secret = ""
        if given.flag("drop_pending_updates"):
            self._world.queue.clear()
        return True

    def info(self) -> dict[str, Any]:
        """`getWebhookInfo`."""
        queue = self._world.queue
        written: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(queue),
        }
        if self.last_error:
            written |= {"last_error_date": self._last_error_at, "last_error_message": self.last_error}
        if self.url:
            written |= {"max_connections": self._max_connections, "ip_address": "127.0.0.1"}
        if queue.allowed != DEFAULT_KINDS:
            written["allowed_updates"] = sorted(queue.allowed)
        return written

    async def close(self) -> None:
        """Stop pushing; what was not taken stays in the queue."""
        self._world.queue.on_new = nobody_waits
        tasks, self._tasks = self._tasks, set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lanes.clear()
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _accept(self, update: Update) -> None:
        lane = self._lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.lane] = deque([update])
        task = asyncio.get_running_loop().create_task(self._empty(update.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _empty(self, key: Hashable) -> None:
        lane = self._lanes[key]
        while lane:
            for _ in range(self._world.faults.copies):
                await self._push(lane[0])
            self._world.queue.confirm(lane.popleft())
        del self._lanes[key]

    async def _push(self, update: Update) -> None:
        """Push one update until it is taken, too old, or nobody waits for it any more."""
        delay, failures = 1.0, 0
        while update.id in self._world.queue and update.expires > self._world.now():
            if self._world.faults.away:
                await self._world.bell.heard(ANSWER_WITHIN)
                continue
            async with self._connections:
                failure = await self._post(update)
            if not failure:
                return
            self.last_error, self._last_error_at = failure, int(self._world.now().timestamp())
            if failures:
                delay = min(MAX_DELAY, delay * 2)
                await asyncio.sleep(delay * self.delay_unit)
            failures += 1

    async def _post(self, update: Update) -> str:
        """Nothing ("") when the bot took it, else what went wrong."""
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers[SECRET_HEADER] = self.secret
        assert self._session is not None  # noqa: S101 — set before any lane is accepted
        try:
            async with self._session.post(self.url, data=update.json.encode(), headers=headers) as answer:
                body = await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            return f"Webhook connection failed: {type(error).__name__}"
        if not 200 <= answer.status <= 299:
            return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        self._look_for_a_method(body)
        return ""

    def _look_for_a_method(self, body: bytes) -> None:
        with suppress(ValueError, RecursionError):
            answered = json.loads(body)
            if isinstance(answered, dict) and "method" in answered:
                self._world.ledger.mistakes.append("a method in the answer to a webhook would be executed")
