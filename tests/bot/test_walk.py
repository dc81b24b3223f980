"""One living message: edited in place after a tap, sent anew below what the person said."""

import asyncio

import pytest

from sandbox.people import Person, plain
from sandbox.town import Town
from tests.bot.conftest import Running

pytestmark = pytest.mark.usefixtures("bot")

ASK = "Puis-je demander un microcrédit ?"


def offers(person: Person, label: str) -> bool:
    return label in map(plain, person.buttons())


async def test_start_shows_home(ann: Person) -> None:
    ann.starts()
    await ann.waits()
    assert ann.sees("Microcrédit personnel")
    assert offers(ann, ASK)


async def test_a_tap_edits_the_living_message_in_place(ann: Person) -> None:
    ann.starts()
    await ann.waits()
    home = ann.screen
    ann.taps(ASK)
    await ann.waits()
    assert ann.screen is home
    assert ann.sees("Dans quelle commune habitez-vous ?")


async def test_a_typed_answer_is_answered_below_and_the_old_screen_loses_its_buttons(ann: Person) -> None:
    ann.starts()
    await ann.waits()
    ann.taps(ASK)
    await ann.waits()
    asked = ann.screen
    ann.says("condé")
    await ann.waits()
    assert ann.screen is not asked
    assert ann.sees("Quel âge avez-vous ?")
    assert ann.living == [ann.screen]


async def test_every_tap_is_answered_once(ann: Person, town: Town) -> None:
    ann.starts()
    await ann.waits()
    ann.presses_twice(ASK)
    await ann.waits()
    answers = [call for call in town.telegram.ledger if call.method == "answerCallbackQuery"]
    assert [call.status for call in answers] == [200, 200]


async def test_a_second_press_of_the_same_button_changes_nothing(ann: Person) -> None:
    ann.starts()
    await ann.waits()
    ann.taps(ASK)
    await ann.waits()
    ann.presses_twice("Escautpont")
    await ann.waits()
    assert ann.sees("Quel âge avez-vous ?")


async def test_a_tap_on_an_old_screen_brings_the_present_one(ann: Person) -> None:
    ann.starts()
    await ann.waits()
    ann.taps(ASK)
    await ann.waits()
    old = ann.screen
    assert old is not None
    old_rows = old.markup
    ann.says("condé")
    await ann.waits()
    old.markup = old_rows  # the phone showed the buttons until now
    ann.taps("Escautpont", on=old)
    await ann.waits()
    assert ann.sees("Quel âge avez-vous ?"), "an old button changes no answer"
    assert "Vous en étiez ici." in ann.toasts
    assert ann.living == [ann.screen], "only one message carries buttons"


async def test_a_forged_tap_opens_nothing(bot: Running, ann: Person, town: Town) -> None:
    ann.starts()
    await ann.waits()
    ann.forges("a:commune:conde")
    ann.forges("x" * 64)
    await town.settles()
    assert ann.sees("Microcrédit personnel")
    assert bot.rows("select count(*) from inbox where state = 'aside'")[0][0] == 0


async def test_whatever_else_is_sent_gets_a_kind_answer(ann: Person) -> None:
    ann.starts()
    await ann.waits()
    sent = [ann.sends_photo, ann.sends_voice, ann.sends_sticker, ann.sends_document, ann.sends_location]
    for send in (*sent, ann.shares_contact):
        before = ann.screen
        send()
        await ann.waits()
        assert ann.screen is not before
        assert offers(ann, ASK)


async def test_an_edited_message_is_left_alone(ann: Person, town: Town) -> None:
    said = ann.starts()
    await ann.waits()
    ann.edits_message(said, "/effacer")
    await town.stays_silent()


async def test_people_who_act_at_once_do_not_meet(town: Town) -> None:
    people = [town.person(f"P{number}") for number in range(30)]
    for person in people:
        person.starts()
    await town.until(lambda: all(offers(person, ASK) for person in people), "everybody is at home")
    for person in people:
        person.taps(ASK)
    await town.until(lambda: all(offers(person, "Escautpont") for person in people), "everybody is asked")
    homes = {person: ("Escautpont", "Vieux-Condé")[number % 2] for number, person in enumerate(people)}
    for person, home in homes.items():
        person.taps(home)
    await town.until(lambda: all(person.sees(home) for person, home in homes.items()), "each has an answer")


async def test_what_everybody_sees_is_written_down_though_nobody_acts_again(bot: Running, town: Town) -> None:
    people = [town.person(f"Ann {number}") for number in range(9)]
    for person in people:
        person.starts()
    for person in people:
        await person.waits()
        person.taps(ASK)
    await town.settles()
    await bot.until(lambda: not bot.rows("SELECT 1 FROM dialogue WHERE shown_revision < revision"), within=2)


async def test_a_bot_stopped_while_it_takes_buttons_away_does_it_after_the_next_start(
    bot: Running, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann.starts()
    await ann.waits()
    with monkeypatch.context() as patched:
        patched.setattr("bot.screens.pen.Pen.bare", lambda *_: asyncio.Event().wait())
        patched.setattr("bot.turns.worker.LAST_STROKES", 0.05)
        ann.says("1")
        await bot.until(lambda: len(ann.living) == 2)
        await bot.stop()
    assert bot.rows("select 1 from dialogue where shown_revision < revision")
    bot.start()
    await bot.until(lambda: len(ann.living) == 1)
    assert ann.sees("Dans quelle commune")
    await bot.until(lambda: bot.rows("select 1 from dialogue where shown_revision = revision"))
