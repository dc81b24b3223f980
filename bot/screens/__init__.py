"""Screens on their way out: drawn by editing one living message, with the files that go above it."""
