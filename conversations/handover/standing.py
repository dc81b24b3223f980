"""How a request stands after what its resident did: what `storage/` writes and what the next screen shows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from conversations.effects import Effect
from conversations.handover.request import (
    CancelAppointment,
    Card,
    ChangeRequest,
    ForgetRequests,
    Office,
    OpenRequest,
    Request,
    Status,
    WithdrawRequest,
)


def standing(
    request: Request | None, effects: Iterable[Effect], now: datetime, office: Office | None = None
) -> Request | None:
    """The request after these effects; None where there is none any more."""
    for effect in effects:
        match effect:
            case OpenRequest():
                request = opened(effect, now, office)
            case ChangeRequest(card=card) if request is not None and card is not None:
                request = changed(request, card)
            case CancelAppointment() if request is not None:
                request = replace(request, status=Status.TAKEN, appointment=None)
            case WithdrawRequest() | ForgetRequests():
                request = None
    return request


def changed(request: Request, card: Card) -> Request:
    """The request with this card. A later half-day moves the promised day with it, an earlier one never."""
    promised = max(request.promised, card.slot.day) if card.slot else request.promised
    return replace(request, card=card, promised=promised)


def opened(effect: OpenRequest, now: datetime, office: Office | None = None) -> Request:
    """The request that was just sent."""
    return Request(
        reference=effect.reference,
        card=effect.card,
        status=Status.WAITING if effect.waiting else Status.SENT,
        opened_at=now,
        promised=effect.promised,
        place=office.waiting + 1 if office and effect.waiting else 0,
    )
