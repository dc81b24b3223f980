"""What the desk has to show, computed at the moment it leaves: one letter is one call to Telegram, or two.

A letter that shows a contact is only ever an edit, of a message that held none: repeating it is harmless.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby

from conversations.desk import commands, lists
from conversations.desk.away import back
from conversations.desk.case import Member, Role
from conversations.desk.lists import Overview
from conversations.desk.sheet import Sheet, gone, moved, sheet, taken_back
from conversations.scene import Scene
from conversations.screen import bullet, note, title
from storage.holds import Kind
from storage.outbox import Card, Notice
from storage.transaction import Transaction
from storage.vault import SealedError, Vault

LATE = timedelta(minutes=10)  # what did not leave by then waits for her next half-day
DIGEST = "bonjour"
BURST = 3  # new cards for one desk at a time; more of them become one list


@dataclass(frozen=True, slots=True)
class CardLetter:
    """A card to draw. Its sheet may hold a contact, so no repr shows it."""

    card: Card
    sheet: Sheet = field(repr=False)
    shows_contact: bool = False
    closed: bool = False
    last: bool = False  # its request or its reader is gone: nothing will be drawn here any more
    farewell: Sheet | None = None  # for the message that the card left

    @property
    def chat_id(self) -> int:
        """Whose desk it is."""
        return self.card.chat_id


@dataclass(frozen=True, slots=True)
class NoticeLetter:
    """A message to send once. `cards` are the new ones that it stands for."""

    chat_id: int
    sheet: Sheet
    notices: tuple[Notice, ...] = ()
    cards: tuple[Card, ...] = ()
    menu: tuple[tuple[str, str], ...] | None = None  # the commands of a member; () takes them away


Letter = CardLetter | NoticeLetter


def letters(kept: Transaction, vault: Vault, scene: Scene) -> list[Letter]:
    """Everything that is due, in the order in which it should leave."""
    mine = kept.take(Kind.LETTERS, kept.outbox.chats(scene.now))
    undrawn = [card for card in kept.outbox.undrawn(scene.now) if card.chat_id in mine]
    due = [notice for notice in kept.outbox.due(scene.now) if notice.chat_id in mine]
    # Last: another worker may welcome somebody meanwhile, who would have a letter and be no member.
    members = {member.chat_id: member for member in kept.staff.members()}
    known = [card for card in undrawn if card.message_id is not None or card.chat_id not in members]
    new = [card for card in undrawn if card.message_id is None and card.chat_id in members]
    if new and not kept.desk.calendar(scene).at_work(scene.now):
        new = [card for card in new if scene.now - card.due_at < LATE]
    written: list[Letter] = [_card(kept, card, members.get(card.chat_id), vault, scene) for card in known]
    written += _notices(kept, due, members, scene)
    for chat_id, group in groupby(sorted(new, key=lambda card: card.chat_id), lambda card: card.chat_id):
        cards, member = tuple(group), members[chat_id]
        burst = [card for card in cards if card.former_id is None and card.drawn == 0]
        if len(burst) > BURST and member.role is not Role.AGENT:  # for whom no list opens anything
            overview = kept.desk.overview(member, scene)
            listed = lists.new_ones(overview, [card.reference for card in burst])
            written.append(NoticeLetter(chat_id, listed, cards=tuple(burst)))
            cards = tuple(card for card in cards if card not in burst)
        written += [_card(kept, card, member, vault, scene) for card in cards]
    kept.keep(Kind.LETTERS, {letter.chat_id for letter in written})
    return sorted(written, key=_is_digest)  # which counts what was notified, so it comes last


def _is_digest(letter: Letter) -> bool:
    return isinstance(letter, NoticeLetter) and any(notice.kind == DIGEST for notice in letter.notices)


def _card(kept: Transaction, card: Card, member: Member | None, vault: Vault, scene: Scene) -> CardLetter:
    request = kept.requests.get(card.reference)
    desk = kept.desk.desk(member or Member(card.chat_id, Role.AGENT), scene)
    farewell = moved(card.reference, desk) if card.former_id is not None else None
    if request is None:
        left = gone(card.reference, desk, taken_back=kept.journal.was_taken_back(card.reference))
        return CardLetter(card, left, last=True, farewell=farewell)
    theirs, contact = member is not None and request.case.may_show_contact(member), None
    if member is None or (member.role is Role.AGENT and not theirs):
        return CardLetter(card, taken_back(card.reference, desk), last=True, farewell=farewell)
    if theirs and request.case.shows_contact_to(card.chat_id, scene.now):
        with suppress(SealedError):  # the keys of another installation: the card is shown all the same
            contact = vault.open(request.sealed, card.reference)
    shown = sheet(request.case, card.view, desk, contact)
    closed = request.case.request.closed_at is not None
    return CardLetter(card, shown, contact is not None, closed, farewell=farewell)


def _notices(
    kept: Transaction, due: Iterable[Notice], members: dict[int, Member], scene: Scene
) -> Iterable[NoticeLetter]:
    _ = scene.words("fr")
    for notice in due:
        member = members.get(notice.chat_id)
        if notice.kind == "adieu":
            bye = Sheet((title(_("Votre accès est fermé.")), bullet(_("Vous ne recevrez plus de demandes."))))
            yield NoticeLetter(notice.chat_id, bye, (notice,), menu=())
        elif member is not None:
            overview = kept.desk.overview(member, scene)
            menu = commands.menu(member.role, _) if notice.kind == "bienvenue" else None
            yield NoticeLetter(notice.chat_id, _sheet(kept, notice, overview), (notice,), menu=menu)
        else:
            kept.outbox.sent(notice.id)  # for somebody who is no member any more


def _sheet(kept: Transaction, notice: Notice, overview: Overview) -> Sheet:
    _ = overview.scene.words("fr")
    match notice.kind:
        case "bonjour":
            return lists.digest(overview, kept.outbox.notified())
        case "demijournee":
            return lists.half_day(overview)
        case "attente":
            return lists.waiting(overview)
        case "absences":
            return lists.absences(overview)
        case "plafond":
            return lists.cap(overview)
        case "chiffres":
            return lists.figures(overview)
        case "inconnue":
            return _line(_("Je ne trouve pas cette demande. Elle est peut-être effacée."))
        case "retiree":
            return _line(_("{reference} : la personne a retiré sa demande.", reference=notice.reference))
        case "rdv_annule":
            return _given_back(kept, notice, overview)
        case "absente":
            return _line(_("Telegram ne remet plus les messages à la référente. Prévenez-la."))
        case "revenu":
            return back(notice.reference, _)
        case "bienvenue":
            return _welcome(overview)
    listed = [
        bullet(_("/{name} : {what}", name=name, what=what))
        for name, what in commands.menu(overview.member.role, _)
    ]
    return Sheet((title(_("Voici ce que je comprends")), *listed))


def _given_back(kept: Transaction, notice: Notice, overview: Overview) -> Sheet:
    """The resident cannot come: one tap leads to the request, and to another day."""
    _, request = overview.scene.words("fr"), kept.requests.get(notice.reference)
    said = bullet(_("{reference} : la personne ne peut plus à cette date.", reference=notice.reference))
    hers = request is not None and overview.member.role is Role.REFERENTE
    return Sheet((said,), ((lists.open_key(request.case),),) if request and hers else ())


def _line(text: str) -> Sheet:
    return Sheet((bullet(text),))


def _welcome(overview: Overview) -> Sheet:
    _ = overview.scene.words("fr")
    role = {
        Role.REFERENTE: _("Vous êtes inscrite comme référente."),
        Role.COORDINATION: _("Vous êtes inscrit(e) pour la coordination."),
        Role.AGENT: _("Vous êtes inscrit(e) comme agent du CCAS."),
    }[overview.member.role]
    return Sheet(
        (
            title(role),
            bullet(_("Les demandes arrivent ici, sans nom ni téléphone.")),
            bullet(_("Rien ne sonne en dehors de vos demi-journées.")),
            note(_("/demijournee, /attente : le menu montre les commandes."))
            if overview.member.role is Role.REFERENTE
            else note(_("/attente : les demandes ouvertes. Le menu montre ce que je comprends.")),
        )
    )
