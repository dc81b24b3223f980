"""`python -m bot restore FICHIER`: a backup in the place of the database. The bot has to be stopped."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from bot.clock import now
from bot.contact_keys import FILE as KEY_FILE
from bot.contact_keys import master_keys
from bot.held import HOW, held, sentences
from bot.programme import load_chosen
from bot.settings import Settings, SettingsError, read_settings
from conversations.catalogues import FRENCH
from conversations.scene import PARIS, Scene
from storage.beside import beside
from storage.carrying import Carried, Known
from storage.cases import Kept
from storage.errors import StoreError
from storage.keys import KeysError
from storage.restore import Restored, restore_postgres, restore_sqlite
from storage.transaction import Transaction
from storage.vault import SealedError, Vault

ABOUT = (
    "Arrêtez le bot d'abord. Le fichier est vérifié avant tout. La base remplacée est gardée à côté. "
    "Le bot démarre ensuite en pause : rien ne part avant « python -m bot resume »."
)
KNOWN = {
    Known.EVERYTHING: (
        "Le travail du bureau revient au jour de la sauvegarde.",
        "Ce que les habitants ont fait depuis est gardé, et ce qui s'est terminé reste terminé :",
    ),
    Known.ENDS: (
        "La base remplacée est abîmée, d'une autre version, ou sans lien avec cette sauvegarde.",
        "Ce qui s'est fait depuis est perdu, mais ce qui s'est terminé reste terminé :",
    ),
    Known.NOTHING: (
        "La base remplacée ne peut pas être lue.",
        "Ce que des personnes ont effacé depuis la sauvegarde est donc revenu.",
        "Cela s'effacera à son délai, ou si elles le demandent encore.",
        "Un accès retiré depuis est ouvert de nouveau : vérifiez avec « python -m bot staff ».",
    ),
    Known.NOTHING_REPLACED: (
        "Il n'y avait pas de base à remplacer : la sauvegarde est reprise telle quelle.",
        "Ce que des personnes ont effacé depuis est revenu, et s'effacera à son délai.",
        "Un accès retiré depuis est ouvert de nouveau : vérifiez avec « python -m bot staff ».",
    ),
}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("restore", help="reprendre une sauvegarde, bot arrêté", description=ABOUT)
    parser.add_argument("file", type=Path, metavar="FICHIER")
    parser.add_argument(
        "--ancienne",
        metavar="BASE",
        help="avec PostgreSQL : le nom de la base remplacée, sur le même serveur. "
        "Ce qui y a été effacé depuis la sauvegarde le sera de nouveau.",
    )
    parser.set_defaults(main=main)


def main(arguments: argparse.Namespace) -> int:
    """Restore, and say what would be sent; 2 where something stands against it. Raises ProgrammeError."""
    hour = now()
    scene = Scene(load_chosen().at(hour.astimezone(PARIS).date()), {"fr": FRENCH}, hour)
    try:
        settings = read_settings()
        vault = _vault(settings)
        url = settings.database_url
        if make_url(url).get_backend_name() == "sqlite":
            restored = restore_sqlite(url, arguments.file, hour)
        else:
            restored = restore_postgres(url, arguments.file, arguments.ancienne, hour)
        with beside(url) as kept:
            waiting, shut = held(kept, scene), _shut(kept, vault)
    except (SettingsError, StoreError, KeysError) as error:
        print(error, file=sys.stderr)
        return 2
    print("La sauvegarde est reprise. Le bot est en pause : rien ne part.")
    print(*_told(restored), *_key(shut), sep="\n")
    print(*sentences(waiting, scene.today, mailing=settings.mailbox is not None), HOW, sep="\n")
    return 0


def _told(restored: Restored) -> Iterator[str]:
    carried = restored.carried
    yield from KNOWN[carried.known]
    if carried.known in {Known.EVERYTHING, Known.ENDS}:
        yield from _ended(carried)
    if restored.kept is not None:
        yield f"La base remplacée est gardée : {restored.kept}"
        yield "Supprimez-la dès que tout va bien : ce qui s'efface ensuite y reste."


def _ended(carried: Carried) -> Iterator[str]:
    _ = FRENCH
    yield _.many(
        "- {n} demande effacée depuis l’a été de nouveau",
        "- {n} demandes effacées depuis l’ont été de nouveau",
        carried.requests,
    )
    if carried.conversations is None:
        yield "- les conversations effacées depuis n'ont pas pu être lues : elles s'effaceront à leur délai"
    else:
        yield _.many(
            "- {n} conversation effacée depuis l’a été de nouveau",
            "- {n} conversations effacées depuis l’ont été de nouveau",
            carried.conversations,
        )
    yield _.many(
        "- {n} accès retiré depuis l’a été de nouveau",
        "- {n} accès retirés depuis l’ont été de nouveau",
        carried.members,
    )
    if carried.undone:
        yield _.many(
            "{n} demande a changé depuis, et revient à son état d’alors : prévenez la référente.",
            "{n} demandes ont changé depuis, et reviennent à leur état d’alors : prévenez la référente.",
            carried.undone,
        )


def _key(shut: int) -> Iterator[str]:
    if shut:
        yield FRENCH.many(
            "Attention : {n} contact ne s’ouvre pas avec la clé actuelle.",
            "Attention : {n} contacts ne s’ouvrent pas avec la clé actuelle.",
            shut,
        )
        yield f"Remettez la clé d'alors (réglage CONTACT_KEY, ou {KEY_FILE}) avant de reprendre."


def _vault(settings: Settings) -> Vault | None:
    """The present keys; None where there are none: made now, they would open nothing. Raises KeysError."""
    if settings.contact_key is None and not KEY_FILE.exists():
        return None
    return Vault(master_keys(settings))


def _shut(kept: Transaction, vault: Vault | None) -> int:
    """How many contacts of open requests the present keys do not open."""
    return sum(not _opens(vault, request) for request in kept.requests.open())


def _opens(vault: Vault | None, request: Kept) -> bool:
    if vault is None:
        return False
    try:
        vault.open(request.sealed, request.case.request.reference)
    except SealedError:
        return False
    return True
