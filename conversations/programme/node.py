"""A cursor on the file: a value, its line, the way to it, and the notebook where its mistakes go.

A wrong value is noted and read as a neutral one, so that reading goes on and one report tells every mistake.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TypeVar

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from conversations.programme.mistakes import Notebook
from conversations.programme.units import Kind

T = TypeVar("T")

TO_COMPLETE = "à compléter"
TO_CONFIRM = "a_confirmer"
NAMES = ("id", "code", "jour")  # what an item of a list is called by, on the way to it


class Node:
    """A value of the file. One that is missing reads as neutral, in silence: `fields` has noted it."""

    def __init__(self, yaml: YamlNode | None, line: int, path: tuple[str, ...], notebook: Notebook) -> None:
        self._yaml = yaml
        self.line = line
        self.path = path
        self.notebook = notebook
        self._fields: dict[str, Node] = {}

    def __bool__(self) -> bool:
        """Whether the file holds this value at all."""
        return self._yaml is not None

    # ── mistakes

    def mistake(self, says: str) -> None:
        """Note a mistake about this value."""
        self.notebook.mistake(self.line, self.path, says)

    def wrong(self, expected: str) -> None:
        """Note that this value is not what was expected here."""
        if self:
            self.mistake(f"trouvé {self.found}, attendu {expected}")

    @property
    def found(self) -> str:
        """What stands in the file, in the words of the report."""
        match self.raw:
            case None:
                return "une liste" if isinstance(self._yaml, SequenceNode) else "des clés"
            case "":
                return "rien"
            case text:
                return f"« {text if len(text) <= 60 else text[:60] + '…'} »"

    # ── single values

    @property
    def raw(self) -> str | None:
        """The characters of a single value, spaces made plain; None for a list or for keys."""
        if not isinstance(self._yaml, ScalarNode):
            return None
        return " ".join(str(self._yaml.value).split())

    def text(self) -> str:
        """A text that says something."""
        if not self.raw or self.raw == TO_COMPLETE:
            self.wrong("un texte")
            return ""
        return self.raw

    def known(self) -> str | None:
        """A text, or None where nobody has published it yet."""
        if self.raw == TO_COMPLETE:
            self.notebook.to_complete(self.line, self.path, "reste à compléter")
            return None
        return self.text()

    def read(self, kind: Kind[T]) -> T:
        """A value written in a certain way."""
        value = kind.parse(self.raw) if self.raw is not None else None
        if value is None:
            self.wrong(kind.expected)
            return kind.neutral
        return value

    def reference(self, known: Iterable[str], expected: str) -> str:
        """The name of something that stands elsewhere."""
        name, names = self.raw, list(known)
        if name not in names:
            self.wrong(expected + suggestion(name or "", names))
        return name or ""

    # ── lists and keys

    def items(self) -> list["Node"]:
        """The items of a list that holds at least one."""
        if not isinstance(self._yaml, SequenceNode) or not self._yaml.value:
            self.wrong(
                "une liste d'une ligne au moins" if isinstance(self._yaml, SequenceNode) else "une liste"
            )
            return []
        return [self._item(number, item) for number, item in enumerate(self._yaml.value, start=1)]

    def pairs(self) -> dict[str, "Node"]:
        """Keys that the file chooses, with their values."""
        if not isinstance(self._yaml, MappingNode) or not self._yaml.value:
            self.wrong("une clé et sa valeur")
            return {}
        pairs: dict[str, Node] = {}
        for key, value in self._yaml.value:
            name = self._child(key, "?").raw or ""
            child = Node(value, key.start_mark.line + 1, (*self.path, name or "?"), self.notebook)
            if not name:
                child.mistake("le nom d'une clé est un mot")
            elif name in pairs:
                child.mistake(f"cette clé est déjà écrite ligne {pairs[name].line}")
            else:
                pairs[name] = child
        return pairs

    def fields(self, *required: str, optional: tuple[str, ...] = ()) -> "Node":
        """Check the keys; then `node["key"]` is a value. « a_confirmer » may stand beside any of them."""
        self._fields = self.pairs()
        known, meant = (*required, *optional, TO_CONFIRM), ""
        for name, child in self._fields.items():
            if name not in known:
                meant += suggestion(name, known)
                child.mistake(f"clé inconnue{suggestion(name, known)}{_comma(child)}")
        for name in required:
            if self._fields and name not in self._fields and f"« {name} »" not in meant:
                self.mistake(f"il manque la clé « {name} »")
        if reason := self[TO_CONFIRM]:
            self.notebook.to_complete(reason.line, self.path, f"reste à confirmer ({reason.text()})")
        return self

    def __getitem__(self, name: str) -> "Node":
        missing = Node(None, self.line, (*self.path, name), self.notebook)
        return self._fields.get(name, missing)

    def _child(self, yaml: YamlNode, name: str) -> "Node":
        return Node(yaml, yaml.start_mark.line + 1, (*self.path, name), self.notebook)

    def _item(self, number: int, yaml: YamlNode) -> "Node":
        if isinstance(yaml, MappingNode):
            for key, value in yaml.value:
                if key.value in NAMES and isinstance(value, ScalarNode):
                    return self._child(yaml, str(value.value))
        return self._child(yaml, str(number))


MISSING = Node(None, 0, (), Notebook(""))  # reads as neutral, and nobody hears of it


def suggestion(name: str, known: Iterable[str]) -> str:
    """« vouliez-vous dire … ? », or nothing where no name comes close."""
    close = get_close_matches(name, list(known), n=1)
    return f" ; vouliez-vous dire « {close[0]} » ?" if close else ""


def _comma(child: Node) -> str:
    """Between braces a comma cuts a text without quotes in two: the rest looks like a key of nothing."""
    return " ; un texte qui contient une virgule va entre guillemets" if child.raw == "" else ""
