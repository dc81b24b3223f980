"""The page to keep holds every figure, every month and the law's words, on one A4 sheet."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader

from bot.screens.loan_papers.table import Leaflet, loan_table
from conversations.catalogues import FRENCH, load
from conversations.loan import Schedule, in_cents, repayment_schedule
from conversations.words import Words

MADE = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
LEAFLET = Leaflet(
    programme="Microcrédit personnel",
    legal=FRENCH("Attention ! Un crédit coûte de l'argent et doit être remboursé."),
    notes=(FRENCH("Un souci d'argent ? Un Point Conseil Budget vous aide."), "Le cœur « d’œuvre »"),
    papers=("Une pièce d’identité", "Un RIB", "Un devis"),
    places=("CCAS de Condé-sur-l’Escaut, 03 27 00 00 00, de 9 h à 12 h",),
    made=MADE,
)
ENGLISH = load(Path(__file__).parents[3] / "locales")["en"]
AMPLE = replace(
    LEAFLET,
    papers=tuple(f"Papier numéro {number}, avec une explication un peu longue" for number in range(15)),
    places=tuple(
        f"CCAS de la commune {number}, 12 rue de la République, 59000 Ville. 03 27 00 00 00, de 9 h à 12 h"
        for number in range(8)
    ),
)


def schedule(amount: int = 2000, months: int = 36, rate: str = "4") -> Schedule:
    return repayment_schedule(Decimal(amount), months, Decimal(rate))


@cache
def page(loan: Schedule, words: Words = FRENCH, leaflet: Leaflet = LEAFLET) -> PageObject:
    reader = PdfReader(BytesIO(loan_table(loan, words, leaflet)))
    assert len(reader.pages) == 1
    return reader.pages[0]


def texts(sheet: PageObject) -> list[str]:
    """Each piece of text as it was set, with its French spaces."""
    return [line.strip() for line in sheet.extract_text().splitlines()]


def test_it_is_one_a4_sheet_in_the_persons_language() -> None:
    reader = PdfReader(BytesIO(loan_table(schedule(), ENGLISH, LEAFLET)))
    box = reader.pages[0].mediabox
    assert (round(float(box.width) * 0.352778), round(float(box.height) * 0.352778)) == (210, 297)
    assert str(reader.root_object["/Lang"]) == "en"
    assert reader.metadata is not None
    assert reader.metadata.creation_date == MADE
    assert reader.metadata.title == "2\u202f000\u202f€ over 36 months"


def test_every_figure_the_law_wants_is_there() -> None:
    said = page(schedule()).extract_text()
    for figure in ("59,05 €", "58,95 €", "2 125,70 €", "125,70 €", "2 000 €", "36 mois", "4 %", "4,07 %"):
        assert figure.replace(" €", "\u202f€").replace(" %", "\u202f%").replace("2 ", "2\u202f") in said
    assert LEAFLET.legal in said
    assert "Exemple, pas une offre. La banque décide." in said


@pytest.mark.parametrize("months", [6, 7, 24, 35, 36])
def test_every_month_is_there(months: int) -> None:
    loan = schedule(months=months, rate="6.5")
    said = page(loan).extract_text().replace("\n", " ").split(" ")
    for row in loan.rows:
        amounts = (row.payment, row.interest, row.balance)
        cells = [str(row.number), *(FRENCH.euros_and_cents(in_cents(each)) for each in amounts)]
        assert any(said[at : at + 4] == cells for at, cell in enumerate(said) if cell == cells[0])


def test_the_papers_the_places_and_the_advice_are_there() -> None:
    said = page(schedule()).extract_text().replace("\u00a0", " ").replace("\n", " ")
    for text in (LEAFLET.programme, *LEAFLET.notes, *LEAFLET.papers, *LEAFLET.places):
        assert text in said


def test_it_is_dated_by_the_day_in_the_four_communes() -> None:
    assert "24/11/2026" in page(schedule()).extract_text()  # half an hour past midnight in Paris


def test_both_faces_are_embedded_and_cut_to_what_is_used() -> None:
    fonts = page(schedule())["/Resources"]["/Font"].values()  # type: ignore[index]
    names = [font.get_object()["/BaseFont"] for font in fonts]
    assert len(names) == 2
    assert all("+NotoSans" in name for name in names)
    for font in fonts:
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert len(descendant["/FontDescriptor"]["/FontFile2"].get_data()) < 40_000


@pytest.mark.parametrize("leaflet", [LEAFLET, AMPLE])
@pytest.mark.parametrize("words", [FRENCH, ENGLISH])
@pytest.mark.parametrize("months", [6, 36, 84])
def test_nothing_leaves_the_sheet(leaflet: Leaflet, words: Words, months: int) -> None:
    placed: list[tuple[float, float]] = []
    loan = schedule(3000, months, "23.56")
    page(loan, words, leaflet).extract_text(
        visitor_text=lambda text, _cm, tm, _font, _size: (
            placed.append((float(tm[4]), float(tm[5]))) if text.strip() else None
        )
    )
    assert len(placed) > 4 * months
    millimetre = 72 / 25.4
    assert all(17 * millimetre <= x <= 193 * millimetre for x, _ in placed)
    assert all(12 * millimetre <= y <= 282 * millimetre for _, y in placed)


def test_the_same_page_made_at_the_same_time_is_the_same_file() -> None:
    assert loan_table(schedule(), FRENCH, LEAFLET) == loan_table(schedule(), FRENCH, LEAFLET)
    later = replace(LEAFLET, made=datetime(2026, 11, 25, 12, tzinfo=UTC))
    assert loan_table(schedule(), FRENCH, later) != loan_table(schedule(), FRENCH, LEAFLET)


PRESS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import bot.app
from bot.screens.loan_papers.picture import loan_picture
from bot.screens.loan_papers.table import Leaflet, loan_table
from conversations.catalogues import FRENCH
from conversations.loan import repayment_schedule

now = datetime.now(UTC)
leaflet = Leaflet("Microcrédit", "Attention !", ("Conseil",), ("Un RIB",) * 11, ("CCAS",) * 4, now)
with ThreadPoolExecutor(1) as aside:
    for number in range(int(sys.argv[1])):
        loan = repayment_schedule(Decimal(300 + number * 13), 6 + number % 31, Decimal(4))
        aside.submit(loan_picture, loan, FRENCH, leaflet.legal).result()
        aside.submit(loan_table, loan, FRENCH, leaflet).result()
print(next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line).split()[1])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads how much memory a process had at most from /proc")
def test_the_bot_stays_small_after_many_pictures_and_pages() -> None:
    """Twenty of each here; PAPERS=200 makes as many as one likes."""
    command = [sys.executable, "-c", PRESS, os.environ.get("PAPERS", "20")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert int(done.stdout) < 140 * 1024
