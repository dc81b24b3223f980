"""What the staff does, taken out of everybody's updates: invitations, their commands, taps on their messages.

Whoever is no member is a resident like any other: for them none of this exists. Private chats only come this
far (`bot.incoming.reading`), and there the chat is the person.
"""

import re
from collections.abc import Sequence

from sqlalchemy.exc import OperationalError

from bot import logs
from bot.screens.drawing import Tap
from conversations.desk import commands
from conversations.desk.case import Member, Role
from conversations.desk.sheet import MARK, sheet
from conversations.events import Commanded, Hurried, Tapped
from conversations.scene import Scene
from storage.arrivals import Arrival
from storage.cases import Kept
from storage.transaction import Transaction

TOKEN = re.compile(rf"{MARK}:(MC-\w+):([\w:-]+)", re.ASCII)


class FrontDesk:
    """Does what the staff asks for, in this transaction. `others` is what residents did."""

    def __init__(self, kept: Transaction, arrivals: Sequence[Arrival], scene: Scene) -> None:
        self.taps: list[Tap] = []
        self.failed: list[int] = []
        self.others: list[Arrival] = []
        for arrival in arrivals:
            try:
                if not (_is_ours(arrival) and self._take(kept, arrival, scene)):
                    self.others.append(arrival)
            except OperationalError:  # the database is full, or away: the whole turn is tried again
                raise
            except Exception as error:  # noqa: BLE001 — a mistake of ours, of which nobody else shall suffer
                logs.warn("desk_failed", error, update=arrival.update_id)
                self.failed.append(arrival.update_id)

    def _take(self, kept: Transaction, arrival: Arrival, scene: Scene) -> bool:
        """Whether it was the staff's."""
        match arrival.event:
            case Commanded("start", code):
                return kept.desk.welcome(code, arrival.chat_id, scene)
        member = kept.staff.member(arrival.chat_id)
        if member is None:
            return False
        kept.staff.is_back(member.chat_id)
        match arrival.event:
            case Commanded(name, argument):
                wish = commands.read(name.lower(), argument, member.role, scene.today)
                if wish is None:
                    kept.outbox.tell(member.chat_id, "comment", scene.now)
                else:
                    kept.desk.wish(wish, member, scene)
            case Tapped(token):
                says = _tap(kept, member, arrival.message_id, token, scene)
                self.taps.append(Tap(arrival.query, says))
            case Hurried() if arrival.query:
                self.taps.append(Tap(arrival.query))
        return True


def _is_ours(arrival: Arrival) -> bool:
    match arrival.event:
        case Commanded("start", code):
            return commands.INVITATION.fullmatch(code) is not None
        case Commanded(name):
            return name.lower() in (*commands.NAMES, *commands.HELP)
        case Tapped(token):
            return TOKEN.fullmatch(token) is not None
        case Hurried():
            return True
        case _:
            return False


def _tap(kept: Transaction, member: Member, message_id: int, token: str, scene: Scene) -> str:
    """Do what the button says, where the present sheet offers it; returns a few words for the bubble."""
    found = TOKEN.fullmatch(token)
    if found is None or member.role is Role.COORDINATION:
        return ""
    reference, place = found.groups()
    request = kept.requests.get(reference)
    if place == "ouvrir" and member.role is Role.REFERENTE:
        kept.desk.show(reference, member, scene)
        return ""
    card = kept.outbox.card(member.chat_id, reference)
    if card is None:
        return ""
    card = kept.desk.hear_from(card, message_id, scene)
    if request is None:
        kept.outbox.redraw(reference)
        return ""
    request = kept.desk.see(request, member, scene)
    key = sheet(request.case, card.view, kept.desk.desk(member, scene)).key(token)
    if key is None:  # a second tap, an old button, somebody else's request: the present sheet is drawn
        kept.outbox.repeat(card)
        return ""
    if key.then.case != request.case and not kept.desk.follow(request, key.then, member.chat_id, scene):
        return _refused(kept, request, scene)
    kept.outbox.turn(card, key.then.view)
    return key.then.says


def _refused(kept: Transaction, request: Kept, scene: Scene) -> str:
    """Why nothing was done: it changed meanwhile, or it stays closed because its resident has a newer one."""
    _, theirs = scene.words("fr"), kept.requests.of_resident(request.chat_id)
    if request.case.request.closed_at and any(each.case.request.closed_at is None for each in theirs):
        return _("Cette personne a déjà une autre demande ouverte.")
    return _("Trop tard : la demande a changé.")
