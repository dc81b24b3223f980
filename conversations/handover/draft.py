"""The draft: one line a screen, each of which the preview lets change. Nothing leaves before *Envoyer*."""

import unicodedata
from dataclasses import replace

from conversations.dialogue import Dialogue, Remark
from conversations.events import SharedContact
from conversations.handover.door import closed_door, prospect_of
from conversations.handover.phone import NotAPhone, read_phone, read_shared, shown_phone
from conversations.handover.preview import leave, preview
from conversations.handover.request import Channel
from conversations.handover.sent import sent
from conversations.handover.wording import said_slot
from conversations.navigation import to_human
from conversations.page_kinds import Draft, Sent
from conversations.questionnaire import walk
from conversations.scene import Here
from conversations.screen import Button, Line, ReplyKeyboard, Screen, bullet, column, note, quote, title

LONGEST_NAME = 40  # characters


def draft(here: Here, page: Draft) -> Screen:
    """The line that is being written, or the preview once every line is."""
    if page.reference:
        if here.scene.request is None:
            return closed_door(here)
    elif here.scene.request is not None:
        return sent(here, Sent())  # never a second one
    elif prospect_of(here) is None or walk(here.programme, here.dialogue.answers).outcome is None:
        return closed_door(here)
    match _line(here, page):
        case "name":
            return _name(here, page)
        case "phone":
            return _phone(here, page)
        case "channel":
            return _channel(here, page)
        case "slot":
            return _slot(here, page)
        case "language":
            return _language(here, page)
        case _:
            return preview(here, page)


def _line(here: Here, page: Draft) -> str:
    """The line to write: the one that was gone back to, else the first that is missing."""
    if page.line != "preview":
        return page.line
    if not page.name:
        return "name"
    if not page.phone:
        return "phone"
    if page.reference:
        return "preview"
    if page.channel is None:
        return "channel"
    found = prospect_of(here)
    offered = found.slots if found else ()
    missing = page.slot is None or (page.slot != "any" and page.slot not in offered)
    return "slot" if offered and missing else "preview"


def hear_draft(here: Here, page: Draft, text: str) -> Dialogue | None:
    """What a typed name or number leads to; None on the lines that are buttons."""
    match _line(here, page):
        case "name":
            name = _readable(text)
            if not 0 < len(name) <= LONGEST_NAME or not any(sign.isalpha() for sign in name):
                return replace(here.dialogue, remark=Remark("name"))
            return _with(here, replace(page, name=name))
        case "phone":
            return _numbered(here, page, read_phone(text))
        case _:
            return None


def hear_contact(here: Here, event: SharedContact) -> Dialogue:
    """What a contact card leads to: taken where a number is asked for, and only one's own."""
    page = here.dialogue.page
    if not isinstance(page, Draft) or _line(here, page) != "phone":
        return replace(here.dialogue, remark=Remark("contact"))
    if not event.own:
        return replace(here.dialogue, remark=Remark("not_own"))
    return _numbered(here, page, read_shared(event.phone))


def _numbered(here: Here, page: Draft, number: str | NotAPhone) -> Dialogue:
    if isinstance(number, NotAPhone):
        return replace(here.dialogue, remark=Remark("phone", number.value))
    return _with(here, replace(page, phone=number))


def _with(here: Here, page: Draft) -> Dialogue:
    """The dialogue with this line written; the next missing one comes by itself."""
    return replace(here.dialogue.open(replace(page, line="preview")), remark=None)


def _readable(text: str) -> str:
    """The words as written, without signs that cannot be seen."""
    seen = (" " if sign.isspace() else sign for sign in text)
    return " ".join("".join(sign for sign in seen if unicodedata.category(sign)[0] != "C").split())


def _name(here: Here, page: Draft) -> Screen:
    _ = here.words
    return Screen(
        lines=(
            title(_("Comment vous appeler ?")),
            bullet(_("Votre prénom suffit. Écrivez-le ici.")),
            *_earlier(here, page.name),
        ),
        rows=_ways(here, page, known=bool(page.name)),
    )


def _phone(here: Here, page: Draft) -> Screen:
    _ = here.words
    return Screen(
        lines=(
            title(_("À quel numéro vous joindre ?")),
            bullet(_("Fixe ou portable, français ou belge. Par exemple : 06 12 34 56 78.")),
            bullet(_("Touchez « Partager mon numéro », ou écrivez-le.")),
            *_earlier(here, shown_phone(page.phone) if page.phone else ""),
        ),
        rows=_ways(here, page, known=bool(page.phone)),
        keyboard=ReplyKeyboard(contact=_("Partager mon numéro")),
    )


def _channel(here: Here, page: Draft) -> Screen:
    _ = here.words
    choices = ((Channel.PHONE, _("Par téléphone")), (Channel.VISIT, _("Je passe au CCAS")))
    buttons = (
        Button(label, f"draft:channel:{channel}", _with(here, replace(page, channel=channel)))
        for channel, label in choices
    )
    return Screen(
        lines=(title(_("Comment voulez-vous parler à la référente ?")),),
        rows=(*column(buttons), *_ways(here, page, known=page.channel is not None)),
    )


def _slot(here: Here, page: Draft) -> Screen:
    """Half-days of her real calendar."""
    _, found = here.words, prospect_of(here)
    buttons = [
        Button(
            said_slot(slot, here.programme, _),
            f"draft:slot:{slot.day}:{slot.half_day}",
            _with(here, replace(page, slot=slot)),
        )
        for slot in (found.slots if found else ())
    ]
    anytime = Button(
        _("Peu importe"), "draft:slot:any", _with(here, replace(page, slot="any")), (_("n'importe quand"),)
    )
    return Screen(
        lines=(
            title(_("Quelle demi-journée vous convient ?")),
            note(_("Ce sont les vraies demi-journées de la référente.")),
        ),
        rows=(*column((*buttons, anytime)), *_ways(here, page, known=page.slot is not None)),
    )


def _language(here: Here, page: Draft) -> Screen:
    _ = here.words
    buttons = (
        Button(spoken.name, f"draft:language:{spoken.code}", _with(here, replace(page, language=spoken.code)))
        for spoken in here.programme.handover.languages
    )
    return Screen(
        lines=(title(_("Dans quelle langue vous parler ?")),),
        rows=(*column(buttons), *_ways(here, page, known=True)),
    )


def _earlier(here: Here, value: str) -> tuple[Line, ...]:
    return (quote(here.words("Vous avez écrit : {value}", value=value)),) if value else ()


def _ways(here: Here, page: Draft, *, known: bool) -> tuple[tuple[Button, ...], ...]:
    _ = here.words
    keep = Button(_("Garder"), f"draft:keep:{page.line}", here.dialogue.open(replace(page, line="preview")))
    back = ((keep,),) if known and page.line != "preview" else ()
    return (*back, (leave(here, page), to_human(here)))
