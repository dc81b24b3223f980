"""*Calculer une mensualité*: what a loan costs a month, euros first, as an example and never as an offer."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from conversations.amounts import Refused, read_amount
from conversations.dialogue import Dialogue, Remark
from conversations.durations import read_months
from conversations.loan import Schedule, in_cents, repayment_schedule
from conversations.navigation import back, to_home, to_human
from conversations.page_kinds import Affordable, Budget, Simulator
from conversations.papers import needed
from conversations.programme.model import Caps, Place, Programme
from conversations.programme.question import Amount, Chosen
from conversations.scene import Here
from conversations.screen import Button, Line, LoanPaper, Screen, bullet, column, note, quote, title

COMPARED = 3  # durations side by side


def opened(dialogue: Dialogue, programme: Programme) -> Dialogue:
    """The simulator, on the questionnaire's amount and duration where they fit, else on the usual example."""
    caps = programme.caps
    cents, months = programme.simulator.amount, programme.simulator.months
    asked = dialogue.answers.get("montant")
    if isinstance(asked, Amount) and caps.least <= asked.cents <= caps.most:
        cents = asked.cents
    wanted = dialogue.answers.get("duree")
    if isinstance(wanted, Chosen):
        option = programme.question("duree").option(wanted.option)
        if option and option.value and caps.shortest <= option.value <= caps.longest:
            months = option.value
    return dialogue.open(Simulator(cents, months))


def schedule(page: Simulator | Affordable | Budget, programme: Programme) -> Schedule:
    """The schedule of the page's loan at the programme's example rate."""
    return repayment_schedule(Decimal(page.cents) / 100, page.months, programme.rate.nominal)


def simulator(here: Here, page: Simulator) -> Screen:
    """The instalment, or one of the views beside it."""
    match page.view:
        case "instalment":
            return _instalment(here, page)
        case "compare":
            return _compare(here, page)
        case "apr":
            return _apr(here, page)


def example_lines(here: Here, page: Simulator) -> Iterator[Line]:
    """The figures the law wants beside an instalment, euros first (L312-6 Code de la consommation)."""
    _, computed = here.words, schedule(page, here.programme)
    yield title(_("{amount} sur {months}", amount=_.euros(page.cents), months=_.months(page.months)))
    yield bullet(
        _(
            "{instalment} par mois pendant {months}.",
            instalment=_.euros(in_cents(computed.instalment)),
            months=_.months(page.months),
        )
    )
    if computed.last_instalment != computed.instalment:
        yield note(
            _("La dernière mensualité est de {last}.", last=_.euros(in_cents(computed.last_instalment)))
        )
    yield bullet(_("Vous rendez {total} en tout.", total=_.euros(in_cents(computed.total))))
    yield bullet(_("Le crédit vous coûte {cost}.", cost=_.euros(in_cents(computed.cost))))
    yield note(
        _(
            "Exemple, pas une offre. Taux : {rate} par an. TAEG : {apr}.",
            rate=_.rate(here.programme.rate.nominal),
            apr=_.percent(computed.apr),
        )
    )
    yield quote(_(here.programme.legal["credit"].text))


def beside_figures(here: Here) -> tuple[Line, Line]:
    """What stands beside every other instalment: an example at this rate, and the law's sentence."""
    _ = here.words
    return (
        note(_("Exemple, pas une offre. Taux : {rate} par an.", rate=_.rate(here.programme.rate.nominal))),
        quote(_(here.programme.legal["credit"].text)),
    )


def _instalment(here: Here, page: Simulator) -> Screen:
    _, dialogue, presets = here.words, here.dialogue, here.programme.simulator
    amount, months = presets.amount_step, presets.months_step
    change = [
        _to(here, "less", _("− {step}", step=_.euros(amount)), replace(page, cents=page.cents - amount)),
        _to(here, "more", _("+ {step}", step=_.euros(amount)), replace(page, cents=page.cents + amount)),
        _to(
            here, "shorter", _("− {step}", step=_.months(months)), replace(page, months=page.months - months)
        ),
        _to(here, "longer", _("+ {step}", step=_.months(months)), replace(page, months=page.months + months)),
    ]
    return Screen(
        lines=(
            *example_lines(here, page),
            note(_("Vous pouvez aussi écrire un montant, ou une durée : 800 €, 18 mois.")),
        ),
        rows=(
            *column(change),
            tuple(_to(here, "amount", _.euros(each), replace(page, cents=each)) for each in presets.amounts),
            (
                Button(_("Comparer"), "sim:compare", dialogue.open(replace(page, view="compare"))),
                Button(
                    _("Je peux payer…"), "sim:affordable", dialogue.open(Affordable(page.cents, page.months))
                ),
            ),
            (
                Button(_("Mon budget"), "sim:budget", dialogue.open(Budget(page.cents, page.months))),
                Button(_("Voir en image"), "sim:picture", replace(dialogue, remark=Remark("picture"))),
            ),
            (
                Button(_("Recevoir le tableau"), "sim:table", replace(dialogue, remark=Remark("table"))),
                Button(_("Le TAEG ?"), "sim:apr", dialogue.open(replace(page, view="apr"))),
            ),
            (back(here), to_human(here)),
        ),
    )


