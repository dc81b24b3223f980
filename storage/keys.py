"""The master keys: from the environment, or from a file that only its owner reads.

They never lie in the database. The first seals; the others, which a rotation has not retired yet, still open.
"""

import base64
import binascii
import os
from collections.abc import Sequence
from pathlib import Path

from storage import files

MasterKeys = tuple[bytes, ...]
SIZE = 32  # bytes


class KeysError(Exception):
    """Master keys that cannot be used; says so in French, and repeats none of them."""


def parse_keys(text: str) -> MasterKeys:
    """Keys in base64, the present one first, between commas or one a line. Raises KeysError."""
    try:
        keys = tuple(base64.b64decode(word, validate=True) for word in text.replace(",", " ").split())
    except (binascii.Error, ValueError):
        keys = ()
    if not keys or any(len(key) != SIZE for key in keys):
        raise KeysError(
            "La clé des contacts n'est pas valable. Attendu : 32 octets en base64 (openssl rand -base64 32)."
        )
    return keys


def read_keys(path: Path) -> MasterKeys:
    """The keys of a file. Raises KeysError, also where others than its owner may read it, and OSError."""
    if path.stat().st_mode & 0o077:
        raise KeysError(f"D'autres que vous peuvent lire {path}. Fermez-le : chmod 600 {path}")
    return parse_keys(path.read_text("ascii", errors="replace"))


def make_key() -> bytes:
    """A new master key."""
    return os.urandom(SIZE)


def write_keys(path: Path, keys: Sequence[bytes]) -> None:
    """Put these keys in the file, whole or not at all: a process killed meanwhile leaves the former ones."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = path.with_name(path.name + ".new")
    files.begin(written)
    written.write_text("".join(base64.b64encode(key).decode() + "\n" for key in keys), "ascii")
    files.put(written, path)
