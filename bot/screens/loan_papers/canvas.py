"""A sheet of pixels to set words and bars on. Importing it loads Pillow.

The sheet holds the number of an ink at each place, not its colour: a quarter of the memory and a third of the
file. Words stand on bare paper only, so each ink comes whole and in shades towards it, for their edges.
"""

from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from math import ceil, floor

from PIL import Image, ImageColor, ImageDraw
from PIL.ImageFont import FreeTypeFont, truetype

from bot.screens.loan_papers.style import ACCENT, BOLD, INK, PAPER, QUIET, REGULAR, TINT, Type

INKS = (INK, QUIET, ACCENT, TINT)
SHADES = 8


class Canvas:
    """Sizes and places in pixels."""

    def __init__(self, width: int, height: int) -> None:
        self._image = Image.new("L", (width, height), 0)
        self._pen = ImageDraw.Draw(self._image)

    def words(self, at: tuple[float, float], text: str, kind: Type, *, width: float) -> float:
        """Set `text` with its baseline at `at`; ending there where `width` is negative.

        Too wide, it is set smaller. Returns how wide it is.
        """
        while _font(kind).getlength(text) > abs(width):
            kind = replace(kind, size=kind.size - 1)
        taken = _font(kind).getlength(text)
        self._set(at[0] - taken if width < 0 else at[0], at[1], text, kind)
        return taken

    def centred(self, at: tuple[float, float], text: str, kind: Type, *, between: tuple[int, int]) -> None:
        """Set a short `text` with the middle of its baseline at `at`, but never outside of two edges."""
        taken = _font(kind).getlength(text)
        self._set(min(max(at[0] - taken / 2, between[0]), between[1] - taken), at[1], text, kind)

    def lines(self, text: str, kind: Type, *, width: int) -> list[str]:
        """`text` in as few lines as fit into `width`, all of about the same length."""
        font, step = _font(kind), int(kind.size)
        fewest = _wrapped(text, font, width)
        while len(narrower := _wrapped(text, font, width - step)) == len(fewest) and width > 2 * step:
            fewest, width = narrower, width - step
        return fewest

    def bar(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """A filled rectangle; nothing where it has no width or no height."""
        if round(right) > round(left) and round(bottom) > round(top):
            corners = (round(left), round(top), round(right) - 1, round(bottom) - 1)
            self._pen.rectangle(corners, fill=_shades(colour)[-1])

    def png(self) -> bytes:
        """The sheet as a file."""
        self._image.putpalette(_palette())
        file = BytesIO()
        self._image.save(file, "PNG")
        return file.getvalue()

    def _set(self, x: float, y: float, text: str, kind: Type) -> None:
        font = _font(kind)
        left, top, right, bottom = font.getbbox(text, anchor="ls")
        size = (ceil(right) - floor(left), ceil(bottom) - floor(top))
        if not all(size):
            return
        covered = Image.new("L", size)
        ImageDraw.Draw(covered).text((-floor(left), -floor(top)), text, 255, font, anchor="ls")
        self._image.paste(
            covered.point(_shades(kind.colour)), (round(x) + floor(left), round(y) + floor(top))
        )


@lru_cache(maxsize=32)
def _font(kind: Type) -> FreeTypeFont:
    return truetype(BOLD if kind.bold else REGULAR, kind.size)


@lru_cache(maxsize=len(INKS))
def _shades(colour: str) -> list[int]:
    """The ink's number for each of 256 degrees of covering the paper."""
    first = INKS.index(colour) * SHADES
    return [first + shade if (shade := round(degree * SHADES / 255)) else 0 for degree in range(256)]


@lru_cache(maxsize=1)
def _palette() -> list[int]:
    """Red, green and blue of the paper, then of each shade of each ink."""
    paper = ImageColor.getrgb(PAPER)
    palette = [*paper]
    for ink in map(ImageColor.getrgb, INKS):
        for shade in range(1, SHADES + 1):
            palette += [
                light + (dark - light) * shade // SHADES for light, dark in zip(paper, ink, strict=True)
            ]
    return palette


def _wrapped(text: str, font: FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
