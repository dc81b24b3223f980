"""Talk to the heart without Telegram: tap, say, read. For tests that are about words and rules."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from conversations import catalogues
from conversations.dialogue import Dialogue, dump, load
from conversations.effects import Effect
from conversations.events import Commanded, Event, Said, SentOther, SharedContact, Tapped
from conversations.handover.request import Office
from conversations.programme.load import ProgrammeFile
from conversations.programme.load import load as load_programme
from conversations.scene import Scene
from conversations.screen import LoanPaper, Screen, Style
from conversations.step import begin, screen, step
from conversations.typography import typeset_french

ROOT = Path(__file__).parent.parent.parent
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@cache
def programme_file() -> ProgrammeFile:
    """The shipped programme."""
    return load_programme(ROOT / "programme.yaml")


@cache
def shipped(now: datetime = NOON) -> Scene:
    """The shipped programme and catalogues, on a given day."""
    office = Office(cap=30, open_requests=6, waiting=0)
    words = catalogues.load(ROOT / "locales")
    return Scene(programme_file().at(now.date()), words, now, None, office, "MC-7F3K")


class Talk:
    """One person and the heart. The dialogue goes through its stored form at every step, as in the bot."""

    def __init__(self, language: str = "fr", scene: Scene | None = None) -> None:
        self.scene = scene or shipped()
        self.dialogue: Dialogue = begin(language)
        self.effects: list[Effect] = []

    @property
    def screen(self) -> Screen:
        return screen(self.dialogue, self.scene)

    def does(self, event: Event) -> None:
        done = step(self.dialogue, event, self.scene)
        self.effects += done.effects
        self.scene = self.scene.after(done.effects)
        self.dialogue = load(dump(done.dialogue))
        assert self.dialogue == done.dialogue

    def taps(self, label: str) -> None:
        for button in self.screen.buttons:
            if button.label == typeset_french(label):
                return self.does(Tapped(button.token))
        raise AssertionError(f"no button {label!r} among {self.labels()}")

    def says(self, text: str) -> None:
        self.does(Said(text))

    def labels(self) -> list[str]:
        return [button.label for button in self.screen.buttons]

    def reads(self) -> str:
        return "\n".join(line.text for line in self.screen.lines)

    def acts(self, written: str) -> None:
        """One act as golden files write it: `[label]`, `/command argument`, `(photo)`, or typed words.

        A contact card is `(mon contact : 33612345678)`, somebody else's `(le contact de Paul : 33…)`.
        """
        if written.startswith("[") and written.endswith("]"):
            self.taps(written[1:-1])
        elif written.startswith("(") and written.endswith(")"):
            self._sends(written[1:-1])
        elif written.startswith("/"):
            name, _, argument = written[1:].partition(" ")
            self.does(Commanded(name, argument))
        else:
            self.says(written)

    def _sends(self, thing: str) -> None:
        whose, colon, phone = thing.partition(" : ")
        self.does(SharedContact(phone, "", own=whose == "mon contact") if colon else SentOther(thing))

    def shown(self) -> str:
        """The screen as golden files write it: `<` for each line, then the rows of buttons."""
        marks = {
            Style.TITLE: "# ",
            Style.BULLET: "• ",
            Style.QUOTE: "| ",
            Style.NOTE: "~ ",
            Style.PARAGRAPH: "",
        }
        lines = [f"< {marks[line.style]}{line.text}" for line in self.screen.lines]
        keyboard = self.screen.keyboard
        margin = "  " if keyboard is None else "  keys: "  # under the writing field
        rows = [margin + " ".join(f"[{button.label}]" for button in row) for row in self.screen.rows]
        if keyboard is not None and keyboard.contact:
            rows.insert(0, f"{margin}[{keyboard.contact}]")
        attached = self.screen.attachment
        gone = [f"< {self.screen.keys_gone}", ""] if self.screen.keys_gone else []
        above = [f"< ({attached.form if isinstance(attached, LoanPaper) else 'ics'})"] if attached else []
        return "\n".join([*gone, *above, *lines, *rows])
