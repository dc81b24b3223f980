"""Why a database cannot be used, in French, for whoever starts the bot."""


class StoreError(Exception):
    """The database cannot be used. The text says why, and what to do."""
