"""A strict fake of Telegram's Bot API. `FakeTelegram` is all that the rest of the sandbox needs."""

from sandbox.telegram.changes import Change, What
from sandbox.telegram.fake import Answer, FakeTelegram
from sandbox.telegram.faults import AnswerLost, Away, Unreachable
from sandbox.telegram.given import Upload
from sandbox.telegram.ledger import Call
from sandbox.telegram.messages import Chat, Message, User

__all__ = [
    "Answer",
    "AnswerLost",
    "Away",
    "Call",
    "Change",
    "Chat",
    "FakeTelegram",
    "Message",
    "Unreachable",
    "Upload",
    "User",
    "What",
]
