"""What is beside the phones: what goes wrong, the clock, the bot's process, what is kept of somebody."""

import asyncio
from dataclasses import asdict
from datetime import timedelta
from typing import Literal
from urllib.parse import quote

import segno
from aiohttp import web
from pydantic import Field

from sandbox.page.asked import DESK, Asked, message, phone, read

SLOW = 2.0  # seconds
SHOWN_IN_THE_BROWSER = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
}
MOST_HOURS = 24 * 400


class Fault(Asked):
    """A fault that lasts until it is switched off."""

    name: Literal["away", "slow", "twice", "paced"]
    on: bool


class Mishap(Asked):
    """A fault that passes by itself."""

    name: Literal["flood", "lose_tap", "lose_answer"]


class Leap(Asked):
    """Time that passes at once."""

    hours: int = Field(ge=1, le=MOST_HOURS)


class Power(Asked):
    """What becomes of the bot's process."""

    do: Literal["start", "stop", "kill"]


async def fault(request: web.Request) -> web.Response:
    """Switch a fault on or off."""
    asked, desk = await read(request, Fault), request.app[DESK]
    match asked.name:
        case "away" if asked.on:
            await desk.telegram_goes()
        case "away":
            await desk.telegram_comes_back()
        case "slow":
            desk.telegram.faults.latency = SLOW if asked.on else 0.0
        case "twice":
            desk.telegram.faults.copies = 2 if asked.on else 1
        case "paced":
            desk.telegram.limits.enforced = asked.on
    desk.telegram.bell.ring()
    return web.Response(status=204)


async def mishap(request: web.Request) -> web.Response:
    """Let something go wrong once."""
    asked, faults = await read(request, Mishap), request.app[DESK].telegram.faults
    match asked.name:
        case "flood":
            faults.flood(30)
        case "lose_tap":
            faults.lose_taps()
        case "lose_answer":
            faults.lose_answers()
    return web.Response(status=204)


async def leap(request: web.Request) -> web.Response:
    """Move the clock on."""
    asked = await read(request, Leap)
    await request.app[DESK].time_passes(timedelta(hours=asked.hours))
    return web.Response(status=204)


async def power(request: web.Request) -> web.Response:
    """Start, stop or kill the bot."""
    asked, bot = await read(request, Power), request.app[DESK].bot
    await {"start": bot.start, "stop": bot.stop, "kill": bot.kill}[asked.do]()
    return web.Response(status=204)


async def transcript(request: web.Request) -> web.Response:
    """The whole chat as text."""
    return web.Response(text=phone(request).person.transcript())


async def holdings(request: web.Request) -> web.Response:
    """What the database holds about this person."""
    sheets = await asyncio.to_thread(request.app[DESK].holdings, phone(request).person.user.id)
    return web.json_response([asdict(sheet) for sheet in sheets])


async def flyer(request: web.Request) -> web.Response:
    """The QR code of a flyer, as Telegram's cameras read it."""
    desk, code = request.app[DESK], request.match_info["code"]
    if code not in {flyer.code for flyer in desk.flyers}:
        raise web.HTTPNotFound
    link = f"https://t.me/{desk.telegram.me.username}?start={code}"
    drawn = segno.make(link, micro=False).svg_inline(border=2, omitsize=True)
    drawn = drawn.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return web.Response(text=drawn, content_type="image/svg+xml")


async def file(request: web.Request) -> web.Response:
    """The picture or the document of a message. What a browser could run is only offered to be saved."""
    carried = message(phone(request), int(request.match_info["message"])).media
    if carried is None:
        raise web.HTTPNotFound
    name = "photo.png" if carried.name == "photo" else str(carried.value.get("file_name", "fichier"))
    kind = SHOWN_IN_THE_BROWSER.get("." + name.lower().rpartition(".")[2])
    response = web.Response(
        body=request.app[DESK].telegram.files.content_of(carried),
        content_type=kind or "application/octet-stream",
    )
    shown = "inline" if kind else "attachment"
    response.headers["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(name)}"
    return response
