"""Turns: what waits in the inbox goes through its dialogue, in one commit with all that follows."""
