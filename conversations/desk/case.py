"""A request on the desk: the request itself, what may still be undone, and who sees the contact."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from conversations.handover.request import OPEN, News, Request, Status
from conversations.programme.terms import HandoverTerms


class Role(StrEnum):
    """What a member of staff may do."""

    REFERENTE = "referente"  # everything
    COORDINATION = "coordination"  # what nobody looked at, and the lists; no contact
    AGENT = "agent"  # the list of their own commune; no contact unless the référente passes it on


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the staff, by their private chat."""

    chat_id: int
    role: Role
    commune: str = ""  # an agent's; "" is all of them


class Deed(StrEnum):
    """What the journal says happened. It never says more than this, who, when and to which request."""

    OPENED = "ouverte"
    CHANGED = "modifiee"
    WITHDRAWN = "retiree"
    REVEALED = "contact_vu"
    HIDDEN = "contact_cache"
    TAKEN = "prise"
    PASSED = "passee_agent"
    TAKEN_BACK = "reprise_agent"
    APPOINTMENT = "rendez_vous"
    GIVEN_BACK = "rendez_vous_rendu"  # the resident cannot come
    PAPERS = "papier_manquant"
    UNREACHED = "injoignable"
    SLEEPING = "veille"
    CLOSED = "close"
    REOPENED = "rouverte"
    UNDONE = "annulee"
    ADMITTED = "sortie_de_liste"  # from the waiting list
    MOVED = "promesse_deplacee"
    ESCALATED = "transmise_coordination"
    PURGED = "effacee"
    ENROLLED = "acces_donne"
    REVOKED = "acces_retire"
    RESTORED = "restauration"  # the database itself, from a backup


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand is at work, when, and under which terms."""

    by: int
    now: datetime
    terms: HandoverTerms


@dataclass(frozen=True, slots=True)
class Case:
    """One request as the desk sees it. The contact itself is not in it."""

    request: Request
    former: Request | None = None  # as it was before the last change
    changed_at: datetime | None = None
    changed_by: int | None = None
    tried_at: datetime | None = None  # the last call without an answer
    revealed_to: int | None = None
    revealed_until: datetime | None = None

    @property
    def with_agent_of(self) -> str:
        """The commune whose agent has it; "" while the référente has. A request that moved is hers again."""
        return self.request.passed_to if self.request.passed_to == self.request.card.commune else ""

    def may_show_contact(self, member: Member) -> bool:
        """Whether the contact is this member's to see: the référente's, until she passes it on."""
        match member.role:
            case Role.REFERENTE:
                return not self.with_agent_of
            case Role.AGENT:
                return bool(self.with_agent_of) and member.commune == self.with_agent_of
            case _:
                return False

    def shows_contact_to(self, chat_id: int, now: datetime) -> bool:
        """Whether this member of staff has the contact on screen at this hour."""
        return self.revealed_to == chat_id and self.revealed_until is not None and now < self.revealed_until

    def belongs_to_another(self, chat_id: int, now: datetime) -> bool:
        """Whether another référente follows it, or has the contact open."""
        taken = self.request.taken_by not in (None, chat_id)
        return taken or (not self.request.passed_to and self.is_open_elsewhere(chat_id, now))

    def is_open_elsewhere(self, chat_id: int, now: datetime) -> bool:
        """Whether somebody else has the contact on screen."""
        return (
            self.revealed_to not in (None, chat_id)
            and self.revealed_until is not None
            and now < self.revealed_until
        )

    def can_undo(self, hand: Hand) -> bool:
        """Whether the last change is theirs and still fresh."""
        return (
            self.former is not None
            and self.changed_by == hand.by
            and self.changed_at is not None
            and hand.now - self.changed_at < timedelta(minutes=hand.terms.undo_minutes)
        )

    def changed(self, request: Request, hand: Hand) -> "Case":
        """This case after a change by a member of staff, who follows it from now on."""
        return replace(
            self,
            request=replace(
                request,
                taken_by=hand.by,
                seen_at=request.seen_at or hand.now,
                handled_at=request.handled_at or hand.now,
            ),
            former=self.request,
            changed_at=hand.now,
            changed_by=hand.by,
        )


@dataclass(frozen=True, slots=True)
class Done:
    """What one tap leads to: the case and the view of it, what is journalled, what the resident is told.

    `says` goes into the tap's own little bubble.
    """

    case: Case
    view: str = ""
    deed: Deed | None = None
    news: News | None = None
    says: str = ""


def is_open(request: Request) -> bool:
    """Whether somebody still waits for something: on the desk or on the waiting list."""
    return request.status in OPEN or request.status is Status.WAITING
