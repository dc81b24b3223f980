"""The open requests on paper, with their contacts: a page that works without Telegram."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF

from conversations.desk.card import card_lines, state
from conversations.handover.request import Contact, Request
from conversations.scene import PARIS, Scene

FONT = Path(__file__).parents[1] / "fonts" / "NotoSans-Regular.ttf"
BOLD = FONT.with_name("NotoSans-Bold.ttf")
WIDTH = 180  # millimetres


@dataclass(frozen=True, slots=True)
class Entry:
    """One request, opened."""

    request: Request
    contact: Contact


def open_list(entries: Sequence[Entry], scene: Scene) -> bytes:
    """The list as a PDF, the oldest promise first."""
    _ = scene.words("fr")
    pdf = FPDF(format="A4")
    pdf.add_font("noto", "", FONT)
    pdf.add_font("noto", "B", BOLD)
    pdf.set_lang("fr")
    pdf.set_title(_("Demandes ouvertes"))
    pdf.add_page()
    _line(pdf, _("Demandes ouvertes, {day}", day=_.day(scene.now.astimezone(PARIS).date())), 14, bold=True)
    _line(pdf, _("Ce papier contient des noms. Ne le laissez pas traîner, puis détruisez-le."), 9)
    for entry in sorted(entries, key=lambda entry: entry.request.promised):
        contact = _("{name} · {phone}", name=entry.contact.name, phone=entry.contact.phone)
        promised = _("Promise pour le {day}.", day=_.day(entry.request.promised))
        heading, *lines = (line.text for line in card_lines(entry.request, scene))
        pdf.ln(4)
        _line(pdf, heading, 12, bold=True)
        for text in (contact, promised, state(entry.request, scene), *lines):
            _line(pdf, text, 10)
    return bytes(pdf.output())


def _line(pdf: FPDF, text: str, size: int, *, bold: bool = False) -> None:
    pdf.set_font("noto", "B" if bold else "", size)
    pdf.multi_cell(WIDTH, size * 0.5, text, new_x="LMARGIN", new_y="NEXT")
