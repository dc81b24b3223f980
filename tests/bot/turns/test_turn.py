"""One person's turn: which message they mean, what is counted, and what happens when the dialogue fails."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.screens.drawing import Tap
from bot.turns import turn as turning
from bot.turns.turn import Counted, Turn, redraw, turn
from conversations.dialogue import Dialogue
from conversations.effects import CountLead, Effect, Lead
from conversations.events import CameBack, Commanded, Event, Said, Tapped
from conversations.page_kinds import Asking, Erased, Home
from conversations.scene import Scene
from conversations.screen import Screen
from conversations.step import Step, screen
from storage.arrivals import Arrival
from storage.records import Record
from tests.conversations.talk import shipped

SCENE = shipped()
LEAD = Lead("2026-11", "1", "fr", "", "oui", "conde", "25_59", "rsa", "permis", "1000-1499", "", ())
NOWHERE = Dialogue("fr", pages=(Asking("nowhere"),), papers=("rib",))
ASKING = Dialogue("fr", pages=(Home(), Asking()))


def record(living: int | None = 10, heard: int = 9, dialogue: Dialogue = ASKING) -> Record:
    return Record(5, dialogue, datetime(2026, 11, 1, tzinfo=UTC), 3, 3, living, heard)


def does(*acts: tuple[int, Event], on: Record | None = None, counted: Counted | None = None) -> Turn:
    """The turn of somebody who does these things, each with the number of a message."""
    arrivals = [
        Arrival(number, 5, message, event, "fr", f"q{number}" if isinstance(event, Tapped) else "")
        for number, (message, event) in enumerate(acts)
    ]
    return turn(on, arrivals, SCENE, counted or Counted(count(1).__next__))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """What reaches the dialogue, which stays as it is."""
    events: list[Event] = []

    def listening(dialogue: Dialogue, event: Event, _: Scene) -> Step:
        events.append(event)
        return Step(dialogue)

    monkeypatch.setattr(turning, "step", listening)
    return events


def test_a_newcomer_speaks_the_language_of_their_phone() -> None:
    newcomer = turn(None, [Arrival(1, 5, 3, Commanded("start"), "en")], SCENE, Counted(lambda: 1)).drawing
    assert newcomer.record.dialogue.language == "en"
    assert (newcomer.record.revision, newcomer.record.shown, newcomer.record.heard) == (1, 0, 3)
    assert newcomer.record.below
    assert newcomer.record.updated_at == SCENE.now


def test_a_tap_on_the_living_message_is_a_tap(heard: list[Event]) -> None:
    drawing = does((10, Tapped("x")), on=record()).drawing
    assert heard == [Tapped("x")]
    assert (drawing.record.living, drawing.record.below, drawing.record.stale) == (10, False, ())
    assert drawing.taps == (Tap("q0"),)


def test_a_message_we_never_heard_of_lives_once_it_is_tapped(heard: list[Event]) -> None:
    drawing = does((12, Tapped("x")), on=record(living=10, heard=11)).drawing
    assert heard == [Tapped("x")]
    assert (drawing.record.living, drawing.record.below, drawing.record.stale) == (12, False, (10,))


def test_a_tap_on_an_old_screen_brings_the_person_back(heard: list[Event]) -> None:
    drawing = does((7, Tapped("x")), on=record()).drawing
    assert heard == [CameBack()]
    assert (drawing.record.living, drawing.record.below, drawing.record.stale) == (10, True, (7,))


def test_of_two_messages_sent_around_a_crash_both_are_good(heard: list[Event]) -> None:
    drawing = does((11, Tapped("x")), on=record(living=12, heard=9)).drawing
    assert heard == [Tapped("x")]
    assert (drawing.record.living, drawing.record.below, drawing.record.stale) == (12, False, (11,))


def test_what_is_said_puts_the_screen_below(heard: list[Event]) -> None:
    drawing = does((11, Said("x")), on=record()).drawing
    assert heard == [Said("x")]
    assert (drawing.record.living, drawing.record.heard, drawing.record.below) == (10, 11, True)


def test_a_tap_made_while_the_new_screen_is_on_its_way_still_counts(heard: list[Event]) -> None:
    drawing = does((11, Said("x")), (10, Tapped("y")), on=record()).drawing
    assert heard == [Said("x"), Tapped("y")]
    assert drawing.record.below


acts = st.lists(
    st.tuples(st.integers(1, 30), st.sampled_from([Tapped("back"), Tapped("a:commune:conde"), Said("x")])),
    min_size=1,
)


@settings(deadline=None)
@given(acts, st.none() | st.integers(1, 30), st.integers(0, 30))
def test_in_any_order_no_message_is_forgotten(
    acts: list[tuple[int, Event]], living: int | None, said: int
) -> None:
    """Whatever may carry buttons is the living message, or newer than it, or loses its buttons."""
    drawing = does(*acts, on=record(living, said)).drawing
    after = drawing.record
    tapped = {message for message, event in acts if isinstance(event, Tapped)} | ({living} - {None})
    assert after.living is None or after.living >= (living or 0)
    assert after.heard >= said
    assert all(message == after.living or message in drawing.record.stale for message in tapped)
    assert len(drawing.taps) == sum(isinstance(event, Tapped) for _, event in acts)


def no_screen_for_nowhere(dialogue: Dialogue, scene: Scene) -> Screen:
    if dialogue == NOWHERE:
        raise LookupError
    return screen(dialogue, scene)


def counting(monkeypatch: pytest.MonkeyPatch, *effects: Effect, then: Callable[[Dialogue], Dialogue]) -> None:
    monkeypatch.setattr(turning, "step", lambda dialogue, _, __: Step(then(dialogue), effects))


def test_a_second_lead_of_the_same_dialogue_keeps_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    counting(monkeypatch, CountLead(LEAD), then=lambda same: same)
    counted = Counted(iter([111, 222]).__next__)
    first = does((11, Said("x")), (12, Said("y")), on=record(), counted=counted).drawing.record
    assert (first.lead_key, counted.leads) == (111, {111: LEAD})
    again = does((13, Said("z")), on=first, counted=counted).drawing.record
    assert again.lead_key == 111


def test_the_last_screen_lets_go_of_the_lead(monkeypatch: pytest.MonkeyPatch) -> None:
    counting(monkeypatch, then=lambda same: replace(same, pages=(Erased(),)))
    ended = does((11, Said("x")), on=replace(record(), lead_key=111)).drawing
    assert ended.screen.final
    assert ended.record.lead_key is None


def test_an_update_at_which_the_dialogue_fails_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing_once(dialogue: Dialogue, event: Event, _: Scene) -> Step:
        if event == Said("boom"):
            raise KeyError(event)
        return Step(replace(dialogue, source=dialogue.source + "x"))

    monkeypatch.setattr(turning, "step", failing_once)
    done = does((11, Said("a")), (12, Said("boom")), (13, Said("b")), on=record())
    assert done.failed == (1,)
    assert done.drawing.record.dialogue == replace(ASKING, source="xx")
    assert done.drawing.record.heard == 13


def test_an_update_that_leads_to_a_screen_that_cannot_be_drawn_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turning, "step", lambda *_: Step(NOWHERE))
    monkeypatch.setattr(turning, "screen", no_screen_for_nowhere)
    done = does((11, Said("a")), on=record())
    assert done.failed == (0,)
    assert done.drawing.record.dialogue == ASKING
    assert done.drawing.screen.buttons


def test_a_record_whose_screen_cannot_be_drawn_any_more_is_at_home_with_its_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turning, "screen", no_screen_for_nowhere)
    drawn = redraw(record(dialogue=NOWHERE), SCENE)
    assert drawn.record.dialogue == replace(NOWHERE, pages=(Home(),))
    assert drawn.screen.buttons


def test_the_failure_is_told_without_a_word_of_what_was_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(_: Dialogue, event: Event, __: Scene) -> Step:
        raise ValueError(f"cannot understand {event}")

    caplog.set_level("DEBUG")
    monkeypatch.setattr(turning, "step", failing)
    does((11, Said("kanarienvogel")), on=record())
    [told] = caplog.records
    everything = str(vars(told))
    assert "ValueError" in everything
    assert "tests/bot/turns/test_turn.py" in everything
    assert "kanarienvogel" not in everything
