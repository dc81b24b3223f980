"""`simulateur`: where the calculation of an instalment starts, and what its buttons propose."""

from conversations.programme.model import Caps, SimulatorPresets
from conversations.programme.node import Node
from conversations.programme.units import AMOUNT, MONTHS


def read_simulator(node: Node, caps: Caps) -> SimulatorPresets:
    """Amounts in cents, durations in months; a loan that is proposed must be one that can be had."""
    node.fields(
        "montant",
        "duree",
        "pas_montant",
        "pas_duree",
        "montants",
        "mensualites",
        "entrees",
        "sorties",
        "imprevu",
    )
    amount, months = node["montant"].read(AMOUNT), node["duree"].read(MONTHS)
    for each in (node["montant"], *node["montants"].items()):
        if caps.least and not caps.least <= (each.read(AMOUNT) or caps.least) <= caps.most:
            each.wrong("un montant entre le minimum et le maximum des plafonds")
    if caps.shortest and not caps.shortest <= (months or caps.shortest) <= caps.longest:
        node["duree"].wrong("une durée entre le minimum et le maximum des plafonds")
    return SimulatorPresets(
        amount=amount,
        months=months,
        amount_step=node["pas_montant"].read(AMOUNT),
        months_step=node["pas_duree"].read(MONTHS),
        amounts=_amounts(node["montants"]),
        payments=_amounts(node["mensualites"]),
        incomes=_amounts(node["entrees"]),
        spendings=_amounts(node["sorties"]),
        surprise=node["imprevu"].read(AMOUNT),
    )


def _amounts(node: Node) -> tuple[int, ...]:
    return tuple(item.read(AMOUNT) for item in node.items())
