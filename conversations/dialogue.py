"""A dialogue: where a person is and what they answered. Everything they see is computed from it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from conversations.handover.request import Channel, Consent, HalfDaySlot, News
from conversations.programme.model import Answer


@dataclass(frozen=True, slots=True)
class Home:
    """The four doors."""

    kind: Literal["home"] = "home"


@dataclass(frozen=True, slots=True)
class Help:
    """What the bot does and the commands."""

    kind: Literal["help"] = "help"


@dataclass(frozen=True, slots=True)
class Languages:
    """Choose a language."""

    kind: Literal["languages"] = "languages"


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is kept, and for how long."""

    kind: Literal["privacy"] = "privacy"


@dataclass(frozen=True, slots=True)
class Human:
    """How to reach a person."""

    kind: Literal["human"] = "human"


@dataclass(frozen=True, slots=True)
class Asking:
    """A question. `at` is set after *Retour* or *modifier*; None is the first one still to answer."""

    at: str | None = None
    why: bool = False  # « Pourquoi cette question ? » is unfolded
    candidates: tuple[str, ...] = ()  # typed words fitted several options: which one?
    kind: Literal["asking"] = "asking"


@dataclass(frozen=True, slots=True)
class Summary:
    """The answers given, each of which can be changed."""

    kind: Literal["summary"] = "summary"


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome, and one of the views under it."""

    view: Literal["outcome", "criteria", "aids", "limits"] = "outcome"
    kind: Literal["result"] = "result"


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers to prepare, ticked one by one."""

    explained: bool = False
    kind: Literal["papers"] = "papers"


@dataclass(frozen=True, slots=True)
class Simulator:
    """*Calculer une mensualité*: an amount in cents and a duration in months, and what is shown of them."""

    cents: int
    months: int
    view: Literal["instalment", "compare", "apr"] = "instalment"
    kind: Literal["simulator"] = "simulator"


@dataclass(frozen=True, slots=True)
class Affordable:
    """*Je peux payer … par mois*: the other way round. `payment` in cents, None until it is said."""

    cents: int
    months: int
    payment: int | None = None
    kind: Literal["affordable"] = "affordable"


@dataclass(frozen=True, slots=True)
class Budget:
    """*Mon budget*: what comes in and goes out a month, in cents. It lives in this page and goes with it."""

    cents: int
    months: int
    income: int | None = None
    spending: int | None = None
    kind: Literal["budget"] = "budget"


@dataclass(frozen=True, slots=True)
class OtherWay:
    """*Être rappelé(e)* where another aid fits better: whom to see first, and a call all the same."""

    kind: Literal["other_way"] = "other_way"


@dataclass(frozen=True, slots=True)
class Consenting:
    """What would be sent to the référente, why and for how long: yes or no."""

    kind: Literal["consent"] = "consent"


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody writes to the référente, line by line. It lives in this page and goes with it.

    A line that is empty or None was not asked yet. `reference` is set where only the contact of a request
    that was already sent is written anew.
    """

    consent: Consent
    line: Literal["name", "phone", "channel", "slot", "language", "preview"] = "name"
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)  # E.164
    channel: Channel | None = None
    slot: HalfDaySlot | Literal["any"] | None = None
    language: str = ""  # "" is the dialogue's
    presses: bool = False  # a date presses
    reference: str = ""
    kind: Literal["draft"] = "draft"


@dataclass(frozen=True, slots=True)
class Sent:
    """The request as it stands, what can be changed of it, and the end of it."""

    view: Literal["standing", "slot", "withdraw"] = "standing"
    kind: Literal["sent"] = "sent"


@dataclass(frozen=True, slots=True)
class Told:
    """Some news of a request, with no more of the request than these words need."""

    news: News
    reference: str
    day: date | None = None
    at: datetime | None = None
    detail: str = ""  # a paper, an aid, a closing reason, or the commune of an appointment there: its id
    kind: Literal["told"] = "told"


@dataclass(frozen=True, slots=True)
class Erased:
    """Everything was erased; the last thing shown."""

    withdrawn: bool = False  # a request was taken back with it
    kind: Literal["erased"] = "erased"


Page = Annotated[
    Home
    | Help
    | Languages
    | Privacy
    | Human
    | Asking
    | Summary
    | Result
    | Papers
    | Simulator
    | Affordable
    | Budget
    | OtherWay
    | Consenting
    | Draft
    | Sent
    | Told
    | Erased,
    Field(discriminator="kind"),  # read at once, instead of trying one page after the other
]


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
