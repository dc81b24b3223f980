"""What people do on their phones."""

import asyncio
from collections.abc import Callable
from typing import Literal

from aiohttp import web
from pydantic import Field

from sandbox.page import views
from sandbox.page.asked import DESK, Asked, message, phone, read
from sandbox.people import CannotDoError
from sandbox.telegram.arrivals import person_taps
from sandbox.telegram.world import TAP_ANSWERED_WITHIN, Tap, World

MOST_WORDS = 4096


class NewPhone(Asked):
    """Somebody new."""

    name: str = Field(min_length=1, max_length=40, pattern=r"\S")
    language: str = Field(pattern=r"^[a-z]{2}$")


class Words(Asked):
    """A message typed, or rewritten."""

    text: str = Field(min_length=1, max_length=MOST_WORDS, pattern=r"\S")


class Place(Asked):
    """Where a button is."""

    row: int = Field(ge=0)
    column: int = Field(ge=0)


class Thing(Asked):
    """Something other than words."""

    thing: Literal["contact", "contact_of_other", "photo", "document", "voice", "sticker", "location"]


class Blocking(Asked):
    """Whether the bot may write."""

    blocked: bool


async def add(request: web.Request) -> web.Response:
    """A further resident."""
    asked = await read(request, NewPhone)
    desk = request.app[DESK]
    return web.json_response(views.head(desk, desk.add(asked.name.strip(), asked.language)))


async def say(request: web.Request) -> web.Response:
    """Type and send."""
    asked = await read(request, Words)
    return _done(lambda: phone(request).person.says(asked.text))


async def send(request: web.Request) -> web.Response:
    """Send something other than words."""
    asked = await read(request, Thing)
    person = phone(request).person
    others = [other.person for other in request.app[DESK].phones.values() if other.person is not person]
    acts = {
        "contact": person.shares_contact,
        "contact_of_other": lambda: person.shares_contact_of(others[0]),
        "photo": person.sends_photo,
        "document": person.sends_document,
        "voice": person.sends_voice,
        "sticker": person.sends_sticker,
        "location": person.sends_location,
    }
    return _done(acts[asked.thing])


async def tap(request: web.Request) -> web.Response:
    """Press an inline button; the answer says whether the bot answered the tap in time."""
    place = await read(request, Place)
    of = phone(request)
    under = message(of, int(request.match_info["message"]))
    button = _at(under.rows, place)
    data = button.get("callback_data")
    if data is None:
        raise web.HTTPConflict
    world = request.app[DESK].telegram
    pressed = person_taps(world, of.person.user, under, data, button["text"])
    return web.json_response({"answered": await _answered(world, pressed)})


async def press(request: web.Request) -> web.Response:
    """Press a key of the keyboard the bot put in place of the phone's own."""
    place = await read(request, Place)
    person = phone(request).person
    key = _at((person.chat.keyboard or {}).get("keyboard", []), place)
    return _done(lambda: person.presses(key["text"]))


async def rewrite(request: web.Request) -> web.Response:
    """Edit one's own message."""
    asked = await read(request, Words)
    of = phone(request)
    written = message(of, int(request.match_info["message"]))
    if written.sender is not of.person.user or written.media is not None:
        raise web.HTTPConflict
    return _done(lambda: of.person.edits_message(written, asked.text))


async def delete(request: web.Request) -> web.Response:
    """Delete a message, on both sides."""
    of = phone(request)
    of.person.deletes(message(of, int(request.match_info["message"])))
    return web.Response(status=204)


async def block(request: web.Request) -> web.Response:
    """Block the bot, or let it write again."""
    asked = await read(request, Blocking)
    person = phone(request).person
    return _done(person.blocks_bot if asked.blocked else person.unblocks_bot)


def _done(act: Callable[[], object]) -> web.Response:
    try:
        act()
    except CannotDoError:
        raise web.HTTPConflict from None
    return web.Response(status=204)


def _at(rows: list[list[views.View]], place: Place) -> views.View:
    try:
        return rows[place.row][place.column]
    except IndexError:
        raise web.HTTPConflict from None  # the keyboard changed meanwhile


async def _answered(world: World, pressed: Tap) -> bool:
    """Wait for the answer as a phone does: for a while, in real time."""
    clock = asyncio.get_running_loop().time
    end = clock() + TAP_ANSWERED_WITHIN.total_seconds()
    while not pressed.answered and (left := end - clock()) > 0:
        await world.bell.heard(left)
    return pressed.answered
