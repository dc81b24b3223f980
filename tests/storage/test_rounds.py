"""Ninety days on a moved clock: what the hour brings, on its day, in her time, and never after the end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from conversations.calendar import Calendar
from conversations.desk.case import Deed, Role
from conversations.events import Commanded
from conversations.handover.request import CancelAppointment, HalfDaySlot, News, Status
from conversations.scene import PARIS, Scene
from storage.outbox import NEWS, Notice
from storage.rounds import go_round
from storage.store import Store
from storage.transaction import Transaction
from tests.storage.desk import CARD, Office

ANNE, CHEF = 11, 12
HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def office(url: str) -> Iterator[Office]:
    store = Store(url)
    yield Office(store)
    store.close()


Left = list[tuple[datetime, Notice]]


async def passes(office: Office, time: timedelta, step: timedelta = HALF_HOUR) -> Left:
    """Let time pass, a round each step; what left, and when. New cards count as « card »."""
    scenes = []
    for _ in range(time // step):
        office.now += step
        scenes.append(office.scene)
    return await office.do(partial(rounds, scenes=scenes))


def rounds(kept: Transaction, scenes: list[Scene]) -> Left:
    return [(scene.now, notice) for scene in scenes for notice in a_round(kept, scene)]


def a_round(kept: Transaction, scene: Scene) -> list[Notice]:
    """A round, and a courier who brings all that is due."""
    go_round(kept.desk, scene)
    notices = [*kept.outbox.due(scene.now), *kept.outbox.news(scene.now)]
    for notice in notices:
        kept.outbox.sent(notice.id)
    for card in kept.outbox.undrawn(scene.now):
        if card.message_id is None:
            notices.append(Notice(0, card.chat_id, "card", card.reference))
        kept.outbox.drawn(card, card.chat_id)
    return notices


@pytest.mark.fault(21)
async def test_ninety_days_with_absences_holidays_and_summer_time(office: Office) -> None:
    office.now = datetime(2027, 2, 15, 9, 0, tzinfo=UTC)  # a Monday; summer time begins on 28 March
    await office.enrols(ANNE)
    await office.enrols(CHEF, Role.COORDINATION)
    await passes(office, HALF_HOUR)
    await office.does(ANNE, Commanded("absence", "du 08/03 au 21/03"))
    absences = ((date(2027, 3, 8), date(2027, 3, 21)),)
    calendar = Calendar(office.scene.programme.half_days, absences)
    opened = office.now
    reference = await office.sends(501)
    left = await passes(office, HALF_HOUR)
    left += await passes(office, timedelta(days=88, hours=22), timedelta(hours=2))
    to_anne = [(at, notice) for at, notice in left if notice.chat_id == ANNE and notice.kind != "absences"]
    assert all(calendar.at_work(at) for at, _ in to_anne)
    digests = [at for at, notice in to_anne if notice.kind == "bonjour"]
    assert len(digests) == calendar.working_half_days_between(opened, office.now)
    assert date(2027, 3, 29) not in {at.date() for at in digests}  # Easter Monday
    assert [notice.kind for _, notice in left if notice.chat_id == CHEF] == ["card"]
    assert await office.do(lambda kept: kept.requests.get(reference))
    await passes(office, timedelta(days=1, hours=3), timedelta(hours=3))
    assert await office.do(lambda kept: kept.requests.get(reference)) is None


async def test_closing_stops_everything_and_thirty_days_later_the_row_is_destroyed(office: Office) -> None:
    await office.enrols(ANNE)
    reference = await office.sends(501)
    await office.draws()
    await office.taps(ANNE, reference, "clore")
    await office.taps(ANNE, reference, "clore:depose")
    assert [n.kind for _, n in await passes(office, HALF_HOUR) if n.reference] == [NEWS + News.CLOSED.value]
    left = await passes(office, timedelta(days=29, hours=22), timedelta(hours=2))
    assert [notice for _, notice in left] == []
    assert await office.do(lambda kept: kept.requests.get(reference))
    await passes(office, timedelta(hours=3), timedelta(hours=1))
    assert await office.do(lambda kept: kept.requests.get(reference)) is None
    entries = await office.do(lambda kept: kept.journal.entries(reference))
    assert [entry.deed for entry in entries] == [Deed.OPENED, Deed.CLOSED, Deed.PURGED]


async def test_what_is_to_be_completed_is_first_the_bots_once_and_by_day(office: Office) -> None:
    await office.enrols(ANNE)
    complete = replace(CARD, papers_total=3)
    for chat, card in ((501, CARD), (502, complete), (503, replace(CARD, low_priority=True)), (504, CARD)):
        reference = await office.sends(chat, card=card)
    await office.draws()
    await office.taps(ANNE, reference, "papier")
    await office.taps(ANNE, reference, "papier:devis")  # Anne was quicker
    office.now += timedelta(hours=12)  # at night
    left = await passes(office, timedelta(days=4))
    asked = [(at.astimezone(PARIS), n.chat_id) for at, n in left if n.kind == NEWS + News.TO_COMPLETE.value]
    assert [(f"{at:%d %H:%M}", chat) for at, chat in asked] == [("24 10:00", 501)]


async def test_an_appointment_is_recalled_once_two_days_before_by_day(office: Office) -> None:
    await office.enrols(ANNE)
    reference = await office.sends(501)
    await office.draws()
    for place in ("rdv", "rdv:2026-11-30", "rdv:2026-11-30:0930"):
        await office.taps(ANNE, reference, place)
    left = await passes(office, timedelta(days=6))
    recalled = [at.astimezone(PARIS) for at, notice in left if notice.kind == NEWS + News.REMINDER.value]
    assert [f"{at:%Y-%m-%d %H:%M}" for at in recalled] == ["2026-11-28 09:30"]


async def test_an_appointment_given_back_is_not_recalled_and_she_is_told_in_her_time(office: Office) -> None:
    await office.enrols(ANNE)
    reference = await office.sends(501)
    await office.draws()
    for place in ("rdv", "rdv:2026-11-30", "rdv:2026-11-30:0930"):
        await office.taps(ANNE, reference, place)
    await passes(office, timedelta(hours=9))
    await office.do(lambda kept: kept.desk.cancel(501, CancelAppointment(reference), office.scene))
    left = await passes(office, timedelta(days=6))
    assert NEWS + News.REMINDER.value not in {notice.kind for _, notice in left}
    told = [at for at, notice in left if notice.kind == "rdv_annule"]
    assert len(told) == 1
    assert Calendar(office.scene.programme.half_days).at_work(told[0])
    assert (await office.request(reference)).case.request.status is Status.TAKEN


async def test_an_absence_moves_the_promises_and_the_residents_are_told_by_day(office: Office) -> None:
    await office.enrols(ANNE)
    reference = await office.sends(501)  # promised for Tuesday 24
    office.now += timedelta(hours=12)  # at night
    await office.does(ANNE, Commanded("absence", "du 24/11 au 26/11"))
    assert (await office.request(reference)).case.request.promised == date(2026, 11, 27)
    left = await passes(office, timedelta(hours=14))
    told = [at.astimezone(PARIS) for at, notice in left if notice.kind == NEWS + News.PROMISE_MOVED.value]
    assert [f"{at:%d %H:%M}" for at in told] == ["24 08:00"]


async def test_an_absence_taken_back_brings_what_waited_for_its_end(office: Office) -> None:
    await office.enrols(ANNE)
    await passes(office, HALF_HOUR)
    office.now += timedelta(hours=12)  # at night
    await office.does(ANNE, Commanded("absence", "du 24/11 au 06/12"))
    reference = await office.sends(501)
    await office.does(ANNE, Commanded("absence", "annuler 24/11"))
    assert (await office.do(lambda kept: kept.desk.office(office.scene))).absences == ()
    left = await passes(office, timedelta(hours=18))
    brought = [at.astimezone(PARIS) for at, notice in left if notice.reference == reference]
    assert [f"{at:%d %H:%M}" for at in brought] == ["24 14:00"]


async def test_an_absence_moves_no_appointment_and_speaks_of_no_call_to_who_has_one(office: Office) -> None:
    await office.enrols(ANNE)
    reference = await office.sends(501)
    await office.draws()
    for place in ("rdv", "rdv:2026-11-24", "rdv:2026-11-24:1400"):
        await office.taps(ANNE, reference, place)
    await office.does(ANNE, Commanded("absence", "le 24/11"))
    left = await passes(office, timedelta(hours=3))
    assert NEWS + News.PROMISE_MOVED.value not in {notice.kind for _, notice in left}
    assert (await office.request(reference)).case.request.status is Status.APPOINTMENT


async def test_a_half_day_that_was_chosen_and_is_lost_can_be_chosen_anew(office: Office) -> None:
    await office.enrols(ANNE)
    slot = HalfDaySlot(date(2026, 11, 24), 1)
    reference = await office.sends(501, card=replace(CARD, slot=slot))
    await office.does(ANNE, Commanded("absence", "le 24/11"))
    assert (await office.request(reference)).case.request.card.slot is None


async def test_on_the_waiting_list_a_day_that_is_over_is_replaced_by_an_honest_one_and_said(
    office: Office,
) -> None:
    await office.enrols(ANNE)
    await office.does(ANNE, Commanded("plafond", "1"))
    await office.sends(501)
    second = await office.sends(502, waiting=True)  # promised for Tuesday 24
    left = await passes(office, timedelta(days=2))
    told = [at.astimezone(PARIS) for at, notice in left if notice.kind == NEWS + News.PROMISE_MOVED.value]
    assert [f"{at:%d %H:%M}" for at in told] == ["25 08:00"]
    request = (await office.request(second)).case.request
    assert (request.status, request.promised) == (Status.WAITING, date(2026, 11, 25))


async def test_the_waiting_list_moves_on_when_there_is_room(office: Office) -> None:
    await office.enrols(ANNE)
    await office.does(ANNE, Commanded("plafond", "1"))
    first = await office.sends(501)
    second = await office.sends(502, waiting=True)
    await passes(office, HALF_HOUR)
    assert (await office.request(second)).case.request.status is Status.WAITING
    await office.taps(ANNE, first, "clore")
    await office.taps(ANNE, first, "clore:depose")
    left = await passes(office, HALF_HOUR)
    assert (await office.request(second)).case.request.status is Status.SENT
    assert NEWS + News.ADMITTED.value in {notice.kind for _, notice in left if notice.chat_id == 502}
