"""`questions`: what is asked, in order, and why."""

from conversations.programme.model import Place
from conversations.programme.node import Node
from conversations.programme.question import Kind, Option, Question
from conversations.programme.sections.context import Context
from conversations.programme.sections.names import read_id
from conversations.programme.sections.options import check_token, measure, read_options
from conversations.programme.units import AMOUNT, YES_NO, one_of
from conversations.programme.wording import label, prose
from conversations.questionnaire import DONT_KNOW

NATURE = one_of({"montant": Kind.AMOUNT}, Kind.CHOICE)


def read_questions(items: list[Node], places: tuple[Place, ...], context: Context) -> tuple[Question, ...]:
    """The questions in force, in the order of the file."""
    return tuple(_question(item, places, context) for item in items)


def _question(node: Node, places: tuple[Place, ...], context: Context) -> Question:
    met = node.notebook.met
    node.fields(
        "id", "texte", "court", "pourquoi",
        optional=("options", "autres_options", "nature", "garder", "depuis", "jusqu_au"),
    )  # fmt: skip
    identifier = read_id(node["id"])
    check_token(node["id"], identifier, DONT_KNOW)
    if bool(node["options"]) == bool(node["nature"]):
        node.mistake("attendu « options: » ou « nature: montant », l'un ou l'autre")
    kind = node["nature"].read(NATURE) if node["nature"] else Kind.CHOICE
    unit = AMOUNT if kind is Kind.AMOUNT else measure(node["options"])
    if unit:
        context.measures[identifier] = unit
    question = Question(
        id=identifier,
        text=prose(node["texte"], context.figures),
        why=prose(node["pourquoi"], context.figures),
        short=label(node["court"], context.figures),
        kind=kind,
        options=_options(node, identifier, places, context),
        kept=node["garder"].read(YES_NO) if node["garder"] else False,
    )
    if node.notebook.met > met:
        context.misread.add(identifier)
    return question


def _options(node: Node, question: str, places: tuple[Place, ...], context: Context) -> tuple[Option, ...]:
    """The options written under the question; « options: communes » puts the places of the scheme first."""
    if node["options"].raw == "communes":
        towns = tuple(Option(place.id, place.name, (*place.spellings, place.postal_code)) for place in places)
        return (*towns, *read_options(node["autres_options"], question, towns, context))
    if node["autres_options"]:
        node["autres_options"].mistake("ne va qu'avec « options: communes »")
    return read_options(node["options"], question, (), context)
