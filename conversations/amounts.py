"""Reads an amount the way French people write one, and nothing else: what is not certain is asked again.

« 1.200 » is 1 200 € and « 1.20 » is 1,20 €; « 1,200 » could be either, so it is refused.
"""

import re
from enum import StrEnum

from conversations.programme.question import Amount
from conversations.words import Words

LONGEST = 60  # characters: more is a story, not an amount
MOST_DIGITS = 6  # of whole euros: nothing here is counted in millions

_SPACE = r"[ \t\u00a0\u2002-\u200a\u202f]"
_EUROS = r"(?:€|e|eur|euros?)"
_WHOLE = rf"0|[1-9][0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}})+|[1-9][0-9]*"
_DOTTED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"  # then only a comma can begin the cents
_AMOUNT = re.compile(
    rf"(?:€{_SPACE}?)?"
    rf"(?:(?P<dotted>{_DOTTED})(?:,(?P<cents>[0-9]{{1,2}}))?|(?P<whole>{_WHOLE})(?:[.,](?P<part>[0-9]{{1,2}}))?)"
    rf"(?:{_SPACE}?{_EUROS})?{_SPACE}?[.!]?",
    re.IGNORECASE | re.ASCII,
)


class Refused(StrEnum):
    """Why a text is no amount."""

    EMPTY = "empty"
    LONG = "long"
    HIDDEN = "hidden"
    PERIOD = "period"
    NEGATIVE = "negative"
    RANGE = "range"
    EXPONENT = "exponent"
    LETTERS = "letters"
    AMBIGUOUS = "ambiguous"
    TOO_PRECISE = "too_precise"
    TOO_LARGE = "too_large"
    MALFORMED = "malformed"
    SEVERAL = "several"
    NOT_ALONE = "not_alone"
    IN_WORDS = "in_words"
    UNCLEAR = "unclear"


_NUMBER_WORDS = (
    "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|trente|quarante|cinquante|soixante"
    "|cents?|cinquantaine|centaines?|mille|milliers?|millions?"
)
# The first sign found is the reason. They look at the text without its currency, thousands put together.
_SIGNS = tuple(
    (reason, re.compile(pattern))
    for reason, pattern in (
        (Refused.HIDDEN, r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"),
        (Refused.PERIOD, r"[0-9].*(?:(?:\b(?:par|chaque) |/ ?)(?:an|mois|semaine|jour)|mensuel|annuel)"),
        (Refused.NEGATIVE, r"^[-−–] ?[0-9]"),
        (Refused.RANGE, r"[0-9] ?(?:[-–—/]|\b(?:à|a|ou|et)\b) ?[0-9]"),
        (Refused.EXPONENT, r"[0-9]e[+-]?[0-9]"),
        (Refused.LETTERS, r"[0-9][^\W0-9_]|[^\W0-9_][0-9]"),
        (Refused.AMBIGUOUS, r"(?<![0-9.,])[1-9][0-9]{0,2},[0-9]{3}(?![0-9])"),
        (Refused.TOO_PRECISE, r"(?<![0-9.,])[0-9]+[.,][0-9]{3,}(?![0-9.,])"),
        (Refused.MALFORMED, r"^[0-9.,]+$"),
        (Refused.SEVERAL, r"[0-9][^0-9.,]+[0-9]"),
        (Refused.NOT_ALONE, r"[0-9]"),
        (Refused.IN_WORDS, rf"\b(?:{_NUMBER_WORDS})\b"),
    )
)


def read_amount(text: str) -> Amount | Refused:
    """The one amount that `text` is, in whole cents, or why it is none. Nothing is ever guessed."""
    text = text.strip()
    if not text:
        return Refused.EMPTY
    if len(text) > LONGEST:
        return Refused.LONG
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return _reason(text)
    euros = re.sub(r"[^0-9]", "", found["dotted"] or found["whole"])
    if len(euros) > MOST_DIGITS:
        return Refused.TOO_LARGE
    cents = found["cents"] or found["part"] or ""
    return Amount(int(euros) * 100 + int(cents.ljust(2, "0")))


def _reason(text: str) -> Refused:
    bare = re.sub(rf"(?<=[0-9]) ?{_EUROS}(?!\w)", "", re.sub(r"\s+", " ", text.lower())).strip()
    bare = re.sub(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))", "", bare)
    return next((reason for reason, sign in _SIGNS if sign.search(bare)), Refused.UNCLEAR)


def explain(reason: Refused, _: Words) -> str:
    """What is said to somebody whose amount was not read: why, and what to write instead."""
    return {
        Refused.EMPTY: _("Je n'ai rien lu. Écrivez un montant, par exemple 1 200 €."),
        Refused.LONG: _("C'est long pour un montant. Écrivez-le tout seul, par exemple 1 200 €."),
        Refused.HIDDEN: _("Un signe invisible me gêne. Tapez chaque chiffre vous-même, par exemple 1200."),
        Refused.PERIOD: _("Écrivez le montant tout seul, sans « par mois » ni « par an »."),
        Refused.NEGATIVE: _(
            "J'ai lu un montant négatif. Écrivez-le sans le signe moins, par exemple 1 200 €."
        ),
        Refused.RANGE: _("J'ai lu deux montants. Écrivez-en un seul, par exemple 1 200 €."),
        Refused.EXPONENT: _("J'ai lu un « e » entre deux nombres. Écrivez un seul nombre, par exemple 1200."),
        Refused.LETTERS: _("J'ai lu une lettre dans le nombre. Écrivez seulement des chiffres, comme 1200."),
        Refused.AMBIGUOUS: _("Cette virgule peut se lire de deux façons. Écrivez par exemple 1200 ou 1,20."),
        Refused.TOO_PRECISE: _("J'ai lu trop de chiffres après la virgule. Deux suffisent, comme 635,71 €."),
        Refused.TOO_LARGE: _(
            "Ce montant est trop grand pour moi. Vérifiez les zéros, puis écrivez-le encore."
        ),
        Refused.MALFORMED: _("Ce nombre est difficile à lire. Écrivez-le comme 1 200 € ou 1 200,50 €."),
        Refused.SEVERAL: _("J'ai lu plusieurs nombres. Écrivez un seul montant, par exemple 1 200 €."),
        Refused.NOT_ALONE: _("J'ai lu autre chose qu'un montant. Écrivez-le tout seul, comme 1 200 €."),
        Refused.IN_WORDS: _("Je lis seulement les chiffres. Écrivez par exemple 3 000 €."),
        Refused.UNCLEAR: _("Je n'ai pas reconnu de montant. Écrivez-le en chiffres, par exemple 1 200 €."),
    }[reason]
