"""The whole file as of one day: the sections in the order in which they need each other."""

from datetime import date

from conversations.programme.model import Programme
from conversations.programme.node import MISSING, Node
from conversations.programme.periods import in_force
from conversations.programme.sections.aids import read_aids
from conversations.programme.sections.context import Context
from conversations.programme.sections.flyers import read_flyers
from conversations.programme.sections.money import LEGAL_TEXTS, read_caps, read_legal_text, read_rate
from conversations.programme.sections.papers import read_papers
from conversations.programme.sections.places import read_places
from conversations.programme.sections.questions import read_questions
from conversations.programme.sections.rules import read_rules
from conversations.programme.sections.simulator import read_simulator
from conversations.programme.sections.sources import read_sources
from conversations.programme.sections.time import read_half_days, read_retention
from conversations.programme.sections.transmission import read_transmission
from conversations.programme.sections.urgencies import read_urgencies
from conversations.programme.wording import message

SECTIONS = (
    "programme", "sources", "communes", "plafonds", "taux", "textes_legaux", "questions", "regles", "aides",
    "papiers", "urgences", "demi_journees", "conservation", "affiches", "simulateur",
    "transmission",
)  # fmt: skip


def dated(root: Node) -> dict[str, list[Node]]:
    """What must have a version in force for the programme to be one, with all its versions."""
    legal = root["textes_legaux"].fields(*LEGAL_TEXTS)
    texts = {f"textes_legaux › {name}": legal[name].items() for name in LEGAL_TEXTS}
    return {"plafonds": root["plafonds"].items(), "taux": root["taux"].items(), **texts}


def read_programme(root: Node, day: date) -> Programme:
    """The programme as of `day`. What has no version that day reads as neutral: `dated` tells which."""
    caps, rate, *legal = (_version(versions, day) for versions in dated(root).values())
    met = root.notebook.met
    context = Context(day, read_caps(caps))
    if root.notebook.met > met:
        context.misread.add("plafonds")
    figures = context.figures
    context.sources = read_sources(root["sources"], figures)
    context.source(caps["source"])  # nobody shows it, but the file says where caps come from
    places = read_places(root["communes"])
    questions = read_questions(in_force(root["questions"].items(), day), places, context)
    context.questions = {question.id: question for question in questions}
    aids = read_aids(root["aides"], context)
    context.aids = tuple(aid.id for aid in aids)
    about = root["programme"].fields("nom", "version", "preteur")
    return Programme(
        version=about["version"].text(),
        name=message(about["nom"], figures),
        lender=about["preteur"].text(),
        places=places,
        caps=context.caps,
        rate=read_rate(rate, context),
        simulator=read_simulator(root["simulateur"], context.caps),
        legal={name: read_legal_text(text, context) for name, text in zip(LEGAL_TEXTS, legal, strict=True)},
        questions=questions,
        rules=read_rules(in_force(root["regles"].items(), day), context),
        aids=aids,
        papers=read_papers(root["papiers"], context),
        urgencies=read_urgencies(root["urgences"], figures),
        half_days=read_half_days(root["demi_journees"]),
        retention=read_retention(root["conservation"]),
        flyers=read_flyers(root["affiches"]),
        handover=read_transmission(root["transmission"], figures),
    )


def _version(versions: list[Node], day: date) -> Node:
    """The version in force; one that is missing, and reads as neutral in silence, where there is none."""
    return next(iter(in_force(versions, day)), MISSING)
