"""What the page asks for, read and checked before anything is done."""

from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel, ConfigDict, ValidationError

from sandbox.page.desk import Desk, Phone
from sandbox.telegram import Message

DESK = web.AppKey("desk", Desk)
Body = TypeVar("Body", bound="Asked")


class Asked(BaseModel):
    """The body of a request."""

    model_config = ConfigDict(extra="forbid", frozen=True)


async def read(request: web.Request, kind: type[Body]) -> Body:
    """The body. Raises HTTPBadRequest where it is not one of that kind."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        return kind.model_validate_json(await request.read())
    except ValidationError:
        raise web.HTTPBadRequest from None


def phone(request: web.Request) -> Phone:
    """The phone the address names. Raises HTTPNotFound."""
    found = request.app[DESK].phones.get(int(request.match_info["phone"]))
    if found is None:
        raise web.HTTPNotFound
    return found


def message(of: Phone, message_id: int) -> Message:
    """A message on this phone. Raises HTTPNotFound where it is gone."""
    found = of.person.chat.messages.get(message_id)
    if found is None:
        raise web.HTTPNotFound
    return found
