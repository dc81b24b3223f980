"""How the heart meets the world: Telegram, the clock, the command line."""
