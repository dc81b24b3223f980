"""The people of the benchmark: each taps a button of the newest screen in their chat, and looks at the next.

A tap lasts from the moment its update is there to be fetched to the moment its screen has arrived.
"""

import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

Keyboard = list[list[dict[str, str]]]  # as Telegram writes it


@dataclass(frozen=True, slots=True)
class Shown:
    """One screen of the walk: its HTML and its rows of labels, by what it is known, and what is tapped on it.

    The HTML is that of one walk; in another one, an earlier answer it repeats may read otherwise.
    """

    text: str
    rows: list[list[str]]
    name: str
    taps: list[str]


@dataclass(slots=True)
class Resident:
    """One person: where they are in the walk, and since when they wait for that screen."""

    chat_id: int
    at: int = 0
    since: float = 0.0  # 0 while they look at a screen
    message_id: int = 0
    data: str = ""  # what the button says that they tap next
    seen: str = ""  # the screen as Telegram writes it: the text and the buttons of a message


@dataclass(slots=True)
class Tally:
    """What came of the taps of one measurement."""

    begun: float = field(default_factory=perf_counter)
    arrived: int = 0  # screens
    answered: int = 0  # taps whose wheel stopped turning
    wrong: int = 0  # screens that are not those of the walk
    latencies: list[float] = field(default_factory=list)  # seconds, of the taps since it began


class Town:
    """All of them, in chats from `first` on. `speak` and `tap` put an update in front of the bot."""

    def __init__(
        self,
        walk: Sequence[Shown],
        first: int,
        speak: Callable[[Resident], None],
        tap: Callable[[Resident], None],
    ) -> None:
        self.people: dict[int, Resident] = {}
        self.tally = Tally()
        self._walk = walk
        self._first = first
        self._speak = speak
        self._tap = tap
        self._hurrying = False
        self._idle: deque[Resident] = deque()
        self._chance = random.Random(30)  # noqa: S311 — the same gaps for every contender

    @property
    def waiting(self) -> int:
        """How many wait for a screen."""
        return sum(resident.since > 0 for resident in self.people.values())

    def welcome(self, many: int) -> None:
        """So many people say /start, as far as they did not yet."""
        for chat_id in range(self._first + len(self.people), self._first + many):
            resident = self.people[chat_id] = Resident(chat_id, since=perf_counter())
            self._speak(resident)

    def hurry(self, many: int) -> None:
        """From now on so many of them tap as soon as they have their screen."""
        self._hurrying = True
        for resident in list(self.people.values())[:many]:
            self._act(resident)

    def stroll(self) -> None:
        """From now on they tap when they are told to."""
        self._idle = deque(self.people.values())

    def rest(self) -> None:
        """Nobody taps any more."""
        self._hurrying = False
        self._idle.clear()

    def one_taps(self) -> None:
        """Whoever has looked at their screen longest taps; nobody, where all of them wait."""
        if self._idle:
            self._act(self._idle.popleft())

    def gap(self, rate: float) -> float:
        """Seconds to the next tap, where people come as they like, `rate` of them a second."""
        return self._chance.expovariate(rate)

    def saw(self, resident: Resident, message_id: int, text: str, keyboard: Keyboard) -> None:
        """A screen arrived in this chat."""
        shown = self._walk[resident.at]
        tap = self._chance.choice(shown.taps)
        data = [key["callback_data"] for row in keyboard for key in row if key["text"] == tap]
        if shown.name not in text or len(data) != 1:
            self.tally.wrong += 1
            return
        resident.message_id, resident.data = message_id, data[0]
        if not resident.since:
            return  # the same screen once more: harmless
        self.tally.arrived += 1
        if resident.since >= self.tally.begun:
            self.tally.latencies.append(perf_counter() - resident.since)
        resident.since = 0.0
        if self._hurrying:
            self._act(resident)
        else:
            self._idle.append(resident)

    def _act(self, resident: Resident) -> None:
        resident.at = resident.at % (len(self._walk) - 1) + 1  # after the last one comes the first question
        resident.since = perf_counter()
        self._tap(resident)
