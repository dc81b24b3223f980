"""How the Bot API says no: an HTTP status, a description and, at times, machine-readable parameters."""

from collections.abc import Mapping


class Refusal(Exception):  # noqa: N818 — an answer of the API, not a mistake of ours
    """An answer with `ok: false`. The descriptions are those of the official Bot API server."""

    def __init__(self, status: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = dict(parameters or {})


def bad_request(reason: str) -> Refusal:
    """400: the call itself is wrong."""
    return Refusal(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refusal:
    """403: the person or the group does not want the bot."""
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    """409: two ways of getting updates at once."""
    return Refusal(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> Refusal:
    """429: wait this many whole seconds."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def migrated(chat_id: int) -> Refusal:
    """400 that tells the new id of a group which became a supergroup."""
    return Refusal(
        400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat_id}
    )
