"""What is left of a typed sentence once case, accents, apostrophes, hyphens and punctuation do not count."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "º": " "})
# Accents once they stand apart from their letter, and what nobody sees: zero width, bidi marks, soft hyphen.
_UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff]")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> tuple[str, ...]:
    """The words of `text`, bare: « Condé-sur-l'Escaut » is conde, sur, l, escaut; « 1 200 € » is 1200.

    Question marks alone are a word: they are how some people say that they do not know.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).casefold()
    words = _WORD.findall(_THOUSANDS.sub("", _UNSEEN.sub("", plain)))
    return tuple(words) or (("?",) if "?" in plain else ())
