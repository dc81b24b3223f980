"""The walk on python-telegram-bot, as its own examples write it: ConversationHandler, PicklePersistence."""

import json
import sys
from pathlib import Path

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    PicklePersistence,
)

URL, TOKEN, WALK, KEPT = sys.argv[1:]
SCREENS = json.loads(Path(WALK).read_text(encoding="utf-8"))
HOME, FIRST, LAST = 0, 1, len(SCREENS) - 1  # the screens are the states of the conversation


def keyboard(number: int) -> InlineKeyboardMarkup:
    """The buttons of a screen: each says which screen it is on, and which one it is there."""
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(label, callback_data=f"{number}:{y}.{x}") for x, label in enumerate(row)]
            for y, row in enumerate(SCREENS[number]["rows"])
        ]
    )


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Show the first screen."""
    context.user_data["answers"] = {}
    await update.message.reply_text(
        SCREENS[HOME]["text"], parse_mode=ParseMode.HTML, reply_markup=keyboard(HOME)
    )
    return HOME


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Note the answer and show the next screen in place of this one."""
    query = update.callback_query
    await query.answer()
    number, _, chosen = query.data.partition(":")
    shown = int(number)
    following = FIRST if shown == LAST else shown + 1
    if following == FIRST:
        context.user_data["answers"] = {}
    else:
        context.user_data["answers"][shown] = chosen
    await query.edit_message_text(
        SCREENS[following]["text"], parse_mode=ParseMode.HTML, reply_markup=keyboard(following)
    )
    return following


def main() -> None:
    """Run it."""
    application = (
        Application.builder()
        .token(TOKEN)
        .base_url(f"{URL}/bot")
        .persistence(PicklePersistence(filepath=KEPT))
        .build()
    )
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start)],
            states={
                number: [CallbackQueryHandler(answer, pattern=f"^{number}:")]
                for number in range(len(SCREENS))
            },
            fallbacks=[CommandHandler("start", start)],
            name="walk",
            persistent=True,
        )
    )
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
