"""Leads under keys that mean nobody, stops as bare numbers."""

from dataclasses import asdict, fields, replace

from sqlalchemy import Engine, select, text

from conversations.effects import CountStop, Lead
from storage.counts import Counts
from storage.tables import LEAD as LEAD_TABLE
from storage.tables import LeadRow

LEAD = Lead(
    "2026-11", "1", "fr", "", "oui", "conde", "25_59", "rsa", "permis", "1000-1499", "non", ("a", "b")
)


def add(engine: Engine, leads: dict[int, Lead], *stops: CountStop) -> None:
    with engine.begin() as connection:
        Counts(connection).add(leads, stops)


def test_a_later_lead_of_the_same_dialogue_takes_the_place_of_the_earlier(engine: Engine) -> None:
    add(engine, {7: LEAD, 8: LEAD})
    add(engine, {7: replace(LEAD, outcome="possible")})
    with engine.connect() as connection:
        rows = connection.execute(select(LEAD_TABLE).order_by(LEAD_TABLE.c.key)).all()
    assert [(row.key, row.outcome, row.to_verify) for row in rows] == [
        (7, "possible", ["a", "b"]),
        (8, "oui", ["a", "b"]),
    ]


def test_stops_add_up(engine: Engine) -> None:
    age, home = CountStop("2026-11", "1", "age"), CountStop("2026-11", "1", "accueil")
    add(engine, {}, age, age, home)
    add(engine, {}, age, replace(age, month="2026-12"))
    with engine.connect() as connection:
        rows = connection.execute(text("select month, question, count from stop_count")).all()
    assert {tuple(row) for row in rows} == {
        ("2026-11", "accueil", 1),
        ("2026-11", "age", 3),
        ("2026-12", "age", 1),
    }


def test_a_lead_is_kept_as_it_is_and_with_nothing_more() -> None:
    kept = set(LeadRow.model_fields)
    assert kept == {field.name for field in fields(Lead)} | {"key"}
    assert asdict(LEAD).keys() == kept - {"key"}
