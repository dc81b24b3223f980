"""What is said and decided. Nothing in here knows Telegram, the database, the clock or chance."""
