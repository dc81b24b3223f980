"""What happens by the clock, and who watches that it does."""
