"""python-telegram-bot changes the case of what the server says; tests look for the words."""

import re
import warnings
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest
from telegram.warnings import PTBUserWarning


def refused(reason: str) -> Any:
    """The call is refused with 400, for this reason."""
    return pytest.raises(BadRequest, match=f"(?i){re.escape(reason)}")


async def raw(bot: Bot, method: str, **given: object) -> Any:
    """A call that the library's own methods would not let pass."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBUserWarning)  # it advises to use its own method
        return await bot.do_api_request(method, api_kwargs=given)
