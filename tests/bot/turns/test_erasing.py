"""What was said is forgotten on its day, or at once on demand; of a lead nobody can tell whose it was."""

from datetime import timedelta
from pathlib import Path

import pytest

from conversations.effects import CountLead, Lead
from conversations.scene import Scene
from conversations.step import Step, step
from sandbox.people import Person
from sandbox.town import Town
from tests.bot.conftest import Running, shipped

pytestmark = pytest.mark.usefixtures("bot")

ASK = "Puis-je demander un microcrédit ?"
LEAD = Lead(
    "2026-11", "1", "fr", "", "certain", "conde", "25_59", "rsa", "permis", "1000-1499", "oui", ("ficp",)
)


async def asked(person: Person) -> None:
    person.starts()
    await person.waits()
    person.taps(ASK)
    await person.waits()


async def test_a_dialogue_nobody_came_back_to_is_erased_after_seven_days_and_its_stop_is_counted(
    bot: Running, ann: Person, town: Town
) -> None:
    await asked(ann)
    town.passes(timedelta(days=6, hours=23))
    await bot.app.clockwork.tick()
    assert len(bot.rows("select 1 from dialogue")) == 1, "not a day early"
    town.passes(timedelta(hours=2))
    await bot.app.clockwork.tick()
    assert bot.rows("select 1 from dialogue") == []
    [stop] = bot.rows("select question, count from stop_count")
    assert tuple(stop) == ("commune", 1)


async def test_who_comes_back_within_the_days_keeps_everything(bot: Running, ann: Person, town: Town) -> None:
    await asked(ann)
    for _ in range(3):
        town.passes(timedelta(days=6))
        ann.says("je ne sais pas")
        await ann.waits()
        await bot.app.clockwork.tick()
    assert ann.sees("Question 4")


async def test_a_button_from_before_the_erasure_leads_home(bot: Running, ann: Person, town: Town) -> None:
    await asked(ann)
    town.passes(timedelta(days=8))
    await bot.app.clockwork.tick()
    ann.taps("Escautpont")
    await ann.waits()
    assert ann.sees("Microcrédit personnel")


async def test_erasing_on_demand_leaves_no_row_once_the_farewell_was_shown(bot: Running, ann: Person) -> None:
    await asked(ann)
    ann.says("/effacer")
    await ann.waits()
    assert ann.sees("Tout est effacé")
    await bot.until(lambda: bot.rows("select 1 from dialogue") == [])
    assert ann.living == []


async def test_erasing_leaves_no_row_when_the_farewell_cannot_be_shown(bot: Running, ann: Person) -> None:
    await asked(ann)
    ann.says("/effacer")
    ann.blocks_bot()
    await bot.until(lambda: bot.rows("select 1 from dialogue") == [])


async def test_who_comes_back_after_erasing_is_a_stranger(ann: Person) -> None:
    await asked(ann)
    ann.says("condé")
    await ann.waits()
    ann.says("/effacer")
    await ann.waits()
    ann.starts()
    await ann.waits()
    ann.taps(ASK)
    await ann.waits()
    assert ann.sees("Dans quelle commune habitez-vous ?")


async def test_who_comes_back_before_the_farewell_arrived_is_not_erased_again(
    bot: Running, ann: Person, town: Town
) -> None:
    await asked(ann)
    town.telegram.faults.latency = 0.2
    ann.says("/effacer")
    await town.until(lambda: town.telegram.ledger.in_flight, "the farewell is on its way")
    ann.says("/langue")
    await town.until(lambda: ann.sees("Choisissez votre langue"), "the languages")
    town.telegram.faults.latency = 0
    await town.settles()
    await bot.until(lambda: bot.rows("select 1 from dialogue where shown_revision = revision"))
    assert len(bot.rows("select 1 from dialogue")) == 1


async def test_a_lead_counts_once_a_dialogue_and_is_tied_to_nobody_after_it(
    bot: Running, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def always_counting(*act: object) -> Step:
        done = step(*act)  # type: ignore[arg-type]  # passed on as it came
        return Step(done.dialogue, (*done.effects, CountLead(LEAD)), done.bubble)

    monkeypatch.setattr("bot.turns.turn.step", always_counting)
    await asked(ann)
    ann.says("condé")
    await ann.waits()
    [lead] = bot.rows("select * from lead")
    assert bot.rows("select lead_key from dialogue")[0][0] == lead.key
    assert ann.user.id not in tuple(lead)
    ann.says("/effacer")
    await ann.waits()
    await bot.until(lambda: bot.rows("select 1 from dialogue") == [])
    assert len(bot.rows("select 1 from lead")) == 1
    ann.starts()
    await ann.waits()
    assert len(bot.rows("select 1 from lead")) == 2, "another dialogue, another lead"


async def test_the_numbers_of_updates_are_forgotten_after_two_days(
    bot: Running, ann: Person, town: Town
) -> None:
    await asked(ann)
    town.passes(timedelta(hours=47))
    await bot.app.clockwork.tick()
    assert len(bot.rows("select 1 from inbox")) == 2
    town.passes(timedelta(hours=2))
    await bot.app.clockwork.tick()
    assert bot.rows("select 1 from inbox") == []


@pytest.mark.sqlite
async def test_nothing_of_what_was_erased_is_left_in_the_files(
    bot: Running, ann: Person, tmp_path: Path
) -> None:
    await asked(ann)
    ann.says("condé")
    await ann.waits()
    chat = ann.user.id.to_bytes(6, "big")  # as SQLite writes a number of this size
    assert chat in files(tmp_path)
    assert b'"conde"' in files(tmp_path)
    ann.says("/effacer")
    await ann.waits()
    await bot.until(lambda: bot.rows("select 1 from dialogue") == [])
    await bot.app.clockwork.tick()
    assert b'"conde"' not in files(tmp_path)
    assert chat not in files(tmp_path)


async def test_a_dialogue_that_cannot_be_counted_is_erased_all_the_same(
    bot: Running, ann: Person, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("mended soon")

    await asked(ann)
    monkeypatch.setattr("bot.watch.clockwork.expire", broken)
    town.passes(timedelta(days=8))
    await bot.app.clockwork.tick()
    assert bot.rows("select 1 from dialogue") == []


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_the_shipped_programme_keeps_a_conversation_seven_days(town: Town) -> None:
    scene = Scene(shipped().at(town.telegram.clock().date()), {}, town.telegram.clock())
    assert scene.programme.retention.conversation == 7
