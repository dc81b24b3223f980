"""A screen as Telegram draws it: HTML for the lines, an inline keyboard for the buttons.

Whatever a line holds is shown literally, and nothing it may hold makes Telegram refuse the call.
"""

from collections.abc import Sequence
from html import escape
from typing import Protocol

from conversations.screen import Line, Style

OPENED = {
    Style.TITLE: "<b>{}</b>",
    Style.PARAGRAPH: "{}",
    Style.BULLET: "• {}",
    Style.NOTE: "<i>{}</i>",
    Style.QUOTE: "<blockquote>{}</blockquote>",
}


class Labelled(Protocol):
    """A button, as far as drawing it needs."""

    @property
    def label(self) -> str:
        """What it says."""

    @property
    def token(self) -> str:
        """What it sends."""


class Drawable(Protocol):
    """A resident's screen, or a sheet of the desk."""

    @property
    def lines(self) -> Sequence[Line]:
        """What is read."""

    @property
    def rows(self) -> Sequence[Sequence[Labelled]]:
        """The buttons."""


Keyboard = dict[str, list[list[dict[str, str]]]]


def text(screen: Drawable) -> str:
    """The lines as Telegram's HTML. Lists stand close; everything else has air around it."""
    drawn = ""
    above: Line | None = None
    for line in screen.lines:
        if above is not None:
            close = above.style is line.style is not Style.PARAGRAPH
            drawn += "\n" if close else "\n\n"
        drawn += OPENED[line.style].format(escape(displayable(line.text), quote=False))
        above = line
    return drawn


def keyboard(screen: Drawable) -> Keyboard:
    """The buttons, row by row; one without rows takes the buttons of a message away."""
    return {
        "inline_keyboard": [
            [{"text": displayable(button.label), "callback_data": button.token} for button in row]
            for row in screen.rows
        ]
    }


def displayable(words: str) -> str:
    """The words without what no message can carry: NUL, and halves of a character."""
    try:
        words.encode()
    except UnicodeEncodeError:
        words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return words.replace("\0", "\N{REPLACEMENT CHARACTER}")
