"""The picture says on a small screen what the loan costs, in any language and in grey."""

import subprocess
import sys
from collections import Counter
from decimal import Decimal
from gettext import NullTranslations
from io import BytesIO
from time import process_time

import pytest
from PIL import Image, ImageColor

from bot.screens.loan_papers.picture import HEIGHT, LEFT, RIGHT, WIDTH, loan_picture
from bot.screens.loan_papers.style import ACCENT, PAPER, QUIET, TINT
from conversations.catalogues import FRENCH
from conversations.loan import Schedule, repayment_schedule
from conversations.words import Words

LEGAL = "Attention ! Un crédit coûte de l'argent et doit être remboursé."
LONG = (
    "Un crédit vous engage et doit être remboursé."
    " Vérifiez vos capacités de remboursement avant de vous engager."
)


class _Wordy(NullTranslations):
    """A language that takes half as many words again."""

    def gettext(self, message: str) -> str:
        return message + " " + message[: len(message) // 2].replace("{", "").replace("}", "")


def schedule(amount: int, months: int, rate: str = "4") -> Schedule:
    return repayment_schedule(Decimal(amount), months, Decimal(rate))


def drawn(loan: Schedule, words: Words = FRENCH, legal: str = LEGAL) -> Image.Image:
    image = Image.open(BytesIO(loan_picture(loan, words, legal)))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    return image.convert("RGB")


def colours(image: Image.Image, *, y: int) -> Counter[tuple[int, ...]]:
    """How many pixels of each colour one line has."""
    line = image.crop((0, y, WIDTH, y + 1)).tobytes()
    return Counter(tuple(line[at : at + 3]) for at in range(0, len(line), 3))


@pytest.mark.parametrize(("amount", "months", "rate"), [(2000, 36, "4"), (300, 6, "4"), (1500, 24, "23.56")])
def test_the_dark_part_of_the_bar_is_the_part_that_is_cost(amount: int, months: int, rate: str) -> None:
    loan = schedule(amount, months, rate)
    bar = colours(drawn(loan), y=570)
    dark, light = bar[ImageColor.getrgb(ACCENT)], bar[ImageColor.getrgb(TINT)]
    assert dark + light == RIGHT - LEFT
    assert dark == pytest.approx(float(loan.cost / loan.total) * (RIGHT - LEFT), abs=1)


@pytest.mark.parametrize("months", range(6, 37))
def test_there_is_one_column_for_each_month(months: int) -> None:
    line = drawn(schedule(1000, months)).crop((0, 1050, WIDTH, 1051)).tobytes()
    light = bytes(ImageColor.getrgb(TINT))
    column = [line[at : at + 3] == light for at in range(0, len(line), 3)]
    assert sum(column[x] and not column[x - 1] for x in range(1, WIDTH)) == months
    assert (column.index(True), WIDTH - column[::-1].index(True)) == (LEFT, RIGHT)


def test_a_loan_that_costs_nothing_has_no_dark_part() -> None:
    image = drawn(schedule(3000, 36, "0"))
    for y in (570, 900, 1000):
        assert ImageColor.getrgb(ACCENT) not in colours(image, y=y)


@pytest.mark.parametrize("words", [FRENCH, Words("de", _Wordy()), Words("fr", _Wordy())])
@pytest.mark.parametrize(("amount", "months"), [(300, 6), (3000, 6), (3000, 36)])
@pytest.mark.parametrize("legal", [LEGAL, LONG])
def test_nothing_leaves_the_margins_however_long_the_words(
    words: Words, amount: int, months: int, legal: str
) -> None:
    image = drawn(schedule(amount, months, "23.56"), words, legal)
    inside = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    inside.paste(image.crop((LEFT - 8, 60, RIGHT + 8, HEIGHT - 50)), (LEFT - 8, 60))
    assert image.tobytes() == inside.tobytes()


def test_light_and_dark_stay_apart_in_grey_and_words_can_be_read() -> None:
    assert contrast(TINT, ACCENT) > 4.5
    assert contrast(PAPER, ACCENT) > 4.5
    assert contrast(PAPER, QUIET) > 4.5


def test_the_same_loan_is_drawn_once() -> None:
    first = loan_picture(schedule(2000, 36), FRENCH, LEGAL)
    assert loan_picture(schedule(2000, 36), FRENCH, LEGAL) is first
    assert loan_picture(schedule(2001, 36), FRENCH, LEGAL) != first
    assert loan_picture(schedule(2000, 36), FRENCH, LONG) != first


def test_a_picture_is_drawn_within_150_milliseconds() -> None:
    def seconds(amount: int) -> float:
        loan = schedule(amount, 36)
        start = process_time()
        loan_picture(loan, FRENCH, LEGAL)
        return process_time() - start

    assert min(seconds(amount) for amount in range(1200, 1206)) < 0.15


def test_it_is_light_enough_for_a_slow_network() -> None:
    assert len(loan_picture(schedule(2000, 36), FRENCH, LEGAL)) < 60_000


def test_pillow_comes_with_the_first_picture_only() -> None:
    script = (
        "import sys, bot.screens.loan_papers.picture, bot.screens.loan_papers.table\n"
        "print({'PIL', 'fpdf'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def contrast(light: str, dark: str) -> float:
    """WCAG 2.2: how much brighter one is than the other."""

    def luminance(colour: str) -> float:
        channels = [value / 255 for value in ImageColor.getrgb(colour)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    return (luminance(light) + 0.05) / (luminance(dark) + 0.05)
