"""A request to be called back: what is known of it without a name, what is sealed, and how it stands.

The card holds ids of the programme and nothing that names a person; the contact is sealed by `storage/` and
opened for one reader. Changes are effects: `storage/` writes each with its journal line and its notices.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Channel(StrEnum):
    """How the resident wants to be met."""

    PHONE = "telephone"
    VISIT = "passage"  # « je passe au CCAS »


class Status(StrEnum):
    """How a request stands. Only `OPEN` ones are counted against the cap."""

    WAITING = "en_attente"  # over the cap: on the dated waiting list
    SENT = "transmise"
    TAKEN = "prise"
    APPOINTMENT = "rendez_vous"
    PAPERS = "papiers"  # a paper is missing
    SLEEPING = "veille"
    CLOSED = "close"
    WITHDRAWN = "retiree"


class News(StrEnum):
    """What a resident is told about their request: the keys of the programme's « nouvelles »."""

    TAKEN = "prise"
    UNREACHED = "sans_reponse"  # a call without an answer: `tries` of them so far
    APPOINTMENT = "rendez_vous"
    APPOINTMENT_CANCELLED = "rendez_vous_annule"
    REMINDER = "rappel"  # some days before the appointment
    PAPERS = "papiers"
    TO_COMPLETE = "a_completer"  # some papers are not ready yet, and the référente has time before the call
    PROMISE_MOVED = "nouvelle_date"
    ADMITTED = "tour_venu"  # from the waiting list
    SLEEPING = "veille"
    REOPENED = "rouverte"
    REDIRECTED = "reorientee"
    CLOSED = "close"


CALLED = frozenset((Status.SENT, Status.TAKEN, Status.PAPERS))  # what is waited for is a call
OPEN = frozenset(Status) - {Status.WAITING, Status.CLOSED, Status.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class HalfDaySlot:
    """One working half-day of the référente, on a day: « mardi 24 novembre, après-midi »."""

    day: date
    half_day: int  # index into the programme's half-days


@dataclass(frozen=True, slots=True)
class Card:
    """What the référente reads before she opens the contact: ids and figures, never a person."""

    commune: str
    purpose: str
    amount: int | None  # cents; None: not known
    months: int | None
    outcome: str
    to_verify: tuple[str, ...]  # ids of the rules
    papers: tuple[str, ...]  # ids of those that are ready
    papers_total: int
    slot: HalfDaySlot | None  # when the resident would like to be called
    channel: Channel
    language: str
    source: str
    known_to_ccas: str
    presses: bool = False  # a date presses: a job starts, a move
    low_priority: bool = False  # the outcome was another one, and the person asks to be called all the same

    @property
    def papers_ready(self) -> int:
        """How many papers are ready."""
        return len(self.papers)


@dataclass(frozen=True, slots=True)
class Contact:
    """Who it is. Lives in a resident's draft until it is sent, then only sealed."""

    name: str = field(repr=False)  # a repr ends up in a log sooner or later
    phone: str = field(repr=False)  # E.164


@dataclass(frozen=True, slots=True)
class Consent:
    """The receipt of a yes: which text, when."""

    text_version: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Request:
    """A request as both sides see it, without its contact."""

    reference: str  # « MC-7F3K »
    card: Card
    status: Status
    opened_at: datetime
    promised: date  # the day the resident was told, at the latest
    tries: int = 0  # calls without an answer
    appointment: datetime | None = None
    sleeps_until: date | None = None
    reason: str = ""  # closed, or a paper missing: a closed code
    seen_at: datetime | None = None  # the notice was acknowledged
    closed_at: datetime | None = None
    taken_by: int | None = None  # the chat of the member of staff
    passed_to: str = ""  # the commune whose agent of the CCAS may see the contact, in the référente's place
    place: int = 0  # in the waiting list, from 1 on; 0 where it is not on it or nobody counted
    consent: Consent | None = None  # the receipt, where its resident looks at it; else it is beside the row
    handled_at: datetime | None = None  # the référente first did something about it
    met_at: datetime | None = None  # the first appointment whose hour came before something else was done

    def meets_after(self, now: datetime) -> bool:
        """Whether there is an appointment, and its hour is still to come."""
        return self.status is Status.APPOINTMENT and self.appointment is not None and now < self.appointment

    def met(self, now: datetime) -> datetime | None:
        """The first appointment whose hour came; None where there was none."""
        due = self.appointment if self.appointment and self.appointment <= now else None
        return self.met_at or due


@dataclass(frozen=True, slots=True)
class Office:
    """How the référente's time stands: what an honest date is computed from."""

    cap: int  # open requests at once
    open_requests: int
    waiting: int
    absences: tuple[tuple[date, date], ...] = field(default=())  # first and last day, both included


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Effect: seal the contact, keep the card, tell the référente."""

    reference: str
    card: Card
    contact: Contact
    consent: Consent
    promised: date
    waiting: bool  # over the cap


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """Effect: the resident changed a line of what was sent; None leaves that part as it is."""

    reference: str
    card: Card | None
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    """Effect: the resident took it back; contact and row are destroyed at once, the référente is told."""

    reference: str


@dataclass(frozen=True, slots=True)
class CancelAppointment:
    """Effect: the resident cannot come. It is taken away, the référente is told, the request is taken."""

    reference: str


@dataclass(frozen=True, slots=True)
class ForgetRequests:
    """Effect: the resident erases everything: what `WithdrawRequest` does, and closed requests go too."""


HandoverEffect = OpenRequest | ChangeRequest | WithdrawRequest | CancelAppointment | ForgetRequests
