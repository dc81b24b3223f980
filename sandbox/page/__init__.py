"""The page with the phones: `Desk` is what it drives, `Page` serves it.

It knows nothing of the bot. What starts the bot, the codes of the flyers and what the database holds about
somebody are handed in.
"""

from sandbox.page.bot_process import BotProcess
from sandbox.page.desk import Desk, Flyer, Role, Sheet
from sandbox.page.keeping import Folder, FolderInUseError
from sandbox.page.serving import Page

__all__ = ["BotProcess", "Desk", "Flyer", "Folder", "FolderInUseError", "Page", "Role", "Sheet"]
