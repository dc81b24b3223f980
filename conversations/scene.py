"""What a step may look at besides the dialogue: the programme of the day, the words, the hour."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from conversations.dialogue import Dialogue
from conversations.effects import Effect
from conversations.handover.request import Office, Request
from conversations.handover.standing import standing
from conversations.programme.model import Programme
from conversations.words import Words

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Scene:
    """The world around a dialogue, handed in: nothing in `conversations/` reaches for it.

    `now` is aware. `programme` is the scheme as of that day in Europe/Paris. `request` is this person's, None
    where they have none or where it is closed; `closed` are those that are still kept. Without an `office`
    nobody is called back: the door is not shown. `spare_reference` is drawn by lot.
    """

    programme: Programme
    catalogues: Mapping[str, Words]  # by language: "fr" is always there
    now: datetime
    request: Request | None = None
    office: Office | None = None
    spare_reference: str = ""
    closed: tuple[Request, ...] = ()

    @property
    def today(self) -> date:
        """The day in the four communes."""
        return self.now.astimezone(PARIS).date()

    def around(self, requests: Iterable[Request], office: Office | None, spare_reference: str) -> "Scene":
        """The scene around somebody of whom these requests are kept; one of them at most is not closed.

        The office is where they would be called back from, the reference one that they may come to bear.
        """
        kept = tuple(requests)
        closed = tuple(each for each in kept if each.closed_at is not None)
        standing = next((each for each in kept if each not in closed), None)
        return replace(self, request=standing, closed=closed, office=office, spare_reference=spare_reference)

    def after(self, effects: Sequence[Effect]) -> "Scene":
        """The scene once these effects of a step are done: what the next screen is computed from."""
        if not effects:
            return self
        return replace(self, request=standing(self.request, effects, self.now, self.office))

    def words(self, language: str) -> Words:
        """The words of a language, French where it is not spoken here, with the programme's figures."""
        return _knowing(self.programme, self.catalogues.get(language, self.catalogues["fr"]))


@lru_cache(maxsize=32)  # a few languages, and the programmes of a few days
def _knowing(programme: Programme, words: Words) -> Words:
    return words.knowing(**programme.figures(words))


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where a person is, in their language, under the scheme of the day. Equal ones see the same question."""

    dialogue: Dialogue
    words: Words
    programme: Programme


@dataclass(frozen=True, slots=True)
class Here(Standpoint):
    """One person in the scene: what every screen is computed from."""

    scene: Scene

    @classmethod
    def of(cls, dialogue: Dialogue, scene: Scene) -> "Here":
        """This dialogue in this scene."""
        return cls(dialogue, scene.words(dialogue.language), scene.programme, scene)

    @property
    def standpoint(self) -> Standpoint:
        """The part of it that changes neither with the hour nor with the last thing the person did."""
        return Standpoint(self.dialogue.calm, self.words, self.programme)
