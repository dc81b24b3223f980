"""The master keys of the sealed contacts: CONTACT_KEY, or a file that is made at the first start."""

import sys
from pathlib import Path

from bot.settings import Settings
from storage.keys import MasterKeys, make_key, parse_keys, read_keys, write_keys

FILE = Path("data/contacts.key")
BACK_UP = (
    "Une clé pour les contacts vient d'être créée : {file}. "
    "Sauvegardez ce fichier, à part de la base : sans lui, aucun contact ne s'ouvre plus."
)


def master_keys(settings: Settings, file: Path = FILE) -> MasterKeys:
    """The keys in force, the present one first. Raises KeysError, OSError."""
    if settings.contact_key is not None:
        return parse_keys(settings.contact_key.get_secret_value())
    if not file.exists():
        write_keys(file, (make_key(),))
        print(BACK_UP.format(file=file), file=sys.stderr)  # noqa: T201  whoever starts the bot has to read it
    return read_keys(file)
