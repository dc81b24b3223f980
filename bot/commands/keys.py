"""`python -m bot keys rotate`: a new master key for the contacts. The bot has to be stopped meanwhile."""

import argparse
import asyncio
import sys

from bot.contact_keys import FILE
from bot.settings import Settings, SettingsError, read_settings
from storage.errors import StoreError
from storage.keys import KeysError, MasterKeys, make_key, parse_keys, read_keys, write_keys
from storage.store import Store
from storage.vault import SealedError, Vault


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("keys", help="changer la clé des contacts")
    parser.add_argument("what", choices=["rotate"], metavar="rotate")
    parser.set_defaults(main=main)


def main(_: argparse.Namespace) -> int:
    """Wrap every contact's key by a new master key; 2 where something stands against it.

    Stopped at any point, the former key still opens what it did: it goes last.
    """
    try:
        settings = read_settings()
        keys = _new_keys(settings)
        count = asyncio.run(_rewrap(settings.database_url, Vault(keys)))
    except (SettingsError, KeysError, StoreError) as error:
        print(error, file=sys.stderr)
        return 2
    except SealedError:
        print("Un contact ne s'ouvre avec aucune des clés : rien n'a été changé.", file=sys.stderr)
        return 2
    if settings.contact_key is None:
        write_keys(FILE, keys[:1])
        print(f"{count} contact(s) : nouvelle clé dans {FILE}. Sauvegardez ce fichier.")
    else:
        print(f"{count} contact(s) : retirez maintenant l'ancienne clé de CONTACT_KEY.")
    return 0


def _new_keys(settings: Settings) -> MasterKeys:
    """The new key before those that still open. Raises KeysError, also where there are none yet."""
    if settings.contact_key is not None:
        keys = parse_keys(settings.contact_key.get_secret_value())
        if len(keys) == 1:
            raise KeysError("Mettez la nouvelle clé devant l'ancienne : CONTACT_KEY=nouvelle,ancienne")
        return keys
    if not FILE.exists():
        raise KeysError(f"Il n'y a pas encore de clé : {FILE} est créé au premier départ du bot.")
    keys = (make_key(), *read_keys(FILE))
    write_keys(FILE, keys)
    return keys


async def _rewrap(url: str, vault: Vault) -> int:
    store = Store(url)
    try:
        count = await store.do(lambda kept: kept.requests.rewrap(vault))
        await store.scrub()
    finally:
        store.close()
    return count
