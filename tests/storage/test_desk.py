"""Requests in a real database: who may change them, what is written with each change, and how they end."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from unittest.mock import Mock

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from conversations.desk.case import Deed, Role
from conversations.events import Commanded
from conversations.handover.request import (
    ChangeRequest,
    Consent,
    Contact,
    ForgetRequests,
    Status,
    WithdrawRequest,
)
from storage.keys import make_key
from storage.rounds import go_round
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import SealedError, Vault
from tests.storage.desk import CANARY, CARD, Office

ANNE, BEA, RESIDENT, OTHER = 11, 12, 501, 502


@pytest.fixture
def office(url: str) -> Iterator[Office]:
    store = Store(url)
    yield Office(store)
    store.close()


async def journal(office: Office, reference: str) -> list[Deed]:
    return [entry.deed for entry in await office.do(lambda kept: kept.journal.entries(reference))]


def bytes_at_rest(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_a_contact_is_nowhere_in_the_files_not_even_before_the_purge(
    office: Office, tmp_path: Path
) -> None:
    reference = await office.sends(RESIDENT)
    kept = await office.request(reference)
    assert office.vault.open(kept.sealed, reference) == CANARY
    for canary in ("Zéphyrine", "Kanari", "639980042"):
        assert canary.encode() not in bytes_at_rest(tmp_path)


async def test_fifty_taps_of_two_staff_reveal_once_and_write_one_line(office: Office) -> None:
    await office.enrols(ANNE)
    await office.enrols(BEA)
    reference = await office.sends(RESIDENT)
    await office.draws()
    await asyncio.gather(*(office.taps(ANNE + i % 2, reference, "voir") for i in range(50)))
    assert (await journal(office, reference)).count(Deed.REVEALED) == 1
    assert (await office.request(reference)).case.revealed_to == ANNE


async def test_the_contact_is_hidden_a_day_later_and_on_request(office: Office) -> None:
    await office.enrols(ANNE)
    reference = await office.sends(RESIDENT)
    await office.draws()
    await office.taps(ANNE, reference, "voir")
    office.now += timedelta(hours=24)
    await office.do(lambda kept: go_round(kept.desk, office.scene))
    assert (await office.request(reference)).case.revealed_to is None
    await office.draws()
    await office.taps(ANNE, reference, "voir")
    await office.taps(ANNE, reference, "cacher")
    assert (await office.request(reference)).case.revealed_to is None
    assert (await journal(office, reference)).count(Deed.REVEALED) == 2


@pytest.mark.parametrize("role", [None, Role.AGENT, Role.COORDINATION])
async def test_whoever_is_no_referente_changes_nothing(office: Office, role: Role | None) -> None:
    await office.enrols(ANNE)
    if role:
        await office.enrols(BEA, role)
    reference = await office.sends(RESIDENT)
    before = await office.request(reference)
    for place in ("voir", "prends", "clore", "ouvrir", "injoignable"):
        await office.taps(BEA, reference, place)
    assert await office.request(reference) == before


async def test_a_member_revoked_between_reading_and_writing_changes_nothing(office: Office) -> None:
    await office.enrols(ANNE)
    reference = await office.sends(RESIDENT)
    kept = await office.request(reference)
    await office.do(lambda at: at.desk.dismiss(ANNE, office.now))
    taken = replace(kept.case, revealed_to=ANNE)
    assert not await office.do(lambda at: at.requests.change(kept, taken, ANNE))
    assert (await office.request(reference)).case.revealed_to is None


async def test_an_invitation_opens_once_and_for_a_quarter_of_an_hour(office: Office) -> None:
    code, role = "x" * 22, Role.REFERENTE
    await office.do(lambda kept: kept.staff.invite(code, role, "", office.now + timedelta(minutes=15)))
    await office.does(ANNE, Commanded("start", code))
    await office.does(BEA, Commanded("start", code))
    assert [member.chat_id for member in await office.do(lambda kept: kept.staff.members())] == [ANNE]
    await office.do(lambda kept: kept.staff.invite(code, role, "", office.now + timedelta(minutes=15)))
    office.now += timedelta(minutes=15)
    await office.does(BEA, Commanded("start", code))
    assert await office.do(lambda kept: kept.staff.member(BEA)) is None


async def test_nobody_has_two_open_requests(office: Office) -> None:
    await office.enrols(ANNE)
    first = await office.sends(RESIDENT)
    await office.sends(RESIDENT)
    assert [kept.case.request.reference for kept in await office.do(lambda kept: kept.requests.open())] == [
        first
    ]
    await office.draws()
    await office.taps(ANNE, first, "clore")
    await office.taps(ANNE, first, "clore:depose")
    second = await office.sends(RESIDENT)
    assert (await office.request(second)).case.request.status is Status.SENT
    # The first one cannot be reopened beside it.
    await office.taps(ANNE, first, "rouvrir")
    assert (await office.request(first)).case.request.status is Status.CLOSED


async def test_a_resident_changes_only_what_is_theirs(office: Office) -> None:
    reference = await office.sends(RESIDENT)
    new = Contact("Autre", "+33639980099")
    change = ChangeRequest(reference, replace(CARD, months=36), new)
    await office.do(lambda kept: kept.desk.change(OTHER, change, office.vault, office.scene))
    assert (await office.request(reference)).case.request.card.months == 24
    await office.do(lambda kept: kept.desk.change(RESIDENT, change, office.vault, office.scene))
    kept = await office.request(reference)
    assert kept.case.request.card.months == 36
    assert office.vault.open(kept.sealed, reference) == new


async def test_a_withdrawal_destroys_key_and_row_at_once(office: Office, tmp_path: Path) -> None:
    await office.enrols(ANNE)
    reference = await office.sends(RESIDENT)
    await office.draws()
    sealed = (await office.request(reference)).sealed
    withdrawal = WithdrawRequest(reference)
    await office.do(lambda kept: kept.desk.withdraw(OTHER, withdrawal, office.scene))
    assert await office.do(lambda kept: kept.requests.get(reference))
    await office.do(lambda kept: kept.desk.withdraw(RESIDENT, withdrawal, office.scene))
    assert await office.do(lambda kept: kept.requests.get(reference)) is None
    assert await office.store.scrub()
    assert sealed.key not in bytes_at_rest(tmp_path)
    assert sealed.box not in bytes_at_rest(tmp_path)
    assert await office.draws() == [(ANNE, reference)]  # her message is emptied
    assert await journal(office, reference) == [Deed.OPENED, Deed.WITHDRAWN]


async def test_erasing_everything_destroys_closed_ones_too_and_only_an_open_one_is_told(
    office: Office, tmp_path: Path
) -> None:
    await office.enrols(ANNE)
    closed = await office.sends(RESIDENT)
    others = await office.sends(OTHER)
    await office.draws()
    await office.taps(ANNE, closed, "clore")
    await office.taps(ANNE, closed, "clore:depose")
    reopened = await office.sends(RESIDENT)
    await office.draws()
    sealed = [(await office.request(each)).sealed for each in (closed, reopened)]
    await office.do(lambda kept: kept.desk.write(RESIDENT, ForgetRequests(), office.vault, office.scene))
    assert await office.do(lambda kept: kept.requests.of_resident(RESIDENT)) == []
    assert await office.do(lambda kept: kept.requests.of_resident(OTHER)), others
    assert await office.store.scrub()
    for each in sealed:
        assert each.key not in bytes_at_rest(tmp_path)
    due = await office.do(lambda kept: kept.outbox.due(office.now))
    assert [(notice.kind, notice.reference) for notice in due if notice.kind == "retiree"] == [
        ("retiree", reopened)
    ]


async def test_a_closed_request_is_not_reopened_beside_a_newer_one_and_she_is_told_why(
    office: Office,
) -> None:
    await office.enrols(ANNE)
    closed = await office.sends(RESIDENT)
    await office.draws()
    await office.taps(ANNE, closed, "clore")
    await office.taps(ANNE, closed, "clore:depose")
    await office.sends(RESIDENT)
    office.now += timedelta(hours=1)
    front = await office.taps(ANNE, closed, "rouvrir")
    assert [tap.bubble for tap in front.taps] == ["Cette personne a déjà une autre demande ouverte."]
    assert (await office.request(closed)).case.request.status is Status.CLOSED


async def test_a_button_tapped_again_and_again_costs_one_drawing(office: Office) -> None:
    await office.enrols(ANNE)
    reference = await office.sends(RESIDENT)
    await office.draws()
    await office.taps(ANNE, reference, "clore")
    [leaves] = await office.do(lambda kept: kept.outbox.undrawn(office.now))
    for _ in range(5):
        await office.taps(ANNE, reference, "clore")
    await office.do(lambda kept: kept.outbox.drawn(leaves, leaves.message_id))
    assert await office.draws() == [], "what is drawn now is what she wanted"
    await office.taps(ANNE, reference, "clore")
    assert await office.draws() == [(ANNE, reference)], "a tap on an old button brings the present sheet back"


async def test_a_full_database_is_no_mistake_of_the_one_who_taps(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.enrols(ANNE)
    reference = await office.sends(RESIDENT)
    await office.draws()
    with monkeypatch.context() as disk:
        full = OperationalError("insert", {}, Exception("database or disk is full"))
        disk.setattr("storage.outbox.Outbox.turn", Mock(side_effect=full))
        with pytest.raises(OperationalError):
            await office.taps(ANNE, reference, "clore")
    front = await office.taps(ANNE, reference, "clore")
    assert not front.failed
    assert await office.draws() == [(ANNE, reference)]


async def test_whoever_read_a_request_is_told_that_it_was_taken_back(office: Office) -> None:
    await office.enrols(ANNE)
    reference = await office.sends(RESIDENT)
    await office.do(lambda kept: kept.desk.withdraw(RESIDENT, WithdrawRequest(reference), office.scene))
    assert not await office.do(lambda kept: kept.outbox.readers(reference)), "nobody had read it yet"
    reference = await office.sends(RESIDENT)
    await office.draws()
    await office.do(lambda kept: kept.desk.withdraw(RESIDENT, WithdrawRequest(reference), office.scene))
    due = await office.do(lambda kept: kept.outbox.due(office.now))
    assert [notice.chat_id for notice in due if notice.reference == reference] == [ANNE]


async def test_a_resident_sees_their_place_in_the_waiting_list_and_their_consent(office: Office) -> None:
    for chat in (RESIDENT, OTHER):
        office.now += timedelta(minutes=1)
        await office.sends(chat, waiting=True)
    theirs = await office.do(lambda kept: kept.requests.of_chats([RESIDENT, OTHER]))
    assert [request.place for chat in (RESIDENT, OTHER) for request in theirs[chat]] == [1, 2]
    assert theirs[OTHER][0].consent == Consent("2026-11", office.now)


def run(statement: str, kept: Transaction) -> None:
    kept.journal._connection.execute(text(statement))


async def test_the_journal_can_only_grow(office: Office) -> None:
    await office.sends(RESIDENT)
    for act in ("UPDATE journal SET deed = ''", "DELETE FROM journal"):
        with pytest.raises(DBAPIError, match="append only"):
            await office.do(partial(run, act))


async def test_after_a_rotation_only_the_new_key_opens(office: Office) -> None:
    old = make_key()
    office.vault = Vault((old,))
    reference, new = await office.sends(RESIDENT), make_key()
    assert await office.do(lambda kept: kept.requests.rewrap(Vault((new, old)))) == 1
    sealed = (await office.request(reference)).sealed
    assert Vault((new,)).open(sealed, reference) == CANARY
    with pytest.raises(SealedError):
        office.vault.open(sealed, reference)


async def test_an_undo_before_the_resident_was_told_says_nothing_to_them(office: Office) -> None:
    await office.enrols(ANNE)
    reference = await office.sends(RESIDENT)
    await office.draws()
    await office.taps(ANNE, reference, "clore")
    await office.taps(ANNE, reference, "clore:depose")
    assert len(await office.do(lambda kept: kept.outbox.news(office.now))) == 1
    await office.taps(ANNE, reference, "annuler")
    assert (await office.request(reference)).case.request.status is Status.SENT
    assert not await office.do(lambda kept: kept.outbox.news(office.now))
    assert (await journal(office, reference))[-2:] == [Deed.CLOSED, Deed.UNDONE]


async def test_three_tries_on_different_half_days_close_kindly(office: Office) -> None:
    await office.enrols(ANNE)
    reference = await office.sends(RESIDENT)
    await office.draws()
    for _ in range(3):
        await office.taps(ANNE, reference, "injoignable")
        await office.taps(ANNE, reference, "injoignable")  # the same half-day: not offered
        office.now += timedelta(days=1)
    request = (await office.request(reference)).case.request
    assert (request.tries, request.status, request.reason) == (3, Status.CLOSED, "injoignable")
