"""One person's turn: what waits of them, through their dialogue, to one screen. No Telegram, no database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot import logs
from bot.screens.drawing import Drawing, Tap
from conversations.effects import CountLead, CountStop, Effect, Lead
from conversations.events import CameBack, Event, Tapped
from conversations.handover.request import HandoverEffect
from conversations.page_kinds import Home
from conversations.scene import Scene
from conversations.screen import Screen
from conversations.step import begin, screen, step
from storage.arrivals import Arrival
from storage.records import Record

Chance = Callable[[], int]  # a new random number of 63 bits each time


@dataclass(slots=True)
class Counted:
    """What several turns add to the figures."""

    chance: Chance
    leads: dict[int, Lead] = field(default_factory=dict)  # each under its key
    stops: list[CountStop] = field(default_factory=list)

    def add(self, effects: Sequence[Effect], key: int | None) -> int | None:
        """Count these effects; returns the key under which this dialogue's lead is kept, if it has one."""
        for effect in effects:
            match effect:
                case CountLead(lead):
                    key = self.chance() if key is None else key
                    self.leads[key] = lead
                case CountStop():
                    self.stops.append(effect)
                case _:  # what concerns a request is written by the desk
                    pass
        return key


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn leads to; the drawing's record is what is to be kept."""

    drawing: Drawing
    failed: tuple[int, ...]  # the updates that the dialogue could not take
    handover: tuple[HandoverEffect, ...] = ()  # what follows for this person's request


def turn(record: Record | None, arrivals: Sequence[Arrival], scene: Scene, counted: Counted) -> Turn:
    """Take the arrivals of one chat in their order, at least one; `record` is None for a newcomer.

    An arrival that makes the dialogue fail is left out: the dialogue stays as it was, and is shown.
    """
    record = record or Record(arrivals[0].chat_id, begin(arrivals[0].language), scene.now)
    shown: Screen | None = None
    taps: list[Tap] = []
    failed: list[int] = []
    handover: list[HandoverEffect] = []
    for arrival in arrivals:
        record, event, left = _hear(record, arrival)
        record = record.leaving(left)
        bubble = ""
        try:
            done = step(record.dialogue, event, scene)
            after = scene.after(done.effects)
            shown = screen(done.dialogue, after)
        except Exception as error:  # noqa: BLE001 — a mistake of ours, of which nobody else shall suffer
            logs.warn("step_failed", error, update=arrival.update_id)
            failed.append(arrival.update_id)
        else:
            bubble, scene = done.bubble, after
            handover += [effect for effect in done.effects if isinstance(effect, HandoverEffect)]
            key = counted.add(done.effects, record.lead_key)
            record = replace(record, dialogue=done.dialogue, lead_key=None if shown.final else key)
        if arrival.query:
            taps.append(Tap(arrival.query, bubble))
    record = replace(record, revision=record.revision + 1, updated_at=scene.now)
    drawing = redraw(record, scene) if shown is None else Drawing(record, shown)
    return Turn(replace(drawing, taps=tuple(taps)), tuple(failed), tuple(handover))


def redraw(record: Record, scene: Scene) -> Drawing:
    """The screen of a record as it stands. Where it cannot be drawn any more, home: the answers stay."""
    try:
        return Drawing(record, screen(record.dialogue, scene))
    except Exception as error:  # noqa: BLE001 — a mistake of ours: nobody is left without a screen
        logs.warn("screen_failed", error)
    home = replace(record.dialogue.at(Home()), remark=None)
    return Drawing(replace(record, dialogue=home), screen(home, scene))


def _hear(record: Record, arrival: Arrival) -> tuple[Record, Event, tuple[int, ...]]:
    """Where this leaves the messages, what it means, and which messages lose their buttons."""
    if not isinstance(arrival.event, Tapped):
        return replace(record, heard=max(record.heard, arrival.message_id)), arrival.event, ()
    tapped, living = arrival.message_id, record.living
    if living is None or tapped > living:
        # Sent by us, though we never heard that it arrived: this is the screen in front of them.
        return replace(record, living=tapped), arrival.event, () if living is None else (living,)
    if tapped == living:
        return record, arrival.event, ()
    if tapped > record.heard:
        # Sent twice around a crash, so both show the same: the older one is as good as the living one.
        return record, arrival.event, (tapped,)
    # On an old screen: whatever it offered, the present one is sent anew where the person is now.
    return replace(record, heard=max(record.heard, living)), CameBack(), (tapped,)
