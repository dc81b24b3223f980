"""A bot on a restored database rests: it takes everything in and lets nothing out until `resume`."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.people import Person
from sandbox.town import Town
from storage.beside import beside
from tests.bot.conftest import ROOT, TOKEN, Running
from tests.bot.handing import sent
from tests.bot.typed import run

SPOKEN = {"sendMessage", "editMessageText", "editMessageReplyMarkup", "sendDocument", "sendPhoto"}


@pytest.fixture(autouse=True)
def _settings(bot: Running, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATABASE_URL", bot.url)
    monkeypatch.setenv("PROGRAMME", str(ROOT / "programme.yaml"))
    monkeypatch.setattr("bot.turns.rest.EVERY", 0.05)
    monkeypatch.chdir(tmp_path)


async def pauses(bot: Running) -> None:
    """As after a restore: paused while no bot runs, then started."""
    await bot.stop()
    with beside(bot.url) as kept:
        kept.pause.begin(bot.town.telegram.now())
    bot.start()
    await bot.until(lambda: bot.app._rest._resting)


def said(town: Town) -> list[str]:
    """Every call by which the bot changes what somebody sees."""
    return [call.method for call in town.telegram.ledger if call.method in SPOKEN]


async def asks(person: Person) -> None:
    person.starts()
    await person.waits()
    person.taps("Puis-je demander un microcrédit ?")
    await person.waits()


async def test_while_it_rests_everything_is_kept_and_nothing_is_said(
    bot: Running, ann: Person, town: Town
) -> None:
    await asks(ann)
    await pauses(bot)
    before = said(town)
    ann.taps("Je ne sais pas")
    ann.says("je ne sais pas")
    await bot.until(lambda: len(bot.rows("select 1 from inbox where state = 'waiting'")) == 2)
    await town.settles(quiet=0.2)
    assert said(town) == before
    assert ann.sees("Question 1")


async def test_a_tap_meanwhile_is_told_that_it_is_kept(bot: Running, ann: Person, town: Town) -> None:
    await asks(ann)
    await pauses(bot)
    ann.taps("Je ne sais pas")
    await town.until(lambda: any("est en pause" in toast for toast in ann.toasts), "the bubble")


async def test_resumed_it_goes_on_by_itself_with_what_was_kept_in_order(
    bot: Running, ann: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    await asks(ann)
    await pauses(bot)
    ann.says("je ne sais pas")
    ann.says("je ne sais pas")
    await bot.until(lambda: len(bot.rows("select 1 from inbox where state = 'waiting'")) == 2)
    assert run("resume") == 0
    assert "- 2 gestes reçus, à traiter" in capsys.readouterr().out
    assert run("resume", "--oublier") == 0
    await bot.town.until(lambda: ann.sees("Question 3"), "both answers")
    assert run("resume") == 0
    assert "pas en pause" in capsys.readouterr().out


@pytest.mark.fault(21)
async def test_while_it_rests_nothing_is_erased_whatever_the_machine_takes_for_today(
    bot: Running, ann: Person, town: Town, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault 21: on a new machine the date may be wrong. Nothing is purged before somebody has read it."""
    await asks(ann)
    await pauses(bot)
    town.passes(timedelta(days=365))
    monkeypatch.setattr("bot.commands.resume.now", town.telegram.now)
    await town.settles(quiet=0.3)
    assert run("resume") == 0
    told = capsys.readouterr().out
    assert f"{town.telegram.now():%Y}) :\n- 1 conversation\n" in told.replace("\u202f", " ")
    assert len(bot.rows("select 1 from dialogue")) == 1


async def test_it_rests_through_a_stop_and_a_start(bot: Running, ann: Person, town: Town) -> None:
    await asks(ann)
    await pauses(bot)
    before = said(town)
    ann.says("je ne sais pas")
    await bot.until(lambda: bot.rows("select 1 from inbox where state = 'waiting'"))
    await bot.stop()
    bot.start()
    await bot.until(lambda: bot.app._rest._resting)
    await town.settles(quiet=0.2)
    assert said(town) == before


async def test_what_waited_before_the_pause_is_sent_on_demand(
    bot: Running, ann: Person, town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    await waiting(bot, ann)
    before = said(town)
    assert run("resume") == 0
    told = capsys.readouterr().out
    assert "- 1 écran d’habitant à montrer" in told
    assert "- 1 nouvelle pour un habitant" in told
    assert run("resume", "--envoyer") == 0
    await town.until(lambda: len(said(town)) > len(before), "the screen, with the news on it")
    await bot.until(lambda: not bot.rows("select 1 from notice"))
    await bot.until(lambda: not bot.rows("select 1 from dialogue where shown_revision < revision"))


async def test_what_waited_before_the_pause_is_forgotten_on_demand(
    bot: Running, ann: Person, town: Town
) -> None:
    await waiting(bot, ann)
    before = said(town)
    assert run("resume", "--oublier") == 0
    await bot.until(lambda: not bot.app._rest._resting)
    await town.settles(quiet=0.3)
    assert said(town) == before
    assert bot.rows("select 1 from notice") == []
    ann.says("/aide")
    await ann.waits()
    assert len(said(town)) > len(before), "who comes back is answered"


async def waiting(bot: Running, ann: Person) -> None:
    """Ann's screen and a news of her request had not left when the backup was made."""
    await asks(ann)
    reference = await sent(bot, ann)
    await bot.stop()
    now = bot.town.telegram.now()
    with beside(bot.url) as kept:
        [record] = kept.dialogues.of([ann.user.id]).values()
        kept.dialogues.save([replace(record, revision=record.revision + 1)])
        kept.outbox.tell(ann.user.id, "nouvelle:prise", now, reference)
        kept.pause.begin(now + timedelta(minutes=1))
    bot.start()
    await bot.until(lambda: bot.app._rest._resting)
