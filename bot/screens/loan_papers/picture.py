"""A loan in one picture for a small screen: what you repay, the part that is cost, month by month."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.screens.loan_papers.style import ACCENT, QUIET, TINT, Type
from conversations.loan import Schedule, in_cents
from conversations.words import Words

if TYPE_CHECKING:  # Pillow comes with the first picture, not with the bot
    from bot.screens.loan_papers.canvas import Canvas

WIDTH, HEIGHT = 1080, 1400
LEFT, RIGHT = 72, WIDTH - 72
ACROSS = RIGHT - LEFT
LINE = 48  # from one line of small words to the next

# 36 pixels are 13 on a phone 390 wide: nothing is smaller.
PLAIN = Type(36)
QUIETLY = Type(36, colour=QUIET)
PART = Type(36, colour=ACCENT)
COST = Type(36, bold=True, colour=ACCENT)
LOAN = Type(44, bold=True)
HEADING = Type(48, bold=True)
INSTALMENT = Type(160, bold=True)
EVERY_MONTH = Type(52)


@dataclass(frozen=True, slots=True)
class _Picture:
    """All that is drawn: equal ones are one file."""

    loan: str
    example: str
    instalment: str
    every_month: str
    last: str
    total: str
    lent: str
    cost: str
    monthly: str
    first_cost: str
    last_cost: str
    rates: str
    legal: str
    amount: int  # cents, as those below
    due: int
    payments: tuple[int, ...]
    interests: tuple[int, ...]


def loan_picture(schedule: Schedule, _: Words, legal: str) -> bytes:
    """A PNG 1,080 pixels wide. `legal` is the sentence the law puts beside a figure, in the same language."""
    lent, instalment, last, interests = schedule.repayment
    cost = in_cents(schedule.cost)
    months = _.months(schedule.months)
    picture = _Picture(
        loan=_("{amount} sur {months}", amount=_.euros(lent), months=months),
        example=_("Exemple, pas une offre"),
        instalment=_.euros(instalment),
        every_month=_("par mois"),
        last=_("La dernière mensualité est de {last}.", last=_.euros(last)) if last != instalment else "",
        total=_("Vous rendez {total} en tout.", total=_.euros(in_cents(schedule.total))),
        lent=_("{amount} empruntés", amount=_.euros(lent)),
        cost=_("{cost} de coût", cost=_.euros(cost)) if cost else _("aucun coût"),
        monthly=_("Mois par mois"),
        first_cost=_("{cost} de coût le premier mois", cost=_.euros(interests[0])) if cost else "",
        last_cost=_("{cost} le dernier", cost=_.euros(interests[-1])) if cost else "",
        rates=_(
            "Taux : {rate} par an. TAEG : {apr}.",
            rate=_.rate(schedule.nominal_rate),
            apr=_.percent(schedule.apr),
        ),
        legal=legal,
        amount=lent,
        due=in_cents(schedule.total),
        payments=(*[instalment] * (schedule.months - 1), last),
        interests=interests,
    )
    return _drawn(picture)


@lru_cache(maxsize=32)  # about 1 MB
def _drawn(picture: _Picture) -> bytes:
    from bot.screens.loan_papers.canvas import Canvas

    canvas = Canvas(WIDTH, HEIGHT)
    canvas.words((LEFT, 112), picture.loan, LOAN, width=ACROSS * 6 // 10)
    canvas.words((RIGHT, 112), picture.example, QUIETLY, width=-ACROSS * 4 // 10)
    # Large figures bring their own white on both sides.
    taken = 14 + canvas.words((LEFT - 5, 298), picture.instalment, INSTALMENT, width=ACROSS * 7 // 10)
    canvas.words((LEFT + taken, 298), picture.every_month, EVERY_MONTH, width=ACROSS - taken)
    canvas.words((LEFT, 366), picture.last, QUIETLY, width=ACROSS)

    parting = LEFT + ACROSS * picture.amount / picture.due
    canvas.words((LEFT, 502), picture.total, HEADING, width=ACROSS)
    canvas.bar(LEFT, 534, parting, 614, TINT)
    canvas.bar(parting, 534, RIGHT, 614, ACCENT)
    canvas.words((LEFT, 666), picture.lent, PLAIN, width=ACROSS // 2)
    canvas.words((RIGHT, 666), picture.cost, COST, width=-ACROSS // 2)

    lines = canvas.lines(picture.legal, QUIETLY, width=ACROSS)
    under = HEIGHT - 72 - LINE * len(lines)  # where the rates stand; the columns take what is left above
    canvas.words((LEFT, under), picture.rates, PLAIN, width=ACROSS)
    for number, line in enumerate(lines, start=1):
        canvas.words((LEFT, under + LINE * number), line, QUIETLY, width=ACROSS)

    canvas.words((LEFT, 798), picture.monthly, HEADING, width=ACROSS)
    canvas.words((LEFT, 856), picture.first_cost, PART, width=ACROSS * 6 // 10)
    canvas.words((RIGHT, 856), picture.last_cost, PART, width=-ACROSS * 4 // 10)
    _columns(canvas, picture, top=884 if picture.first_cost else 838, bottom=under - 146)
    return canvas.png()


def _columns(canvas: "Canvas", picture: _Picture, top: int, bottom: int) -> None:
    """One column a month, as high as its payment; the part that is cost is dark and on top."""
    months = len(picture.payments)
    gap = min(12, ACROSS // months // 5)
    thick = (ACROSS + gap) / months - gap
    scale = (bottom - top) / max(picture.payments)
    labelled = 1 if months <= 12 else 6
    for number, (payment, interest) in enumerate(
        zip(picture.payments, picture.interests, strict=True), start=1
    ):
        left = LEFT + (thick + gap) * (number - 1)
        middle = bottom - (payment - interest) * scale
        canvas.bar(left, middle, left + thick, bottom, TINT)
        canvas.bar(left, bottom - payment * scale, left + thick, middle, ACCENT)
        if number in {1, months} or (number % labelled == 0 and months - number >= labelled / 2):
            middle_of_column = (left + thick / 2, bottom + LINE)
            canvas.centred(middle_of_column, str(number), QUIETLY, between=(LEFT, RIGHT))
