"""A year is read as counts: its months alone, requests that went and requests that are there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from conversations.effects import CountStop
from conversations.figures.counts import Profile, Reached
from conversations.handover.request import WithdrawRequest
from storage.counts import Counts
from storage.figures import Figures, _leads
from storage.rounds import go_round
from storage.store import Store
from storage.tables import PROFILE, REACHED
from tests.storage.desk import Office
from tests.storage.test_counts import LEAD

ANNE = 11
END = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)


@pytest.fixture
def office(url: str) -> Iterator[Office]:
    store = Store(url)
    yield Office(store)
    store.close()


def test_the_months_of_the_year_are_counted_and_no_others(engine: Engine) -> None:
    months = ("2025-12", "2026-01", "2026-01", "2026-12", "2027-01")
    leads = {key: replace(LEAD, month=month) for key, month in enumerate(months)}
    stops = [CountStop(month, "2" if month == "2026-12" else "1", "age") for month in months]
    with engine.begin() as connection:
        Counts(connection).add(leads, stops)
        found = Figures(connection).of(2026, END)
    assert found.reached == {Reached("non", "conde", "", "oui"): 3}
    assert found.profiles == {Profile("25_59", "rsa", "permis", "1000-1499"): 3}
    assert found.stops == {"age": 3}
    assert found.versions == {"1", "2"}


async def test_a_request_counts_the_same_before_and_after_its_purge(office: Office) -> None:
    await office.enrols(ANNE)
    closed, withdrawn, running = [await office.sends(chat) for chat in (501, 502, 503)]
    await office.draws()
    office.now += timedelta(days=2)
    await office.taps(ANNE, closed, "clore")
    await office.taps(ANNE, closed, "clore:depose")
    await office.do(lambda kept: kept.desk.withdraw(502, WithdrawRequest(withdrawn), office.scene))
    before = (await office.do(lambda kept: kept.figures.of(2026, office.now))).courses
    assert before == Counter(
        {
            ("suite", "close:depose"): 1,
            ("suite", "retiree"): 1,
            ("suite", "en_cours"): 1,
            ("prise_en_charge", "2"): 1,
            ("cloture", "2"): 1,
        }
    )
    office.now += timedelta(days=31)
    await office.do(lambda kept: go_round(kept.desk, office.scene))
    assert await office.do(lambda kept: kept.requests.get(closed)) is None
    assert await office.do(lambda kept: kept.requests.get(running)) is not None
    assert (await office.do(lambda kept: kept.figures.of(2026, office.now))).courses == before
    assert not (await office.do(lambda kept: kept.figures.of(2027, office.now))).courses


@pytest.mark.sqlite
@pytest.mark.parametrize("kind", [REACHED, PROFILE])
def test_a_million_leads_would_be_counted_as_they_are_read(engine: Engine, kind: tuple[str, ...]) -> None:
    """Sorted, they took ten times as long."""
    query = _leads(2026, kind).compile(engine, compile_kwargs={"literal_binds": True})
    with engine.connect() as connection:
        plan = [row[-1] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {query}"))]
    assert len(plan) == 1
    assert "COVERING INDEX" in plan[0]
