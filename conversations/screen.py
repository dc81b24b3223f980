"""What a person sees: a few lines and the buttons under them.

A screen is a value, computed from the dialogue; `bot/` draws it. Lines carry plain text and one style,
never markup: whatever a person typed is shown literally.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Style(StrEnum):
    """How a whole line looks."""

    TITLE = "title"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NOTE = "note"  # smaller talk: hints, sources, progress
    QUOTE = "quote"  # words that are not ours: a legal text, the person's earlier answer


@dataclass(frozen=True, slots=True)
class Line:
    """One line of plain text."""

    text: str
    style: Style = Style.PARAGRAPH


def title(text: str) -> Line:
    """A line that names the screen."""
    return Line(text, Style.TITLE)


def bullet(text: str) -> Line:
    """A line of a list."""
    return Line(text, Style.BULLET)


def note(text: str) -> Line:
    """A line of smaller talk."""
    return Line(text, Style.NOTE)


def quote(text: str) -> Line:
    """A line in somebody else's words."""
    return Line(text, Style.QUOTE)


class Action(Protocol):
    """What a button does. Actions are frozen dataclasses; `token` is what travels through Telegram."""

    @property
    def token(self) -> str:
        """At most 64 bytes of ASCII, unique on a screen; it names the place it belongs to."""


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what it does. The label can also be typed."""

    label: str
    action: Action


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: lines, then rows of buttons.

    `final` marks the last screen of a dialogue: once it was shown, nothing of the dialogue is kept.
    """

    lines: tuple[Line, ...]
    rows: tuple[tuple[Button, ...], ...] = field(default=())
    final: bool = False

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button in reading order: the first is what « 1 » means when it is typed."""
        return tuple(button for row in self.rows for button in row)

    def action(self, token: str) -> Action | None:
        """What the tapped button does, or None where this screen does not offer it.

        A tap from an older screen, a second tap and a forged one are all the same thing: not offered.
        """
        return next((button.action for button in self.buttons if button.action.token == token), None)
