"""`plafonds`, `taux`, `textes_legaux`: what is lent, at which rate, and what the law says beside it."""

from conversations.programme.model import Caps, LegalText, Rate
from conversations.programme.node import Node
from conversations.programme.sections.context import Context
from conversations.programme.units import AMOUNT, DATE, MONTHS, PERCENT
from conversations.programme.wording import message

LEGAL_TEXTS = ("credit", "conseil", "arnaque")  # the sentences that screens show
NO_CAPS = Caps(0, 0, 0, 0)


def read_caps(node: Node) -> Caps:
    """Amounts in cents, durations in months; all 0 where one is wrong, so that nothing is held against it."""
    met = node.notebook.met
    node.fields(
        "depuis", "montant_minimum", "montant_maximum", "duree_minimum", "duree_maximum", "source",
        optional=("jusqu_au",),
    )  # fmt: skip
    caps = Caps(
        least=node["montant_minimum"].read(AMOUNT),
        most=node["montant_maximum"].read(AMOUNT),
        shortest=node["duree_minimum"].read(MONTHS),
        longest=node["duree_maximum"].read(MONTHS),
    )
    if 0 < caps.most < caps.least:
        node["montant_maximum"].wrong(f"{node['montant_minimum'].raw} au moins, comme « montant_minimum »")
    if 0 < caps.longest < caps.shortest:
        node["duree_maximum"].wrong(f"{node['duree_minimum'].raw} au moins, comme « duree_minimum »")
    return caps if node.notebook.met == met else NO_CAPS


def read_rate(node: Node, context: Context) -> Rate:
    """Percent a year."""
    node.fields("depuis", "nominal", "usure", "source", "source_usure", optional=("jusqu_au",))
    rate = Rate(
        nominal=node["nominal"].read(PERCENT),
        usury=node["usure"].read(PERCENT),
        source=context.source(node["source"]),
        usury_source=context.source(node["source_usure"]),
    )
    if 0 < rate.usury < rate.nominal:
        node["nominal"].wrong(f"{node['usure'].raw} au plus, le seuil de l'usure")
    return rate


def read_legal_text(node: Node, context: Context) -> LegalText:
    """A sentence of the law, in the law's own words."""
    node.fields("depuis", "texte", "source", optional=("jusqu_au",))
    return LegalText(
        text=message(node["texte"], context.figures),
        source=context.source(node["source"]),
        since=node["depuis"].read(DATE),
    )
