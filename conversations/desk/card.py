"""The lines of a card, which name nobody: what is asked for, what is to verify, how it stands."""

from datetime import datetime
from enum import StrEnum

from babel import Locale

from conversations.desk.case import Case, Hand
from conversations.desk.reasons import is_ending, reason
from conversations.handover.request import Card, Channel, Request, Status
from conversations.handover.wording import said_hour
from conversations.programme.model import Programme
from conversations.questionnaire import Outcome
from conversations.scene import PARIS, Scene
from conversations.screen import Line, bullet, note, title
from conversations.words import Words


class Drawer(StrEnum):
    """Where a request lies on the desk. A drawer says what to do first, never what somebody is worth."""

    PRESSES = "presse"
    COMPLETE = "complete"
    TO_COMPLETE = "a_completer"


def drawer(card: Card) -> Drawer:
    """Complete means: every paper of the list is ticked."""
    if card.papers_ready < card.papers_total:
        return Drawer.TO_COMPLETE
    return Drawer.PRESSES if card.presses else Drawer.COMPLETE


def heading(request: Request, programme: Programme, _: Words) -> str:
    """A request in one line: « MC-7F3K · Escautpont »."""
    place = programme.place(request.card.commune)
    return _(
        "{reference} · {place}",
        reference=request.reference,
        place=_(place.name) if place else _("autre commune"),
    )


def card_lines(request: Request, scene: Scene) -> list[Line]:
    """What was asked for, and in which drawer it lies: all that its resident sees before sending it."""
    _, programme, card = scene.words("fr"), scene.programme, request.card
    lines = [
        title(heading(request, programme, _)),
        bullet(_("Projet : {purpose}", purpose=_option(programme, "objet", card.purpose, _))),
        bullet(_asked(card, _)),
        bullet(outcome_in_brief(card.outcome, _)),
    ]
    names = {rule.id: rule.name for rule in programme.rules}
    lines += [
        bullet(_("À vérifier : {rule}", rule=_(names[rule]))) for rule in card.to_verify if rule in names
    ]
    lines += [
        bullet(_("Papiers prêts : {ready} sur {total}", ready=card.papers_ready, total=card.papers_total)),
        bullet(_wish(card, programme, _)),
    ]
    if card.presses:
        lines.append(bullet(_("Une date presse")))
    if card.language != "fr":
        spoken = Locale("fr").languages.get(card.language, card.language)
        lines.append(bullet(_("Langue : {language}", language=spoken)))
    if card.known_to_ccas:
        known = _option(programme, "ccas", card.known_to_ccas, _)
        lines.append(bullet(_("Déjà venu(e) au CCAS : {answer}", answer=known)))
    flyer = next((flyer.name for flyer in programme.flyers if flyer.code == card.source), "")
    if flyer:
        lines.append(bullet(_("Nous connaît par : {source}", source=_(flyer))))
    return [*lines, note(_drawer(card, _))]


def state_lines(case: Case, hand: Hand, scene: Scene) -> list[Line]:
    """How it stands, and what is promised."""
    _, request = scene.words("fr"), case.request
    lines: list[Line] = []
    if request.status not in (Status.CLOSED, Status.WITHDRAWN):
        lines.append(note(promised(request, _)))
    lines.append(note(state(request, scene)))
    if request.status is not Status.CLOSED and is_ending(scene.programme, request.reason):
        former = reason(scene.programme, request.reason, _)
        lines.append(note(_("Rouverte. Elle avait été close : {reason}.", reason=former)))
    if case.with_agent_of:
        lines.append(note(_("Passée à l'agent du CCAS, qui seul peut voir le contact.")))
    if request.tries and request.status is not Status.CLOSED:
        lines.append(note(_.many("{n} appel sans réponse.", "{n} appels sans réponse.", request.tries)))
    if case.can_undo(hand):
        lines.append(
            note(
                _.many(
                    "{n} minute pour annuler la dernière action.",
                    "{n} minutes pour annuler la dernière action.",
                    hand.terms.undo_minutes,
                )
            )
        )
    return lines


def promised(request: Request, _: Words) -> str:
    """What the resident was told."""
    return _("Réponse promise au plus tard le {day}.", day=_.day(request.promised))


def state(request: Request, scene: Scene) -> str:
    """The state of a request in one sentence."""
    _, why = scene.words("fr"), reason(scene.programme, request.reason, scene.words("fr"))
    match request.status:
        case Status.WAITING:
            return _("Sur la liste d'attente.")
        case Status.SENT:
            return _("Personne ne l'a encore prise.")
        case Status.TAKEN:
            return _("Prise en charge.")
        case Status.APPOINTMENT if request.appointment:
            at = request.appointment.astimezone(PARIS)
            return _("Rendez-vous le {day} à {hour}.", day=_.day(at.date()), hour=said_hour(at, _))
        case Status.PAPERS if why:
            return _("Papier manquant : {paper}.", paper=why)
        case Status.SLEEPING if request.sleeps_until:
            return _("En veille jusqu'au {day}.", day=_.day(request.sleeps_until))
        case Status.CLOSED if why:
            return _("Close. {reason}.", reason=why)
        case Status.CLOSED:
            return _("Close.")
        case _:
            return _("Prise en charge.")


def _asked(card: Card, _: Words) -> str:
    match card.amount, card.months:
        case None, None:
            return _("Montant et durée : à voir ensemble")
        case None, months if months is not None:
            return _("Montant à voir, sur {months}", months=_.months(months))
        case amount, None if amount is not None:
            return _("{amount}, durée à voir", amount=_.euros(amount))
        case amount, months if amount is not None and months is not None:
            return _("{amount} sur {months}", amount=_.euros(amount), months=_.months(months))
    raise AssertionError(card)


def outcome_in_brief(outcome: str, _: Words) -> str:
    """An outcome as the staff reads it."""
    match outcome:
        case Outcome.MATCHES:
            return _("Semble correspondre aux critères de base")
        case Outcome.TO_VERIFY:
            return _("À vérifier ensemble")
        case Outcome.NOT_THIS_LOAN:
            return _("Pas ce prêt : d'autres aides conviennent mieux")
        case _:
            return _("Résultat inconnu du programme d'aujourd'hui")


def _wish(card: Card, programme: Programme, _: Words) -> str:
    visit = card.channel is Channel.VISIT
    if card.slot is None or card.slot.half_day >= len(programme.half_days):
        return _("Passe au CCAS, n'importe quand") if visit else _("À appeler, n'importe quand")
    half_day = programme.half_days[card.slot.half_day]
    return _(
        "Passe au CCAS le {day}, de {start} à {end}" if visit else "À appeler le {day}, de {start} à {end}",
        day=_.day(card.slot.day),
        start=said_hour(datetime.combine(card.slot.day, half_day.start, PARIS), _),
        end=said_hour(datetime.combine(card.slot.day, half_day.end, PARIS), _),
    )


def _drawer(card: Card, _: Words) -> str:
    if card.low_priority:
        return _("Souhaite être appelé(e), bien qu'une autre aide convienne mieux.")
    match drawer(card):
        case Drawer.PRESSES:
            return _("Complète : à voir en premier.")
        case Drawer.COMPLETE:
            return _("Complète.")
        case Drawer.TO_COMPLETE:
            return _("À compléter : le bot s'occupe d'abord des papiers.")


def _option(programme: Programme, question: str, option: str, _: Words) -> str:
    found = next((each for each in programme.questions if each.id == question), None)
    chosen = found.option(option) if found else None
    return _(chosen.label) if chosen else _("non précisé")
