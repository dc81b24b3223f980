"""The bot's process: one at a time, ended when asked, missed when it ends by itself."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from sandbox.page import BotProcess

SLEEPS = (sys.executable, "-c", "import time; time.sleep(60)")
FAILS = (sys.executable, "-c", "import sys; sys.exit('La base est prise.')")


async def test_two_presses_start_one_bot(tmp_path: Path) -> None:
    bot = BotProcess(SLEEPS, dict, tmp_path / "log")
    await asyncio.gather(bot.start(), bot.start())
    first = bot.pid
    await bot.start()
    assert bot.pid == first
    await bot.stop()
    assert not bot.running
    assert not bot.failed


async def test_a_bot_that_is_killed_is_gone(tmp_path: Path) -> None:
    bot = BotProcess(SLEEPS, dict, tmp_path / "log")
    await bot.start()
    pid = bot.pid or 0
    await bot.kill()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_bot_that_ends_by_itself_leaves_its_last_words(tmp_path: Path) -> None:
    bot = BotProcess(FAILS, dict, tmp_path / "log")
    ended = asyncio.Event()
    await bot.start()
    bot.changed = ended.set
    await asyncio.wait_for(ended.wait(), 10)
    assert bot.failed
    assert bot.last_words() == "La base est prise."
