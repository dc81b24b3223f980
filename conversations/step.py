"""The heart's one door: what the person did → the dialogue as it is now, and what follows from it."""

from dataclasses import dataclass

from conversations.dialogue import Dialogue
from conversations.effects import Effect
from conversations.events import Event
from conversations.scene import Scene
from conversations.screen import Screen


@dataclass(frozen=True, slots=True)
class Step:
    """The new dialogue, its effects, and a few words for the tap's own little bubble."""

    dialogue: Dialogue
    effects: tuple[Effect, ...] = ()
    bubble: str = ""


def begin(language: str) -> Dialogue:
    """The dialogue of somebody we know nothing of. `language` is the phone's: « fr », « en-GB », …"""
    raise NotImplementedError


def step(dialogue: Dialogue, event: Event, scene: Scene) -> Step:
    """One event through the dialogue. Pure: no Telegram, no database, no clock, no chance."""
    raise NotImplementedError


def screen(dialogue: Dialogue, scene: Scene) -> Screen:
    """What the person sees. Pure, so drawing twice is harmless."""
    raise NotImplementedError


def expire(dialogue: Dialogue, scene: Scene) -> tuple[Effect, ...]:
    """What is counted when a dialogue is erased for its age."""
    raise NotImplementedError
