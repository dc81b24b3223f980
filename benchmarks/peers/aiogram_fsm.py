"""The walk on aiogram 3, as its own examples write one: a router, states, and its storage in memory."""

import asyncio
import json
import sys
from itertools import pairwise
from pathlib import Path

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

URL, TOKEN, WALK = sys.argv[1:]
SCREENS = json.loads(Path(WALK).read_text(encoding="utf-8"))
router = Router()


class Walk(StatesGroup):
    """The screens are the states."""

    home = State()
    commune = State()
    age = State()
    project = State()
    amount = State()
    duration = State()
    situation = State()
    budget = State()
    bank = State()
    result = State()


STATES = Walk.__states__
FOLLOWING = {**dict(pairwise(STATES)), Walk.result: Walk.commune}


def keyboard(state: State) -> InlineKeyboardMarkup:
    """The buttons of a screen: each says which screen it is on, and which one it is there."""
    number = STATES.index(state)
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(text=label, callback_data=f"{number}:{y}.{x}")
                for x, label in enumerate(row)
            ]
            for y, row in enumerate(SCREENS[number]["rows"])
        ]
    )


def text(state: State) -> str:
    """What a screen says."""
    said: str = SCREENS[STATES.index(state)]["text"]
    return said


@router.message(CommandStart())
async def start(message: Message, state: FSMContext) -> None:
    """Show the first screen."""
    await state.set_state(Walk.home)
    await message.answer(text(Walk.home), reply_markup=keyboard(Walk.home))


def show_after(shown: State) -> None:
    """Register what happens after a tap on this screen."""
    number, following = STATES.index(shown), FOLLOWING[shown]

    @router.callback_query(shown, F.data.startswith(f"{number}:"))
    async def answer(query: CallbackQuery, state: FSMContext) -> None:
        """Note the answer and show the next screen in place of this one."""
        if following is Walk.commune:
            await state.set_data({})
        else:
            await state.update_data({str(number): query.data})
        await state.set_state(following)
        await query.message.edit_text(text(following), reply_markup=keyboard(following))
        await query.answer()


for each in STATES:
    show_after(each)


async def main() -> None:
    """Run it."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(URL))
    bot = Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
