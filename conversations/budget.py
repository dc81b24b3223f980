"""*Mon budget*: what is left to live on with the instalment, and with a surprise. Never a verdict.

No published rule says how much must be left (reste à vivre), so none is pretended. What is typed here lives
in the page and goes with it.
"""

from dataclasses import replace

from conversations.amounts import Refused, read_amount
from conversations.dialogue import Dialogue, Remark
from conversations.loan import in_cents
from conversations.navigation import to_human
from conversations.page_kinds import Budget
from conversations.programme.question import Amount
from conversations.scene import Here
from conversations.screen import Button, Line, Screen, bullet, note, title
from conversations.simulator import beside_figures, schedule


def budget(here: Here, page: Budget) -> Screen:
    """Ask what comes in, then what goes out, then say what is left."""
    _, presets = here.words, here.programme.simulator
    if page.income is None:
        return _ask(here, page, _("Combien d'argent entre chaque mois ?"), "income", presets.incomes)
    if page.spending is None:
        return _ask(here, page, _("Combien d'argent sort chaque mois ?"), "spending", presets.spendings)
    return _left(here, page, page.income - page.spending)


def _ask(here: Here, page: Budget, question: str, what: str, presets: tuple[int, ...]) -> Screen:
    _ = here.words
    example = (
        _("Salaire, pension, allocations : tout ce qui arrive.")
        if what == "income"
        else _("Loyer, énergie, courses, transports, crédits : tout ce qui part.")
    )
    choices = tuple(
        Button(_.euros(amount), f"budget:{what}:{amount}", here.dialogue.open(filled(page, amount)))
        for amount in presets
    )
    return Screen(
        lines=(
            title(question),
            bullet(example),
            note(_("Touchez un montant, ou écrivez-le. Il part quand vous quittez cette page.")),
        ),
        rows=(choices, _ways(here)),
    )


def filled(page: Budget, amount: int) -> Budget:
    """The page with its next amount."""
    return replace(page, income=amount) if page.income is None else replace(page, spending=amount)


def _left(here: Here, page: Budget, before: int) -> Screen:
    _ = here.words
    instalment = in_cents(schedule(page, here.programme).instalment)
    after, surprised = before - instalment, before - instalment - here.programme.simulator.surprise
    cost, surprise = _.euros(instalment), _.euros(here.programme.simulator.surprise)
    lines: list[Line] = [
        title(_("Ce qu'il reste pour vivre")),
        bullet(
            _("Avant le prêt : {left} par mois.", left=_.euros(before))
            if before >= 0
            else _("Avant le prêt : il manque {gap} par mois.", gap=_.euros(-before))
        ),
        bullet(
            _("Avec {cost} de mensualité : {left} par mois.", cost=cost, left=_.euros(after))
            if after >= 0
            else _("Avec {cost} de mensualité : il manque {gap} par mois.", cost=cost, gap=_.euros(-after))
        ),
        bullet(
            _("Et avec {surprise} d'imprévu : il reste {left}.", surprise=surprise, left=_.euros(surprised))
            if surprised >= 0
            else _(
                "Et avec {surprise} d'imprévu : il manque {gap}.", surprise=surprise, gap=_.euros(-surprised)
            )
        ),
        note(_("C'est votre calcul, pas un avis. La référente le refait avec vous.")),
        *beside_figures(here),
    ]
    if after < 0:
        lines.append(bullet(_(here.programme.legal["conseil"].text)))
    again = Button(
        _("Refaire mon budget"), "budget:again", here.dialogue.open(Budget(page.cents, page.months))
    )
    return Screen(tuple(lines), ((again,), _ways(here)))


def _ways(here: Here) -> tuple[Button, ...]:
    _ = here.words
    return (
        Button(_("Retour au calcul"), "budget:back", here.dialogue.back(), (_("Retour"),)),
        to_human(here),
    )


def hear_budget(here: Here, page: Budget, text: str) -> Dialogue:
    """What a typed amount leads to, while one is awaited."""
    if page.income is not None and page.spending is not None:
        return replace(here.dialogue, remark=Remark("unclear"))
    match read_amount(text):
        case Amount(amount):
            return replace(here.dialogue, remark=None).open(filled(page, amount))
        case Refused() as reason:
            return replace(here.dialogue, remark=Remark("amount", reason.value))