def _to(here: Here, name: str, label: str, then: Simulator) -> Button:
    """A button to another amount or duration, kept inside what this loan lends."""
    caps = here.programme.caps
    cents = min(max(then.cents, caps.least), caps.most)
    months = min(max(then.months, caps.shortest), caps.longest)
    leads_to = here.dialogue.open(replace(then, cents=cents, months=months))
    return Button(label, f"sim:{name}:{cents}:{months}", leads_to)


def _compare(here: Here, page: Simulator) -> Screen:
    """Three durations for the same amount, in words."""
    _ = here.words
    lines = [title(_("{amount} : trois durées", amount=_.euros(page.cents)))]
    for months in compared(page.months, here.programme.caps):
        computed = schedule(replace(page, months=months), here.programme)
        lines.append(
            bullet(
                _(
                    "{months} : {instalment} par mois. Le crédit coûte {cost}.",
                    months=_.months(months),
                    instalment=_.euros(in_cents(computed.instalment)),
                    cost=_.euros(in_cents(computed.cost)),
                )
            )
        )
    choices = (
        _to(here, "months", _.months(months), replace(page, view="instalment", months=months))
        for months in compared(page.months, here.programme.caps)
    )
    return Screen(
        lines=(
            *lines,
            note(_("Plus c'est court, moins c'est cher. Plus c'est long, plus la mensualité est petite.")),
            *beside_figures(here),
        ),
        rows=(tuple(choices), (_back_to(here, page), to_home(here))),
    )


def compared(months: int, caps: Caps) -> tuple[int, ...]:
    """Three durations to compare: this one, and the nearest whole years, all within the caps."""
    years = [year for year in range(12, caps.longest + 1, 12) if year >= caps.shortest and year != months]
    years.sort(key=lambda year: abs(year - months))
    return tuple(sorted((months, *years[: COMPARED - 1])))


def _apr(here: Here, page: Simulator) -> Screen:
    """What the letters mean."""
    _ = here.words
    return Screen(
        lines=(
            title(_("Le TAEG, c'est quoi ?")),
            bullet(_("TAEG veut dire « taux annuel effectif global ».")),
            bullet(_("Il dit ce que coûte un crédit en un an, tous frais compris.")),
            bullet(_("Il sert à comparer deux crédits : le plus petit TAEG coûte le moins.")),
        ),
        rows=((_back_to(here, page), to_home(here)),),
    )


def _back_to(here: Here, page: Simulator) -> Button:
    _ = here.words
    return Button(
        _("Retour au calcul"),
        "sim:back",
        here.dialogue.open(replace(page, view="instalment")),
        (_("Retour"),),
    )


def hear_loan(here: Here, page: Simulator, text: str) -> Dialogue:
    """What a typed amount or duration leads to; anything that could be both is asked again."""
    caps, dialogue = here.programme.caps, replace(here.dialogue, remark=None)
    months = read_months(text)
    if months is not None:
        if not caps.shortest <= months <= caps.longest:
            return replace(dialogue, remark=Remark("months_out"))
        return dialogue.open(replace(page, months=months, view="instalment"))
    match read_amount(text):
        case Refused() as reason:
            return replace(dialogue, remark=Remark("amount", reason.value))
        case Amount(amount) if text.strip().isdecimal() and 0 < amount <= caps.longest * 100:
            return replace(dialogue, remark=Remark("euros_or_months", text.strip()))
        case Amount(amount) if not caps.least <= amount <= caps.most:
            return replace(dialogue, remark=Remark("amount_out"))
        case Amount(amount):
            return dialogue.open(replace(page, cents=amount, view="instalment"))


def paper(here: Here, page: Simulator) -> LoanPaper | None:
    """What goes with the screen when a picture or the table was asked for."""
    _, programme, remark = here.words, here.programme, here.dialogue.remark
    if remark is None or remark.kind not in {"picture", "table"}:
        return None
    picture = LoanPaper(
        form="picture",
        cents=page.cents,
        months=page.months,
        rate=programme.rate.nominal,
        language=_.language,
        legal=_(programme.legal["credit"].text),
    )
    if remark.kind == "picture":
        return picture
    return replace(
        picture,
        form="table",
        programme=_(programme.name),
        notes=(_(programme.legal["conseil"].text), _(programme.legal["arnaque"].text)),
        papers=tuple(_(each.label) for each in needed(here)),
        places=tuple(_("CCAS à {commune}", commune=_(place.name)) for place in _near(here)),
    )


def _near(here: Here) -> tuple[Place, ...]:
    """The commune they named, else all of them."""
    match here.dialogue.answers.get("commune"):
        case Chosen(option) if place := here.programme.place(option):
            return (place,)
        case _:
            return here.programme.places
