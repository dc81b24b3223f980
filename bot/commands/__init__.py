"""One command a file: `python -m bot NAME`. Each declares itself in `add(commands)` and runs in `main`."""
