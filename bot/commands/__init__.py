"""One command a file: `python -m bot NAME`. Each has `add(commands)`, which declares it, and `main(arguments)`."""
