"""The house law for what people read: short sentences, no false hope, no placeholder that nobody fills.

Every text that comes through here is also a message for the translators, so none can be forgotten.
"""

import re
from collections.abc import Mapping

from conversations.programme.mistakes import Message
from conversations.programme.node import Node, suggestion

MOST_WORDS = 15  # in a sentence
MOST_IN_LABEL = 60  # characters on a button

SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Ý«])")
DIGIT_GROUPS = re.compile(r"(?<=\d)\s+(?=\d)")
WORD = re.compile(r"\S*\w\S*")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
# « un dépôt de garantie » is a noun and promises nothing.
PROMISE = re.compile(
    r"\b(éligibles?|accordée?s?|(?<!de )(?<!la )(?<!une )(?<!en )garantie?s?)\b", re.IGNORECASE
)
NEGATION = re.compile(r"\b(pas|jamais|aucune?|ni|rien|sans|non)\b", re.IGNORECASE)


def message(node: Node, figures: Mapping[str, str]) -> str:
    """A text that a person reads, in words that may be somebody else's: a law's, a source's."""
    text = node.text()
    names = PLACEHOLDER.findall(text)
    unknown = [name for name in names if name not in figures]
    for name in unknown:
        node.mistake(f"trouvé « {{{name}}} », qui ne reprend aucun plafond{suggestion(name, figures)}")
    if "{" in (rest := PLACEHOLDER.sub("", text)) or "}" in rest:
        node.mistake("trouvé une accolade seule, attendu par exemple {montant_minimum}")
    if text:
        node.notebook.messages.setdefault(Message(node.line, text))
    return text


def prose(node: Node, figures: Mapping[str, str]) -> str:
    """A text in our own words: sentences of 15 words at most that promise nothing."""
    text = message(node, figures)
    for sentence in SENTENCE_END.split(filled(text, figures)):
        words = len(WORD.findall(DIGIT_GROUPS.sub("", sentence)))
        if words > MOST_WORDS:
            node.mistake(
                f"trouvé une phrase de {words} mots, attendu {MOST_WORDS} mots au plus : « {sentence} »"
            )
        if (promise := PROMISE.search(sentence)) and not NEGATION.search(sentence[: promise.start()]):
            node.mistake(
                f"trouvé « {promise[0]} », attendu des mots qui ne promettent rien : la banque décide"
            )
    return text


def label(node: Node, figures: Mapping[str, str]) -> str:
    """Words that fit on a button."""
    text = prose(node, figures)
    if len(shown := filled(text, figures)) > MOST_IN_LABEL:
        node.mistake(f"trouvé {len(shown)} caractères, attendu {MOST_IN_LABEL} au plus pour un bouton")
    return text


def filled(text: str, figures: Mapping[str, str]) -> str:
    """The text with its figures, as it stands on screen."""
    return PLACEHOLDER.sub(lambda match: figures.get(match[1], match[0]), text)
