"""Finds the button that typed words mean: its number, its words, or its words with a small typing error.

It never guesses: words that nothing on the screen explains match nothing, and two that fit equally are both
given, to be asked back. So « Condé-sur-Sarthe » is not Condé-sur-l'Escaut, and « pas Condé » is not Condé.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from conversations.folding import fold

ASKED_BACK = 3  # candidates: more than that is no question one can ask back
LONGEST = 12  # words: beyond, it is a story, not an answer
SHORT = 4  # letters: a word below that counts only as it is
NUMBERING = frozenset(fold("n no numéro le la réponse choix option bouton"))
# Words around an answer that change nothing in it. No negation and no doubt is ever among them.
AROUND = frozenset(
    fold("""
    a à ai au aux avec acheter accord besoin bien bonjour c ça ce cette d de des du en est et euh faire fait
    habite il j je l la le les ma madame me merci mes moi mon monsieur n ne nous on ok par payer plaît plaisir
    plutôt pour s suis sûr sur svp tout un une va veux vis voudrais volontiers vous y
    and for i in is it live my need please thank thanks the to want you
    """)
)
# Without these a label says the opposite: « j'ai demandé » is no part of « je n'ai pas demandé ».
NEGATIONS = frozenset(fold("pas sans aucun aucune ni not t without"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A button: its label, and other words that mean the same."""

    label: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """Exactly one candidate: its index."""

    index: int


@dataclass(frozen=True, slots=True)
class Several:
    """Two or three candidates fit equally: their indexes, in the order of the screen."""

    indexes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """No candidate, or too many."""


Match = Matched | Several | Nothing


def match_words(text: str, candidates: Sequence[Candidate], *, numbers: bool = True) -> Match:
    """The candidate that `text` means. What is surest decides: a label, a spelling, a number, then words.

    `numbers` says whether « 2 » may mean the second candidate; where an amount is awaited it may not.
    """
    said = fold(text)
    labels = [fold(candidate.label) for candidate in candidates]
    spellings = [[fold(other) for other in candidate.also] for candidate in candidates]
    phrases = [[label, *others] for label, others in zip(labels, spellings, strict=True)]
    if not said:
        return Nothing()
    exactly = _joined(said)
    content = _content(said) if len(said) <= LONGEST else ()
    tiers: tuple[Iterable[int], ...] = (
        (i for i, label in enumerate(labels) if _joined(label) == exactly),
        (i for i, others in enumerate(spellings) if exactly in map(_joined, others)),
        _numbered(said, labels) if numbers else (),
        (i for i, each in enumerate(phrases) if content and content in map(_content, each)),
        _nearest(content, phrases),
    )
    found = next((hits for tier in tiers if (hits := tuple(tier))), ())
    match len(found):
        case 1:
            return Matched(found[0])
        case n if 1 < n <= ASKED_BACK:
            return Several(found)
        case _:
            return Nothing()


def _joined(words: tuple[str, ...]) -> str:
    """The words without the spaces between them: « vieuxcondé », « escaut pont ». Two numbers stay two."""
    return re.sub(r"(?<!\d) | (?!\d)", "", " ".join(words))


def _content(words: tuple[str, ...]) -> tuple[str, ...]:
    """What is meant once the words around it are gone: « oui je veux bien » is « oui »."""
    return tuple(word for word in words if word not in AROUND)


def _numbered(said: tuple[str, ...], labels: list[tuple[str, ...]]) -> list[int]:
    """Whom a lone number may mean: « 6 » is the sixth button and also « 6 mois »."""
    match [word for word in said if word not in NUMBERING]:
        case [number] if number.isdecimal():
            return [i for i, label in enumerate(labels) if number == str(i + 1) or number in label]
        case _:
            return []


def _nearest(content: tuple[str, ...], phrases: list[list[tuple[str, ...]]]) -> list[int]:
    """The candidates that hold every word of `content` with the fewest typing errors in all."""
    denied = NEGATIONS.intersection(content)
    if len(denied) == len(content):
        return []
    errors = []
    for each in phrases:
        same_sense = [phrase for phrase in each if NEGATIONS.intersection(phrase) <= denied]
        errors.append(_errors(content, {word for phrase in same_sense for word in phrase}))
    fewest = min((count for count in errors if count is not None), default=None)
    return [i for i, count in enumerate(errors) if count is not None and count == fewest]


def _errors(content: tuple[str, ...], known: set[str]) -> int | None:
    """Typing errors between `content` and the `known` words; None where a word has nothing near it."""
    total = 0
    for typed in content:
        near = [errors for word in known if (errors := _distance(typed, word)) is not None]
        if not near:
            return None
        total += min(near)
    return total


def _distance(typed: str, word: str) -> int | None:
    """Typing errors from `word` to `typed`: none for its beginning, at most one, or two in a long word."""
    if typed == word:
        return 0
    shorter = min(len(typed), len(word))
    # A digit is never a typing error, and a first letter hardly ever: « toiture » is not « voiture ».
    if shorter < SHORT or typed[0] != word[0] or not (typed.isalpha() and word.isalpha()):
        return None
    if word.startswith(typed):
        return 0
    allowed = 2 if shorter >= 8 else 1
    errors = OSA.distance(typed, word, score_cutoff=allowed)
    return errors if errors <= allowed else None
