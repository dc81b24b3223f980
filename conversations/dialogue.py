"""A dialogue: where a person is and what they answered. Everything they see is computed from it."""

from dataclasses import dataclass, field
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from conversations.page_kinds import Asking, Home, Page
from conversations.programme.question import Answer


@dataclass(frozen=True, slots=True)
class Remark:
    """What the bot says about the last thing the person did, above the screen. Gone at the next step."""

    kind: Literal[
        "noted",  # detail: the question just answered
        "amount",  # detail: why the amount was not read
        "several",  # the words fit several buttons
        "unclear",  # the words fit none
        "too_long",
        "hurried",  # so much at once that it was not all read
        "unread",  # a photo, a voice message…: only words and buttons are read
        "paper",  # a photo or a document: never sent here
        "contact",  # a phone number nobody asked for
        "command",  # an unknown command
        "urgency",  # detail: which one
        "flyer",  # a flyer's code was recognised
        "link",  # an invitation that lets nobody in any more
        "amount_out",  # an amount this loan does not lend
        "months_out",  # a duration this loan does not have
        "euros_or_months",  # detail: a bare number that could be either
        "picture",  # the loan as a picture goes with this screen
        "table",  # the repayment table goes with this screen
        "name",  # what was written is no name
        "phone",  # detail: why the number was not read
        "not_own",  # somebody else's contact card
        "questions_first",  # a call is asked for before the questions
        "declined",  # no to the consent
        "unsent",  # the draft was left
        "changed",  # the request was changed
        "withdrawn",  # the request was taken back
        "cannot_come",  # the appointment was given back
        "invitation",  # the appointment goes with this screen as a file
    ]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The whole state of one person's conversation.

    `pages` is a stack: the last one is on screen, *Retour* takes it away. `answers` keeps every answer
    given, also those a later change made idle: `eligibility.path` says which ones count.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    language: str
    source: str = ""  # a flyer's code
    pages: tuple[Page, ...] = (Home(),)
    answers: dict[str, Answer] = field(default_factory=dict)
    papers: tuple[str, ...] = ()  # ticked
    remark: Remark | None = None
    counted: bool = False  # a result was reached, so no stop is counted any more
    keys: bool = False  # the screen before this one had put keys under the writing field

    def __hash__(self) -> int:
        """By what tells dialogues apart; a dict of answers has no hash of its own."""
        return hash((self.pages, self.source, self.counted, frozenset(self.answers.items())))

    @property
    def page(self) -> Page:
        """The page on screen."""
        return self.pages[-1]

    @property
    def calm(self) -> "Dialogue":
        """Without what is only true of the last thing the person did."""
        if self.remark is None and not self.keys:
            return self
        return Dialogue(
            self.language, self.source, self.pages, self.answers, self.papers, counted=self.counted
        )

    def at(self, page: Page) -> "Dialogue":
        """Go to `page` from home: whatever lay on the stack is done with."""
        return self._with((page,) if isinstance(page, Home) else (Home(), page), self.answers, self.remark)

    def open(self, page: Page) -> "Dialogue":
        """Put `page` on top; a page of the same kind already on top is replaced, not stacked."""
        below = self.pages[:-1] if type(self.page) is type(page) else self.pages
        return self._with((*below[-6:], page), self.answers, self.remark)

    def back(self) -> "Dialogue":
        """Take the page on top away; under the last one there is always home."""
        return self._with(self.pages[:-1] or (Home(),), self.answers, self.remark)

    def answered(self, question: str, answer: Answer) -> "Dialogue":
        """With this answer, and a word about it, on the way to the next question."""
        return self._with((Home(), Asking()), {**self.answers, question: answer}, Remark("noted", question))

    def _with(self, pages: tuple[Page, ...], answers: dict[str, Answer], remark: Remark | None) -> "Dialogue":
        """`replace`, written out: it takes half the time, and a screen makes one for each of its buttons."""
        return Dialogue(
            self.language, self.source, pages, answers, self.papers, remark, self.counted, self.keys
        )


_codec: TypeAdapter[Dialogue] = TypeAdapter(Dialogue)


def dump(dialogue: Dialogue) -> str:
    """The dialogue as JSON, for storage."""
    return _codec.dump_json(dialogue, exclude_defaults=False).decode()


def load(text: str, language: str = "fr") -> Dialogue:
    """The dialogue that `dump` wrote.

    One that a former version wrote and nobody understands starts again at home: nobody is left stuck.
    """
    try:
        return _codec.validate_json(text)
    except ValidationError:
        return Dialogue(language=language)
