"""The languages spoken here: French, in which everything is written, and each folder of `locales/`.

Catalogues are compiled in memory at start, so there is no compiled file to forget.
"""

from collections.abc import Mapping
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from conversations.words import Words

SOURCE = "fr"
CATALOGUE = "LC_MESSAGES/messages.po"


class French(NullTranslations):
    """The language of the source: nothing to translate, but zero is singular."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """« 0 jour », « 1 jour », « 2 jours »."""
        return msgid1 if abs(n) < 2 else msgid2


FRENCH = Words(SOURCE, French())


def load(folder: Path) -> Mapping[str, Words]:
    """The words of each language by its code; « fr » is always there. `folder` is `locales/`."""
    catalogues = {path.parents[1].name: path for path in sorted(folder.glob(f"*/{CATALOGUE}"))}
    return {SOURCE: FRENCH} | {
        language: Words(language, _compiled(path)) for language, path in catalogues.items()
    }


def _compiled(path: Path) -> GNUTranslations:
    with path.open("rb") as source:
        catalogue = read_po(source, locale=path.parents[1].name, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
