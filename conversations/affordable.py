"""*Je peux payer … par mois*: how much that borrows, or how long it takes, to the euro and the month."""

from dataclasses import replace
from decimal import Decimal

from conversations.amounts import Refused, read_amount
from conversations.dialogue import Dialogue, Remark
from conversations.loan import largest_amount, shortest_duration
from conversations.navigation import to_human
from conversations.page_kinds import Affordable, Simulator
from conversations.programme.question import Amount
from conversations.scene import Here
from conversations.screen import Button, Line, Screen, bullet, note, title
from conversations.simulator import beside_figures

ABREAST = 3  # presets in a row


def affordable(here: Here, page: Affordable) -> Screen:
    """Ask for the payment, then answer both ways: for the amount, and for the duration."""
    _, dialogue = here.words, here.dialogue
    presets = tuple(
        Button(_.euros(payment), f"pay:{payment}", dialogue.open(replace(page, payment=payment)))
        for payment in here.programme.simulator.payments
    )
    lines, choices = _answer(here, page) if page.payment is not None else ([], [])
    return Screen(
        lines=(
            title(_("Combien pouvez-vous payer par mois ?")),
            *lines,
            note(_("Touchez un montant, ou écrivez-le.")),
        ),
        rows=(
            *((choice,) for choice in choices),
            *(presets[i : i + ABREAST] for i in range(0, len(presets), ABREAST)),
            (Button(_("Retour au calcul"), "pay:back", dialogue.back(), (_("Retour"),)), to_human(here)),
        ),
    )


def _answer(here: Here, page: Affordable) -> tuple[list[Line], list[Button]]:
    _, caps, rate = here.words, here.programme.caps, here.programme.rate.nominal
    payment = page.payment or 0
    said = _.euros(payment)
    most = largest_amount(Decimal(payment) / 100, caps.longest, rate, caps)
    shortest = shortest_duration(Decimal(page.cents) / 100, Decimal(payment) / 100, rate, caps)
    lines: list[Line] = []
    choices: list[Button] = []
    if most is None:
        least = _.euros(caps.least)
        lines.append(
            bullet(
                _("Avec {payment} par mois, même {least} ne se remboursent pas.", payment=said, least=least)
            )
        )
    else:
        reach = {"amount": _.euros(int(most) * 100), "months": _.months(caps.longest)}
        lines.append(
            bullet(_("Avec {payment} par mois : jusqu'à {amount} sur {months}.", payment=said, **reach))
        )
        choices.append(_see(here, int(most) * 100, caps.longest))
    wanted = _.euros(page.cents)
    if shortest is None:
        lines.append(
            bullet(_("Pour {amount}, {payment} par mois ne suffisent pas.", amount=wanted, payment=said))
        )
    else:
        duration = _.months(shortest)
        lines.append(bullet(_("Pour {amount} : {months} au moins.", amount=wanted, months=duration)))
        choices.append(_see(here, page.cents, shortest))
    lines += beside_figures(here)
    return lines, choices


def _see(here: Here, amount: int, months: int) -> Button:
    _ = here.words
    label = _("Voir {amount} sur {months}", amount=_.euros(amount), months=_.months(months))
    return Button(label, f"pay:see:{amount}:{months}", here.dialogue.back().open(Simulator(amount, months)))


def hear_payment(here: Here, page: Affordable, text: str) -> Dialogue:
    """What a typed payment leads to. People write « 40 € par mois » here, so the period is allowed."""
    said = (
        text.strip()
        .removesuffix("par mois")
        .removesuffix("a month")
        .removesuffix("/mois")
        .removesuffix("/ mois")
        .rstrip()
    )
    match read_amount(said):
        case Amount(payment):
            return replace(here.dialogue, remark=None).open(replace(page, payment=payment))
        case Refused() as reason:
            return replace(here.dialogue, remark=Remark("amount", reason.value))
