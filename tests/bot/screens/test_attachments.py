"""A loan's picture and table reach the phone, once each, above the screen they belong to."""

from sandbox.people import Person, plain
from sandbox.telegram.changes import Change
from sandbox.town import Town
from tests.bot.conftest import Running

SIMULATE = "Calculer une mensualité"


async def simulates(person: Person) -> None:
    person.starts()
    await person.waits()
    person.taps(SIMULATE)
    await person.waits()


def sent(town: Town, method: str) -> int:
    return len([call for call in town.telegram.ledger.calls(method) if call.accepted])


async def test_a_picture_comes_above_the_screen_which_stays_the_only_living_one(
    bot: Running, ann: Person, town: Town
) -> None:
    await simulates(ann)
    ann.taps("Voir en image")
    await ann.waits()
    assert sent(town, "sendPhoto") == 1
    assert ann.living == [ann.screen]
    assert "2 000 € sur 36 mois" in plain(ann.reads())


async def test_the_same_picture_is_sent_again_without_being_drawn_again(
    bot: Running, ann: Person, town: Town
) -> None:
    await simulates(ann)
    for _ in range(2):
        ann.taps("Voir en image")
        await ann.waits()
    first, second = town.telegram.ledger.calls("sendPhoto")
    assert "photo" not in first.parameters or first.parameters["photo"] != second.parameters["photo"]
    assert isinstance(second.parameters["photo"], str)
    assert not second.parameters["photo"].startswith("attach://")


async def test_the_table_comes_as_a_page_to_keep(bot: Running, ann: Person, town: Town) -> None:
    await simulates(ann)
    ann.taps("Recevoir le tableau")
    await ann.waits()
    assert sent(town, "sendDocument") == 1
    assert ann.living == [ann.screen]


async def test_a_screen_that_must_be_tried_again_brings_no_second_picture(
    bot: Running, ann: Person, town: Town
) -> None:
    await simulates(ann)

    def too_many_calls(change: Change) -> None:
        if change.carries:
            town.telegram.faults.flood(1, ann.chat.id)

    town.telegram.changes.subscribe(too_many_calls)
    ann.taps("Voir en image")
    await town.until(
        lambda: ann.living == [ann.screen] and sent(town, "sendMessage") == 2, "the screen comes"
    )
    assert town.telegram.ledger.refused()
    assert sent(town, "sendPhoto") == 1


async def test_a_lost_answer_leaves_nobody_stuck(bot: Running, ann: Person, town: Town) -> None:
    await simulates(ann)
    town.telegram.faults.lose_answers(1, "sendPhoto")
    ann.taps("Voir en image")
    await ann.waits()
    ann.taps("+ 100 €")
    await ann.waits()
    assert "2 100 € sur 36 mois" in plain(ann.reads())
    assert sent(town, "sendPhoto") == 1
