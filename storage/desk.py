"""How the desk writes: a change of state, its journal line and its notices go together, or not at all."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from conversations.calendar import Calendar, out_of_the_night
from conversations.desk.case import Case, Deed, Done, Member, Role
from conversations.desk.commands import BeAbsent, ComeBack, Look, Open, SetCap, Wish
from conversations.desk.lists import Overview
from conversations.desk.sheet import Desk
from conversations.figures.course import facts
from conversations.handover.request import (
    CALLED,
    CancelAppointment,
    ChangeRequest,
    ForgetRequests,
    HandoverEffect,
    News,
    Office,
    OpenRequest,
    Request,
    Status,
    WithdrawRequest,
)
from conversations.handover.standing import changed
from conversations.scene import Scene
from storage.cases import Kept
from storage.counts import Counts
from storage.journal import Journal
from storage.office import OfficeBook
from storage.outbox import NEWS, Card, Outbox
from storage.requests import Requests
from storage.staff import Staff
from storage.vault import Vault

FAR = timedelta(days=365)  # nobody works within two years: then it may wait as long


class DeskRoom:
    """What residents, staff and the clock may do to requests, inside one transaction."""

    def __init__(
        self,
        requests: Requests,
        staff: Staff,
        outbox: Outbox,
        journal: Journal,
        book: OfficeBook,
        counts: Counts,
    ) -> None:
        self.requests, self.staff, self.outbox = requests, staff, outbox
        self.journal, self.book, self.counts = journal, book, counts

    # --- the resident ---

    def write(self, chat_id: int, effect: HandoverEffect, vault: Vault, scene: Scene) -> None:
        """Write what a resident's step led to. Raises ReferenceTakenError."""
        match effect:
            case OpenRequest():
                self.open(chat_id, effect, vault, scene)
            case ChangeRequest():
                self.change(chat_id, effect, vault, scene)
            case WithdrawRequest():
                self.withdraw(chat_id, effect, scene)
            case CancelAppointment():
                self.cancel(chat_id, effect, scene)
            case ForgetRequests():
                for kept in self.requests.of_resident(chat_id):
                    self._take_back(kept, scene)

    def open(self, chat_id: int, effect: OpenRequest, vault: Vault, scene: Scene) -> bool:
        """Seal the contact, keep the card, tell the référente. False where there is an open request already.

        Raises ReferenceTakenError.
        """
        status = Status.WAITING if effect.waiting else Status.SENT
        request = Request(effect.reference, effect.card, status, scene.now, effect.promised)
        sealed = vault.seal(effect.contact, effect.reference)
        if not self.requests.add(Case(request), chat_id, sealed, effect.consent):
            return False
        self.journal.write(Deed.OPENED, effect.reference, scene.now)
        if not effect.waiting:
            self._deal(effect.reference, scene)
        return True

    def change(self, chat_id: int, effect: ChangeRequest, vault: Vault, scene: Scene) -> None:
        """The resident changed what was sent; somebody else's request is left alone."""
        kept = self.requests.get(effect.reference)
        if kept is None or kept.chat_id != chat_id:
            return
        if effect.contact is not None:
            self.requests.seal_anew(effect.reference, vault.seal(effect.contact, effect.reference))
        if effect.card is not None:
            request = changed(kept.case.request, effect.card)
            self.requests.change(kept, replace(kept.case, request=request), None)
        self.journal.write(Deed.CHANGED, effect.reference, scene.now)
        self.outbox.redraw(effect.reference)

    def withdraw(self, chat_id: int, effect: WithdrawRequest, scene: Scene) -> None:
        """The resident took it back."""
        kept = self.requests.get(effect.reference)
        if kept is not None and kept.chat_id == chat_id:
            self._take_back(kept, scene)

    def cancel(self, chat_id: int, effect: CancelAppointment, scene: Scene) -> None:
        """The resident cannot come: the référente finds another day with them."""
        kept = self.requests.get(effect.reference)
        if kept is None or kept.chat_id != chat_id or not kept.case.request.meets_after(scene.now):
            return
        request = replace(kept.case.request, status=Status.TAKEN, appointment=None)
        self.outbox.hush(effect.reference)
        self.follow(kept, Done(replace(kept.case, request=request), deed=Deed.GIVEN_BACK), None, scene)
        self._warn(kept, "rdv_annule", scene)

    # --- the staff ---

    def welcome(self, code: str, chat_id: int, scene: Scene) -> bool:
        """Let somebody in who brings an invitation; what is open lies on their desk at once."""
        member = self.staff.accept(code, chat_id, scene.now)
        if member is None:
            return False
        self.journal.write(Deed.ENROLLED, "", scene.now, chat_id)
        self.outbox.tell(chat_id, "bienvenue", scene.now)
        for kept in self.requests.open():
            hers = member.role is Role.REFERENTE and kept.case.request.status is not Status.WAITING
            if hers or (member.role is Role.AGENT and kept.case.may_show_contact(member)):
                self.outbox.deal(kept.case.request.reference, [chat_id], self.in_her_time(scene))
        return True

    def dismiss(self, chat_id: int, now: datetime) -> bool:
        """Take a member's rights away at once; their messages are emptied. False where there is none."""
        if not self.staff.revoke(chat_id):
            return False
        self.journal.write(Deed.REVOKED, "", now, chat_id)
        self.outbox.redraw_desk(chat_id)
        self.outbox.tell(chat_id, "adieu", now)
        return True

    def overview(self, member: Member, scene: Scene) -> Overview:
        """What this member may look at."""
        cases = [kept.case for kept in self.requests.open()]
        return Overview(cases, self.office(scene), member, scene)

    def desk(self, member: Member, scene: Scene) -> Desk:
        """Where this member sits."""
        offered = scene.programme.handover.slots_offered
        slots = islice(self.calendar(scene).slots(scene.now), offered)
        agents = frozenset(agent.commune for agent in self.staff.members(Role.AGENT))
        return Desk(scene, member, tuple(slots), agents)

    def follow(self, kept: Kept, done: Done, by: int | None, scene: Scene) -> bool:
        """Write what a tap or the clock led to. False where it is too late, or not theirs to do."""
        reference, request = kept.case.request.reference, done.case.request
        if not self.requests.change(kept, done.case, by):
            return False
        if done.deed is not None:
            self.journal.write(done.deed, reference, scene.now, by)
        if request.appointment != kept.case.request.appointment:
            self.requests.unmark(reference, "reminded_at")
        if done.news is not None:
            self._tell(kept, done.deed, done.news, scene)
        self.outbox.redraw(reference)
        if done.case.with_agent_of and not kept.case.with_agent_of:
            agents = filter(done.case.may_show_contact, self.staff.members(Role.AGENT))
            self.outbox.deal(reference, [agent.chat_id for agent in agents], self.in_her_time(scene))
        return True

    def wish(self, wish: Wish, member: Member, scene: Scene) -> None:
        """Do what a command of the staff asks for; the answer is a notice, or a card."""
        match wish:
            case Look(at):
                self.outbox.tell(member.chat_id, at, scene.now)
            case Open(reference):
                self.show(reference, member, scene)
            case SetCap(cap):
                self.book.set_cap(cap)
                self.outbox.tell(member.chat_id, "plafond", scene.now)
            case BeAbsent(first, last):
                self.book.be_absent(first, last)
                self._move_promises(scene)
                self.outbox.tell(member.chat_id, "absences", scene.now)
            case ComeBack(day):  # what was promised stays: an early call is a good surprise
                self.book.come_back(day)
                self.outbox.hasten(self.in_her_time(scene))
                self.outbox.tell(member.chat_id, "absences", scene.now)

    def show(self, reference: str, member: Member, scene: Scene) -> None:
        """Put the card of this request at the end of her chat, without the contact."""
        kept = self.requests.get(reference)
        if kept is None:
            self.outbox.tell(member.chat_id, "inconnue", scene.now)
            return
        card = self.outbox.card(member.chat_id, reference)
        if card is None:
            self.outbox.deal(reference, [member.chat_id], scene.now)
        elif card.former_id is None:
            self.outbox.move(card, None, scene.now)
        self.see(kept, member, scene)

    def see(self, kept: Kept, member: Member, scene: Scene) -> Kept:
        """Note that the notice was acknowledged; returns the request as it is now."""
        if kept.case.request.seen_at is not None:
            return kept
        seen = replace(kept.case, request=replace(kept.case.request, seen_at=scene.now))
        if not self.requests.change(kept, seen, member.chat_id):
            return kept
        return replace(kept, case=seen, revision=kept.revision + 1)

    def hear_from(self, card: Card, message_id: int, scene: Scene) -> Card:
        """The card, which lives in the message she taps from now on."""
        if card.message_id == message_id or card.former_id is not None:
            return card
        self.outbox.move(card, message_id, scene.now)
        return self.outbox.card(card.chat_id, card.reference) or card

    # --- both, and the clock ---

    def destroy(self, kept: Kept, deed: Deed, now: datetime) -> None:
        """Destroy key and row, and count its course. Whoever has its card on screen sees it emptied."""
        reference = kept.case.request.reference
        if not self.requests.destroy(reference):  # somebody else did, and counted it
            return
        self.counts.count(facts(kept.case.request, now, deed))
        self.outbox.hush(reference)
        self.journal.write(deed, reference, now)
        self.outbox.redraw(reference)

    def office(self, scene: Scene) -> Office:
        """How her time stands."""
        return self.book.office(scene.programme.handover.cap)

    def calendar(self, scene: Scene) -> Calendar:
        """Her half-days, without her absences."""
        return Calendar(scene.programme.half_days, self.book.absences())

    def in_her_time(self, scene: Scene) -> datetime:
        """Now while she works, else the start of her next half-day."""
        return self.calendar(scene).when_she_works(scene.now) or scene.now + FAR

    def admit(self, kept: Kept, scene: Scene) -> None:
        """It is this request's turn: from the waiting list to the desk."""
        promised = self.calendar(scene).at_start_of_next_half_day(scene.now)
        day = promised.date() if promised else kept.case.request.promised
        request = replace(kept.case.request, status=Status.SENT, promised=day)
        done = Done(replace(kept.case, request=request), deed=Deed.ADMITTED, news=News.ADMITTED)
        if self.follow(kept, done, None, scene):
            self._deal(request.reference, scene)

    def _deal(self, reference: str, scene: Scene) -> None:
        chats = [member.chat_id for member in self.staff.members(Role.REFERENTE)]
        self.outbox.deal(reference, chats, self.in_her_time(scene))
        self.requests.to_mail(reference, scene.now)

    def _take_back(self, kept: Kept, scene: Scene) -> None:
        """Key and row are destroyed now. Who was shown an open one is told, and its message is emptied."""
        reference, is_open = kept.case.request.reference, kept.case.request.closed_at is None
        self.destroy(kept, Deed.WITHDRAWN, scene.now)
        for chat_id in self.outbox.readers(reference) if is_open else ():
            self.outbox.tell(chat_id, "retiree", self.in_her_time(scene), reference)

    def _warn(self, kept: Kept, kind: str, scene: Scene) -> None:
        """Tell the one who follows this request, in her time."""
        if kept.case.request.taken_by is not None:
            reference, due = kept.case.request.reference, self.in_her_time(scene)
            self.outbox.tell(kept.case.request.taken_by, kind, due, reference)

    def _tell(self, kept: Kept, deed: Deed | None, news: News, scene: Scene) -> None:
        """Tell the resident, by day; what was not said yet is true no longer."""
        unsaid = self.outbox.hush(kept.case.request.reference)
        if deed is Deed.UNDONE and unsaid:
            return
        terms = scene.programme.handover
        due = out_of_the_night(scene.now, terms.quiet_from, terms.quiet_until)
        self.outbox.tell(kept.chat_id, NEWS + news.value, due, kept.case.request.reference)

    def _move_promises(self, scene: Scene) -> None:
        """Who waits for a call on a day she is away is called later; an appointment is hers to move."""
        calendar = self.calendar(scene)
        for kept in self.requests.open():
            request, slot = kept.case.request, kept.case.request.card.slot
            if request.status not in CALLED | {Status.WAITING} or request.promised < scene.today:
                continue
            day = next((each.day for each in calendar.slots(scene.now) if each.day > request.promised), None)
            if day is not None and not calendar.works_on(request.promised):
                lost = slot is not None and not calendar.works_on(slot.day)
                card = replace(request.card, slot=None) if lost else request.card
                self.promise(kept, replace(request, card=card, promised=day), scene)

    def promise(self, kept: Kept, request: Request, scene: Scene) -> None:
        """Another day is promised than before, and said."""
        done = Done(replace(kept.case, request=request), deed=Deed.MOVED, news=News.PROMISE_MOVED)
        self.follow(kept, done, None, scene)
