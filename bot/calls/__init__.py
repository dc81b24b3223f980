"""Calls to Telegram: the connection, the pace, and what it shows of the bot before anybody speaks."""
