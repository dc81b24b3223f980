"""The preview: the very card that the référente reads, the sealed contact, and what to do with them."""

from collections.abc import Iterator
from dataclasses import replace

from conversations.desk.card import card_lines
from conversations.dialogue import Remark
from conversations.handover.card import new_card
from conversations.handover.door import prospect_of
from conversations.handover.phone import shown_phone
from conversations.handover.promise import Prospect
from conversations.handover.request import ChangeRequest, Contact, HalfDaySlot, OpenRequest
from conversations.handover.standing import opened
from conversations.handover.wording import at_the_latest
from conversations.page_kinds import Draft, Result, Sent
from conversations.questionnaire import walk
from conversations.scene import Here
from conversations.screen import Button, Line, Screen, bullet, column, note, title

NOT_YET = "MC-…"  # the reference is given when the request is sent


def preview(here: Here, page: Draft) -> Screen:
    """What she will see, and what only she can open. Every line can be changed; then it is sent, or not."""
    found = prospect_of(here)
    if page.reference or found is None:
        return _contact_only(here, page)
    _, sending = here.words, _opening(here, page, found)
    send = Button(_("Envoyer"), "draft:send", here.dialogue.at(Sent()), (_("oui"),), (sending,))
    return Screen(
        lines=(
            title(_("Ce que verra la référente")),
            *card_lines(opened(replace(sending, reference=NOT_YET), here.scene.now), here.scene),
            title(_("Dans une enveloppe fermée")),
            *_contact(here, page),
            *_date(here, found, sending),
        ),
        rows=((send,), *column(_changes(here, page, found)), (leave(here, page),)),
    )


def _opening(here: Here, page: Draft, found: Prospect) -> OpenRequest:
    chosen = page.slot if isinstance(page.slot, HalfDaySlot) and not found.waiting else None
    card = new_card(here, walk(here.programme, here.dialogue.answers), page)
    return OpenRequest(
        reference=here.scene.spare_reference,
        card=replace(card, slot=chosen),
        contact=Contact(page.name, page.phone),
        consent=page.consent,
        promised=chosen.day if chosen else found.day,
        waiting=found.waiting,
    )


def _contact_only(here: Here, page: Draft) -> Screen:
    """Another name or number for a request that was already sent."""
    _, dialogue = here.words, here.dialogue
    change = ChangeRequest(page.reference, card=None, contact=Contact(page.name, page.phone))
    then = replace(dialogue.at(Sent()), remark=Remark("changed"))
    return Screen(
        lines=(title(_("Votre nouveau contact")), *_contact(here, page)),
        rows=(
            (Button(_("Envoyer"), "draft:send", then, (_("oui"),), (change,)),),
            (_change(here, page, _("Prénom"), "name"), _change(here, page, _("Téléphone"), "phone")),
            (leave(here, page),),
        ),
    )


def _contact(here: Here, page: Draft) -> Iterator[Line]:
    _ = here.words
    yield bullet(_("Prénom : {name}", name=page.name))
    yield bullet(_("Téléphone : {phone}", phone=shown_phone(page.phone)))


def _date(here: Here, found: Prospect, sending: OpenRequest) -> Iterator[Line]:
    _ = here.words
    if found.waiting:
        yield note(_("Beaucoup de personnes attendent. Vous seriez numéro {place}.", place=found.place))
    yield note(at_the_latest(sending.card, sending.promised, _))


def _changes(here: Here, page: Draft, found: Prospect) -> Iterator[Button]:
    _ = here.words
    yield _change(here, page, _("Prénom"), "name")
    yield _change(here, page, _("Téléphone"), "phone")
    yield _change(here, page, _("Appel ou visite"), "channel")
    if found.slots:
        yield _change(here, page, _("Demi-journée"), "slot")
    yield _change(here, page, _("Langue"), "language")
    # A date that presses is no question: who has one says so, and nobody else is asked.
    label = _("Rien ne presse") if page.presses else _("Une date presse")
    pressed = here.dialogue.open(replace(page, presses=not page.presses))
    yield Button(label, f"draft:presses:{'no' if page.presses else 'yes'}", pressed)


def _change(here: Here, page: Draft, label: str, line: str) -> Button:
    return Button(label, f"draft:{line}", here.dialogue.open(replace(page, line=line)))  # type: ignore[arg-type]


def leave(here: Here, page: Draft) -> Button:
    """*Ne rien envoyer*: name and number are gone with the page."""
    _, dialogue = here.words, here.dialogue
    then = dialogue.at(Sent()) if page.reference else dialogue.at(Result())
    return Button(
        _("Ne rien envoyer"), "draft:leave", replace(then, remark=Remark("unsent")), (_("Annuler"),)
    )
