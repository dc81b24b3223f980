"""Files that are there whole or not at all, for their owner alone, and are on the disk when we say so."""

import os
from pathlib import Path


def begin(path: Path) -> None:
    """Make this file, empty, for its owner alone; what a killed process left of it goes. Raises OSError."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def put(written: Path, path: Path) -> None:
    """Put a file that was written beside it in the place of `path`. Raises OSError."""
    sync(written)
    written.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file's bytes, or a folder's names, are on the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
