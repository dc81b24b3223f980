"""What the staff is brought: letters in Telegram, mails beside it, a list on paper."""
