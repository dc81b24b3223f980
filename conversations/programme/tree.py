"""From a file to a tree of YAML nodes, each with its line; or a report in French of why that cannot be.

The values stay the characters that stand in the file: what they mean is for each section to say.
So « oui », 16_17 and 09:00 are never taken for something else.
"""

import re
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from conversations.programme.mistakes import Notebook, ProgrammeError

LARGEST = 500_000  # bytes; the programme of four communes is under a tenth of it
FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)

EXPLANATIONS = (
    ("mapping values are not allowed", "ces deux-points étonnent ; mettez le texte entre guillemets"),
    ("cannot start any token", "ce signe ne peut pas commencer un texte ; mettez le texte entre guillemets"),
    ("unexpected end of stream", "des guillemets s'ouvrent et ne se ferment pas"),
    ("expected <block end>", "le retrait de cette ligne ne suit pas celui des lignes voisines"),
    ("expected ',' or", "il manque une virgule, une accolade ou un crochet"),
    ("expected the node content", "il manque une valeur, une accolade ou un crochet"),
    ("could not find expected ':'", "il manque deux-points après un nom de clé"),
    ("found undefined alias", "un mot commence par « * » ; mettez-le entre guillemets"),
    ("another document", "« --- » commence un second document ; il n'en faut qu'un"),
    ("unknown escape character", "« \\ » est mal employé entre guillemets doubles"),
)


def read_tree(path: Path) -> tuple[MappingNode, Notebook]:
    """The file's tree and the notebook to go on with. Raises ProgrammeError where there is no tree."""
    notebook = Notebook(path.name)
    text = _characters(path, notebook)
    notebook.check()
    tree = _compose(text, notebook)
    notebook.check()
    if not isinstance(tree, MappingNode):
        raise ProgrammeError(f"{path.name}, ligne 1 : attendu des clés comme « programme: », une par ligne.")
    return tree, notebook


def _characters(path: Path, notebook: Notebook) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ProgrammeError(f"{path} : ce fichier n'existe pas. Vérifiez le réglage PROGRAMME.") from None
    except OSError:
        raise ProgrammeError(f"{path} : ce fichier ne peut pas être lu. Vérifiez ses droits.") from None
    if len(content) > LARGEST:
        raise ProgrammeError(f"{path.name} : ce fichier est trop grand, {LARGEST // 1000} Ko au plus.")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ProgrammeError(
            f"{path.name}, ligne {line} : trouvé un caractère qui n'est pas de l'UTF-8."
            " Enregistrez le fichier en UTF-8."
        ) from None
    for number, line_text in enumerate(text.split("\n"), start=1):
        if "\t" in line_text:
            notebook.mistake(number, (), "trouvé une tabulation, attendu des espaces")
        if FORBIDDEN.search(line_text):
            notebook.mistake(number, (), "trouvé un caractère invisible, attendu du texte")
    return text


def _compose(text: str, notebook: Notebook) -> YamlNode | None:
    try:
        tree: YamlNode | None = YAML(typ="base", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = str(error.problem)
        explanation = next((french for english, french in EXPLANATIONS if english in problem), None)
        notebook.mistake(
            mark.line + 1 if mark else 1, (), explanation or "cette ligne n'est pas du YAML correct"
        )
    except (YAMLError, ValueError, OverflowError):  # « \Uffffffff » is a number that no sign has
        notebook.mistake(1, (), "ce fichier n'est pas du YAML correct")
    except RecursionError:
        notebook.mistake(1, (), "trop d'accolades ou de crochets les uns dans les autres")
    else:
        _refuse_traps(tree, notebook)
        return tree
    return None


def _refuse_traps(tree: YamlNode | None, notebook: Notebook) -> None:
    """A few « & » fill a memory, and an escaped character can be any sign."""
    ahead, seen = [tree] if tree else [], set[int]()
    while ahead:
        node = ahead.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node.anchor:
            says = f"trouvé « &{node.anchor} » ; écrivez la valeur en entier à chaque endroit"
            notebook.mistake(node.start_mark.line + 1, (), says)
        if isinstance(node, ScalarNode) and FORBIDDEN.search(node.value):
            notebook.mistake(node.start_mark.line + 1, (), "trouvé un caractère invisible, attendu du texte")
        elif isinstance(node, MappingNode):
            ahead.extend(part for pair in node.value for part in pair)
        elif isinstance(node, SequenceNode):
            ahead.extend(node.value)
