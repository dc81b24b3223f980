"""The fake Telegram: takes a call, lets the faults have their way, answers as the Bot API does."""

import asyncio
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.clock import Clock, system_clock
from sandbox.telegram import answering, editing, sending
from sandbox.telegram.faults import AnswerLost, Away, Unreachable
from sandbox.telegram.given import Given, Upload
from sandbox.telegram.ledger import Call
from sandbox.telegram.polling import Polling
from sandbox.telegram.refusal import Refusal, conflict
from sandbox.telegram.signatures import check_signature
from sandbox.telegram.webhook import Webhook
from sandbox.telegram.world import World


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the bot over HTTP."""

    status: int
    body: bytes


_METHODS: dict[str, Callable[[World, Given], Any]] = {
    "getMe": answering.get_me,
    "getChat": answering.get_chat,
    "getFile": answering.get_file,
    "leaveChat": answering.leave_chat,
    "answerCallbackQuery": answering.answer_callback_query,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "setMyCommands": lambda world, given: world.profile.set_commands(given),
    "getMyCommands": lambda world, given: world.profile.get_commands(given),
    "deleteMyCommands": lambda world, given: world.profile.delete_commands(given),
    "setMyName": lambda world, given: world.profile.set_text("name", given),
    "getMyName": lambda world, given: world.profile.get_text("name", given),
    "setMyDescription": lambda world, given: world.profile.set_text("description", given),
    "getMyDescription": lambda world, given: world.profile.get_text("description", given),
    "setMyShortDescription": lambda world, given: world.profile.set_text("short_description", given),
    "getMyShortDescription": lambda world, given: world.profile.get_text("short_description", given),
    "setChatMenuButton": lambda world, given: world.profile.set_menu_button(given),
}


class FakeTelegram(World):
    """One bot's Telegram. Both doors come in through `call`."""

    def __init__(self, clock: Clock = system_clock, randomness: random.Random | None = None) -> None:
        super().__init__(clock, randomness)
        self.webhook = Webhook(self)
        self._polling = Polling(self)
        self._logged_out = False

    async def call(
        self, method: str, values: Mapping[str, str], files: Mapping[str, Upload] | None = None
    ) -> Answer:
        """Answer one call.

        Raises `Unreachable` when it never arrived and `AnswerLost` when it took effect without an answer.
        """
        call = self.ledger.begin(self.now(), method, values)
        try:
            answer = await self._answer(call, Given(values, files or {}))
            if call.accepted and self.faults.loses_answer(method):
                call.lost = True
                raise AnswerLost
            return answer
        finally:
            self.ledger.end(call)

    async def _answer(self, call: Call, given: Given) -> Answer:
        if self.faults.latency and call.method != "getUpdates":
            await asyncio.sleep(self.faults.latency)
        if self.faults.away is Away.REFUSED:
            raise Unreachable
        if self.faults.away is Away.BAD_GATEWAY:
            call.status, call.description = 502, "Bad Gateway"
            return Answer(502, b"<html>502 Bad Gateway</html>")
        try:
            result = await self._result(call, given)
        except Refusal as refusal:
            call.status, call.description = refusal.status, refusal.description
            said: dict[str, Any] = {
                "ok": False,
                "error_code": refusal.status,
                "description": refusal.description,
            }
            if refusal.parameters:
                said["parameters"] = refusal.parameters
            return Answer(refusal.status, json.dumps(said).encode())
        call.status = 200
        return Answer(200, f'{{"ok":true,"result":{result}}}'.encode())

    async def _result(self, call: Call, given: Given) -> str:
        """The result as JSON; the updates among it may be malformed on purpose."""
        check_signature(call.method, given)
        if self._logged_out:
            raise Refusal(400, "Bad Request: Logged out")
        if call.method == "getUpdates":
            if self.webhook.url:
                raise conflict(
                    "can't use getUpdates method while webhook is active; "
                    "use deleteWebhook to delete the webhook first"
                )
            return await self._polling.get_updates(given)
        self.faults.check_flood(call.chat_id)
        self.limits.check(call.method, call.chat_id)
        call.result = await self._control(call.method, given)
        return json.dumps(call.result)

    async def _control(self, method: str, given: Given) -> Any:
        match method:
            case "setWebhook":
                self._polling.interrupt()
                return await self.webhook.set(given)
            case "deleteWebhook":
                return await self.webhook.delete(given)
            case "getWebhookInfo":
                return self.webhook.info()
            case "logOut" | "close":
                self._logged_out = method == "logOut"
                return True
            case _:
                return _METHODS[method](self, given)

    def download(self, path: str) -> bytes | None:
        """The bytes behind a `file_path`, None where there is nothing.

        Raises `Unreachable` while Telegram is away.
        """
        if self.faults.away:
            raise Unreachable
        return self.files.content(path)

    async def close(self) -> None:
        """Let go of the webhook's connections."""
        await self.webhook.close()
