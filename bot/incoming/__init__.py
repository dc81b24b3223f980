"""Updates on their way in: from polling or the webhook, through one reading, into the inbox."""
