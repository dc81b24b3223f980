"""One A4 sheet to set words, bands and boxes on. Importing it loads fpdf2."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from fpdf import FPDF
from fpdf.enums import MethodReturnValue

from bot.screens.loan_papers.style import BOLD, REGULAR, Type

MARGIN = 18  # millimetres
LEADING = 0.5  # millimetres a line for each point of its size
FAMILY = "noto"


class Page:
    """Places and widths in millimetres. `y` is where the next thing goes."""

    def __init__(self, title: str, language: str, made: datetime) -> None:
        self._pdf = FPDF(format="A4")
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.c_margin = 0
        self._pdf.add_font(FAMILY, "", REGULAR)
        self._pdf.add_font(FAMILY, "B", BOLD)
        self._pdf.set_title(title)
        self._pdf.set_lang(language)
        self._pdf.set_creation_date(made)
        self._pdf.add_page()
        self.y: float = MARGIN

    def line(self, x: float, text: str, kind: Type, *, width: float, align: Literal["L", "R"] = "L") -> None:
        """Set one line, smaller where it would be too wide; `y` stays."""
        self._take(kind)
        needed = self._pdf.get_string_width(text)
        if needed > width:
            self._pdf.set_font_size(kind.size * width / needed)
        self._pdf.set_xy(x, self.y)
        self._pdf.cell(width, kind.size * LEADING, text, align=align)

    def paragraph(self, x: float, text: str, kind: Type, *, width: float) -> None:
        """Set a text in as many lines as it takes; `y` goes below it."""
        self._take(kind)
        self._pdf.set_xy(x, self.y)
        self._pdf.multi_cell(width, kind.size * LEADING, text, align="L", new_x="LEFT", new_y="NEXT")
        self.y = self._pdf.get_y()

    def height(self, texts: Sequence[str], kind: Type, *, width: float) -> float:
        """How much room these paragraphs would take."""
        self._take(kind)
        total = 0.0
        for text in texts:
            height = self._pdf.multi_cell(
                width, kind.size * LEADING, text, align="L", dry_run=True, output=MethodReturnValue.HEIGHT
            )
            assert isinstance(height, float)  # noqa: S101  what was asked for: fpdf2's type is a union
            total += height
        return total

    def band(self, x: float, width: float, height: float, colour: str) -> None:
        """Colour a rectangle from `y` down."""
        self._pdf.set_fill_color(colour)
        self._pdf.rect(x, self.y, width, height, style="F")

    def box(self, x: float, side: float, colour: str) -> None:
        """An empty box to tick."""
        self._pdf.set_draw_color(colour)
        self._pdf.set_line_width(0.3)
        self._pdf.rect(x, self.y, side, side)

    def pdf(self) -> bytes:
        """The sheet as a file."""
        return bytes(self._pdf.output())

    def _take(self, kind: Type) -> None:
        self._pdf.set_font(FAMILY, "B" if kind.bold else "", kind.size)
        self._pdf.set_text_color(kind.colour)
