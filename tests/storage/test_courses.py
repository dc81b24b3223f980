"""What became of requests is counted once, in the transaction that destroys them, and names none of them."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from conversations.desk.case import Deed
from conversations.handover.request import CancelAppointment, ForgetRequests, WithdrawRequest
from storage.desk_tables import REQUEST
from storage.rounds import go_round
from storage.store import Store
from storage.transaction import Transaction
from tests.databases import looking
from tests.storage.desk import Office

ANNE, RESIDENT = 11, 501
DAY = timedelta(days=1)
Counted = dict[tuple[int, str, str], int]


@pytest.fixture
def office(url: str) -> Iterator[Office]:
    store = Store(url)
    yield Office(store)
    store.close()


def counted(url: str) -> Counted:
    with looking(url) as engine, engine.connect() as connection:
        rows = connection.execute(text("select year, measure, value, count from request_count")).all()
    return {(year, measure, value): count for year, measure, value, count in rows}


async def on_the_desk(office: Office) -> str:
    await office.enrols(ANNE)
    reference = await office.sends(RESIDENT)
    await office.draws()
    return reference


async def closed(office: Office, reference: str, reason: str = "depose") -> None:
    await office.taps(ANNE, reference, "clore")
    await office.taps(ANNE, reference, f"clore:{reason}")


async def purged(office: Office, after: timedelta = 31 * DAY) -> None:
    office.now += after
    await office.do(lambda kept: go_round(kept.desk, office.scene))


async def test_nothing_is_counted_before_the_row_goes(office: Office, url: str) -> None:
    reference = await on_the_desk(office)
    await closed(office, reference)
    assert counted(url) == {}


async def test_a_closed_request_leaves_its_reason_and_its_days(office: Office, url: str) -> None:
    reference = await on_the_desk(office)
    office.now += 2 * DAY
    await office.taps(ANNE, reference, "prends")
    office.now += 4 * DAY
    await closed(office, reference)
    await purged(office)
    assert counted(url) == {
        (2026, "suite", "close:depose"): 1,
        (2026, "prise_en_charge", "2"): 1,
        (2026, "cloture", "6"): 1,
    }


async def test_what_was_undone_counts_no_more_than_what_was_never_done(office: Office, url: str) -> None:
    reference = await on_the_desk(office)
    await closed(office, reference, "hors_cadre")
    await office.taps(ANNE, reference, "annuler")
    office.now += 3 * DAY
    await closed(office, reference)
    await purged(office)
    assert counted(url) == {
        (2026, "suite", "close:depose"): 1,
        (2026, "prise_en_charge", "3"): 1,  # the first act was taken back with the rest
        (2026, "cloture", "3"): 1,
    }


async def test_a_reopened_request_counts_once_as_it_last_ended(office: Office, url: str) -> None:
    reference = await on_the_desk(office)
    await closed(office, reference, "plus_besoin")
    office.now += 5 * DAY
    await office.taps(ANNE, reference, "rouvrir")
    office.now += 5 * DAY
    await office.taps(ANNE, reference, "vers")
    await office.taps(ANNE, reference, "vers:caf_equipement")
    await purged(office)
    assert counted(url) == {
        (2026, "suite", "close:vers:"): 1,  # to which aid is not counted
        (2026, "prise_en_charge", "0"): 1,
        (2026, "cloture", "10"): 1,
    }


async def test_one_that_was_reopened_and_left_so_ends_on_its_day(office: Office, url: str) -> None:
    reference = await on_the_desk(office)
    await closed(office, reference)
    await office.taps(ANNE, reference, "rouvrir")
    await purged(office, 91 * DAY)
    assert counted(url) == {(2026, "suite", "echue"): 1, (2026, "prise_en_charge", "0"): 1}


async def test_a_withdrawal_is_counted_at_once_and_once(office: Office, url: str) -> None:
    reference = await on_the_desk(office)
    for _ in range(2):
        await office.do(lambda kept: kept.desk.withdraw(RESIDENT, WithdrawRequest(reference), office.scene))
    assert counted(url) == {(2026, "suite", "retiree"): 1}


async def test_one_that_is_erased_by_its_resident_counts_as_it_ended(office: Office, url: str) -> None:
    reference = await on_the_desk(office)
    await closed(office, reference)
    await office.do(lambda kept: kept.desk.write(RESIDENT, ForgetRequests(), office.vault, office.scene))
    assert counted(url)[2026, "suite", "close:depose"] == 1
    assert (2026, "suite", "retiree") not in counted(url)


async def test_two_who_destroy_the_same_row_count_it_once(office: Office, url: str) -> None:
    kept = await office.request(await on_the_desk(office))
    for _ in range(2):
        await office.do(lambda at: at.desk.destroy(kept, Deed.PURGED, office.now))
    assert counted(url) == {(2026, "suite", "echue"): 1}


async def test_an_appointment_counts_where_its_hour_came(office: Office, url: str) -> None:
    reference = await on_the_desk(office)
    await office.taps(ANNE, reference, "rdv")
    await office.taps(ANNE, reference, "rdv:2026-11-24")
    await office.taps(ANNE, reference, "rdv:2026-11-24:1430")
    office.now += 3 * DAY
    await closed(office, reference)
    await purged(office)
    assert counted(url)[2026, "rendez_vous", "1"] == 1


async def test_an_appointment_given_back_or_overtaken_does_not_count(office: Office, url: str) -> None:
    for given_back in (True, False):
        reference = await on_the_desk(office)
        await office.taps(ANNE, reference, "rdv")
        await office.taps(ANNE, reference, f"rdv:{office.now + DAY:%Y-%m-%d}")
        await office.taps(ANNE, reference, f"rdv:{office.now + DAY:%Y-%m-%d}:1430")
        assert (await office.request(reference)).case.request.appointment is not None
        if given_back:
            effect = CancelAppointment(reference)
            await office.do(lambda kept, e=effect: kept.desk.cancel(RESIDENT, e, office.scene))  # type: ignore[misc]
            office.now += 3 * DAY
        await closed(office, reference)
        await purged(office, 32 * DAY)
    found = counted(url)
    assert found[2026, "suite", "close:depose"] == 2
    assert not [measure for _, measure, _ in found if measure == "rendez_vous"]


async def test_the_year_is_that_of_the_sending_in_paris(office: Office, url: str) -> None:
    office.now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight, in Paris
    reference = await on_the_desk(office)
    await office.do(lambda kept: kept.desk.withdraw(RESIDENT, WithdrawRequest(reference), office.scene))
    assert counted(url) == {(2027, "suite", "retiree"): 1}


async def test_a_request_that_a_former_version_kept_has_a_course_and_no_days(office: Office) -> None:
    """Its row does not say when it was first handled."""
    await on_the_desk(office)
    await office.do(forget)
    found = await office.do(lambda kept: kept.figures.of(2026, office.now))
    assert found.courses == {("suite", "en_cours"): 1}


def forget(kept: Transaction) -> None:
    """The row as it was written before there was anything to count."""
    connection = kept.journal._connection
    state = json.loads(str(connection.scalar(select(REQUEST.c.state))))
    for name in ("handled_at", "met_at"):
        del state["request"][name]
    connection.execute(update(REQUEST).values(state=json.dumps(state)))
