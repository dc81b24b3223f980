"""The pages of a conversation: each is a place where somebody can be, with what is true only there."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from conversations.handover.request import Channel, Consent, HalfDaySlot, News


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
