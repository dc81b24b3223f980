"""The request as it stands: when the référente thinks of calling, what can be changed, and the end of it."""

from collections.abc import Iterator
from dataclasses import replace

from conversations.dialogue import Remark
from conversations.handover.door import prospect_of
from conversations.handover.invitation import invited
from conversations.handover.request import (
    CALLED,
    CancelAppointment,
    ChangeRequest,
    Channel,
    Consent,
    HalfDaySlot,
    Request,
    Status,
    WithdrawRequest,
)
from conversations.handover.wording import at_the_latest, said_day, said_hour, said_slot
from conversations.navigation import open_page, to_home, to_human
from conversations.page_kinds import Draft, Home, Papers, Result, Sent
from conversations.questionnaire import walk
from conversations.scene import PARIS, Here
from conversations.screen import Button, Invitation, Screen, bullet, column, note, title


def sent(here: Here, page: Sent) -> Screen:
    """The request, or one of the views under it; what to do where there is none any more."""
    request = here.scene.request
    if request is None:
        return _none(here)
    match page.view:
        case "standing":
            return _standing(here, request)
        case "slot":
            return _slot(here, request)
        case "withdraw":
            return _withdraw(here, request)


def _none(here: Here) -> Screen:
    _ = here.words
    return Screen(
        lines=(title(_("Vous n'avez pas de demande de rappel en cours.")),),
        rows=((to_home(here), to_human(here)),),
    )


def _standing(here: Here, request: Request) -> Screen:
    _ = here.words
    papers = request.card
    sent_on = _.day(request.opened_at.astimezone(PARIS).date())
    lines = (
        title(_("Votre demande {reference}", reference=request.reference)),
        bullet(_("Déjà transmise : {day}.", day=sent_on)),
        *(bullet(sentence) for sentence in how_it_stands(here, request)),
        bullet(
            _("Papiers prêts : {ready} sur {total}.", ready=papers.papers_ready, total=papers.papers_total)
        ),
        note(_("Une date peut changer. Dans ce cas, je vous préviens.")),
        note(_(here.programme.legal["arnaque"].text)),
    )
    appointment = request.meets_after(here.scene.now)
    return Screen(
        lines=lines,
        rows=(
            *(_appointment_ways(here, request) if appointment else ()),
            (open_page(here, _("Préparer mes papiers"), Papers()),),
            (*_other_aids(here), to_human(here)),
            *column(_changes(here, request)),
            (to_home(here),),
        ),
        attachment=_file(here, request),
    )


def _other_aids(here: Here) -> tuple[Button, ...]:
    """The aids that fit their answers; none where those were erased for their age."""
    if walk(here.programme, here.dialogue.answers).outcome is None:
        return ()
    return (Button(here.words("D'autres aides"), "sent:aids", here.dialogue.open(Result("aids"))),)


def _file(here: Here, request: Request) -> Invitation | None:
    commune = request.card.commune if request.card.channel is Channel.VISIT else ""
    return invited(here, request.reference, request.appointment, commune)


def how_it_stands(here: Here, request: Request) -> Iterator[str]:
    """The state of a request, a sentence or two."""
    _ = here.words
    match request.status:
        case Status.WAITING:
            if request.place:
                yield _("Vous êtes numéro {place} sur la liste d'attente.", place=request.place)
            else:
                yield _("Elle est sur la liste d'attente.")
            yield from map(_, here.programme.handover.meanwhile)
        case Status.APPOINTMENT if request.appointment is not None:
            day = said_day(request.appointment.astimezone(PARIS).date(), _)
            hour = said_hour(request.appointment, _)
            if request.meets_after(here.scene.now):
                yield _("Votre rendez-vous : {day} à {hour}.", day=day, hour=hour)
            else:
                yield _("Votre rendez-vous était : {day} à {hour}.", day=day, hour=hour)
                yield _("Il n'a pas eu lieu ? Parlez-en à votre CCAS.")
            return
        case Status.PAPERS:
            yield _("La référente attend un papier.")
        case Status.SLEEPING if request.sleeps_until is not None:
            yield _("Elle attend jusqu'à cette date : {day}.", day=said_day(request.sleeps_until, _))
            return
        case Status.TAKEN:
            yield _("La référente s'en occupe.")
        case _:
            pass
    slot = request.card.slot
    if slot is not None:
        yield _("Demi-journée choisie : {slot}.", slot=said_slot(slot, here.programme, _))
    if slot is None or slot.day < request.promised:
        yield at_the_latest(request.card, request.promised, _)


def _appointment_ways(here: Here, request: Request) -> tuple[tuple[Button, ...], ...]:
    _ = here.words
    calendar = replace(here.dialogue, remark=Remark("invitation"))
    return (
        (Button(_("Mettre dans mon agenda"), "sent:invitation", calendar),),
        (cannot_come(here, request.reference),),
    )


def cannot_come(here: Here, reference: str) -> Button:
    """*Je ne peux plus*, in one tap."""
    return Button(
        here.words("Je ne peux plus ce jour-là"),
        f"cannot_come:{reference}",
        replace(here.dialogue.at(Sent()), remark=Remark("cannot_come")),
        (here.words("je ne peux plus"), here.words("je ne peux plus venir")),
        (CancelAppointment(reference),),
    )


def _changes(here: Here, request: Request) -> Iterator[Button]:
    _, dialogue = here.words, here.dialogue
    if request.status in CALLED and _offered(here):
        yield Button(_("Autre demi-journée"), "sent:slot", dialogue.open(Sent("slot")))
    receipt = Consent(here.programme.handover.consent_version, here.scene.now)
    contact = Draft(receipt, reference=request.reference)
    yield Button(_("Autre numéro"), "sent:contact", dialogue.open(contact))
    yield Button(_("Annuler ma demande"), "sent:withdraw", dialogue.open(Sent("withdraw")))


def _slot(here: Here, request: Request) -> Screen:
    """Another half-day of her calendar."""
    _, then = here.words, replace(here.dialogue.open(Sent()), remark=Remark("changed"))
    buttons = (
        Button(
            said_slot(slot, here.programme, _),
            f"sent:slot:{slot.day}:{slot.half_day}",
            then,
            effects=(ChangeRequest(request.reference, replace(request.card, slot=slot), None),),
        )
        for slot in _offered(here)
    )
    return Screen(
        lines=(title(_("Quelle demi-journée vous convient ?")),), rows=(*column(buttons), (_keep(here),))
    )


def _offered(here: Here) -> tuple[HalfDaySlot, ...]:
    found = prospect_of(here)
    return found.slots if found else ()


def _withdraw(here: Here, request: Request) -> Screen:
    """Once more before it is gone."""
    _ = here.words
    then = replace(here.dialogue.at(Home()), remark=Remark("withdrawn"))
    gone = Button(
        _("Oui, annuler ma demande"),
        "sent:withdrawn",
        then,
        (_("oui"),),
        (WithdrawRequest(request.reference),),
    )
    return Screen(
        lines=(
            title(_("Annuler votre demande ?")),
            bullet(_("Votre prénom et votre numéro sont effacés tout de suite.")),
            bullet(_("La référente saura que vous ne voulez plus d'appel.")),
        ),
        rows=((gone,), (_keep(here),)),
    )


def _keep(here: Here) -> Button:
    _ = here.words
    return Button(_("Ne rien changer"), "sent:keep", here.dialogue.open(Sent()), (_("Retour"), _("non")))
