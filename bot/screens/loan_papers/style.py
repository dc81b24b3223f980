"""What the picture and the page share: two faces of one typeface, and one colour in two strengths.

The two strengths stay apart in grey too: one has an eighth of the other's brightness.
"""

from dataclasses import dataclass
from pathlib import Path

FONTS = Path(__file__).parents[2] / "fonts"
REGULAR = FONTS / "NotoSans-Regular.ttf"
BOLD = FONTS / "NotoSans-Bold.ttf"

PAPER = "#ffffff"
INK = "#16202b"
QUIET = "#55626f"  # 6.3 : 1 on paper
ACCENT = "#0b5a7d"  # the part that is cost
TINT = "#cfe2eb"  # the part that was lent
PALE = "#eff5f8"  # every other line of a table


@dataclass(frozen=True, slots=True)
class Type:
    """How words look. Sizes in points on the page, in pixels in the picture."""

    size: float
    bold: bool = False
    colour: str = INK
