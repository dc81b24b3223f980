"""What a person sees: a few lines and the buttons under them.

A screen is a value, computed from the dialogue; `bot/` draws it. Lines carry plain text and one style,
never markup: whatever a person typed is shown literally.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from conversations.dialogue import Dialogue
from conversations.effects import Effect


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


@dataclass(frozen=True, slots=True)
class Button:
    """A label, and where it leads: the dialogue as it will be once the button is tapped.

    `token` travels through Telegram: at most 64 bytes of ASCII, unique on its screen, naming the place it
    belongs to. It carries no authority: only what the current screen offers can be tapped.
    `also` are other words that mean the same when typed; the label itself always does.
    """

    label: str
    token: str
    then: Dialogue
    also: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class LoanPaper:
    """A loan as a picture or as a page to keep: all that it shows, so that equal ones are drawn once.

    Its texts are in the person's language already.
    """

    form: Literal["picture", "table"]
    cents: int
    months: int
    rate: Decimal  # nominal, percent a year
    language: str
    legal: str  # the sentence the law puts beside a figure
    programme: str = ""  # its name
    notes: tuple[str, ...] = ()  # other advice
    papers: tuple[str, ...] = ()  # what to prepare
    places: tuple[str, ...] = ()  # where to go


@dataclass(frozen=True, slots=True)
class Invitation:
    """An appointment as a file that a phone's own calendar takes. It names nobody."""

    reference: str
    begins: datetime
    minutes: int
    title: str
    place: str  # in words: by phone, or at which CCAS
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ReplyKeyboard:
    """The buttons of this screen stand under the writing field, and a tap sends their label as a message.

    Telegram keeps messages while the bot is down, and a consent is the person's own words. So:
    - such a screen is always sent as a new message, whose `reply_markup` is a keyboard (`resize_keyboard`,
      `one_time_keyboard`, `is_persistent` false) with the screen's rows as plain labels: it has no inline
      buttons, and Telegram lets nobody edit it;
    - where `contact` is set, a first row holds one key with that label and `request_contact`;
    - the screen after it says in `keys_gone` that they must be taken away. Telegram wants `remove_keyboard`
      on a message of its own, since it cannot stand beside inline buttons; doing it twice is harmless.
    """

    contact: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: lines, then rows of buttons.

    `attachment` is sent above it. With a `keyboard` the rows are keys under the writing field;
    `keys_gone` are the words of the message that takes such keys away, "" where there are none. `final` marks
    the last screen of a dialogue: once it was shown, nothing of the dialogue is kept.
    """

    lines: tuple[Line, ...]
    rows: tuple[tuple[Button, ...], ...] = field(default=())
    final: bool = False
    attachment: LoanPaper | Invitation | None = None
    keyboard: ReplyKeyboard | None = None
    keys_gone: str = ""

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button in reading order: the first is what « 1 » means when it is typed."""
        return tuple(button for row in self.rows for button in row)

    def button(self, token: str) -> Button | None:
        """The tapped button, or None where this screen does not offer it.

        A tap from an older screen, a second tap and a forged one are all the same thing: not offered.
        """
        return next((button for button in self.buttons if button.token == token), None)


WIDE = 17  # characters: two labels up to this length fit side by side on a 390-pixel phone


def column(buttons: Iterable[Button]) -> tuple[tuple[Button, ...], ...]:
    """Rows of buttons: two by two where all of them are short, else one under the other."""
    listed = tuple(buttons)
    step = 2 if all(len(button.label) <= WIDE for button in listed) else 1
    return tuple(listed[i : i + step] for i in range(0, len(listed), step))
