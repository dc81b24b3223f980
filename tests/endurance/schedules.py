"""Every schedule of crashes over an act, up to a depth: each place at which each of its lives can die.

Two deaths that leave the same phones and the same database behind are one: what follows from them is looked
at once. So a schedule is a way through the states that deaths lead to, and all ways are counted.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import TypeVar

from tests.endurance.cast import Cast, Moment
from tests.endurance.life import Life
from tests.endurance.story import ACTS
from tests.endurance.verdict import Portrait, fingerprint, judge, portrait, sent_to

T = TypeVar("T")


@dataclass(frozen=True)
class Stage:
    """An act, the moment at which it begins, and what is to be seen when it is over."""

    number: int
    begin: Moment
    expected: Portrait
    sent: dict[str, set[str]]
    places: frozenset[str]

    @property
    def name(self) -> str:
        """The act's name."""
        return ACTS[self.number].__name__


@dataclass
class Explored:
    """What came of it."""

    act: str
    deaths: dict[str, dict[str, str]] = field(default_factory=dict)  # state → place → state
    depths: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    lives: int = 0

    def schedules(self, depth: int) -> int:
        """How many schedules of one to `depth` crashes were looked at."""
        [first] = (state for state, level in self.depths.items() if level == 0)
        return self._ways(first, depth)

    def _ways(self, state: str, depth: int) -> int:
        if depth == 0:
            return 0
        return sum(1 + self._ways(after, depth - 1) for after in self.deaths.get(state, {}).values())


@cache
def stages(url: str) -> tuple[Stage, ...]:
    """The whole story without a death."""
    cast, found = Cast.meet(url), []
    for number, act in enumerate(ACTS):
        begin, life = cast.moment(), Life(cast, None, armed=True)
        life.plays(act)
        told = {person.user.first_name: sent_to(person) for person in cast.people}
        expected = portrait(cast)
        assert judge(cast, [life], expected, told) == []
        found.append(Stage(number, begin, expected, told, frozenset(life.reached)))
    cast.books.burn()
    return tuple(found)


class Explorer:
    """Explores one stage. `breadth`: after the first death, only so many deaths at each depth, at random."""

    def __init__(self, stage: Stage, url: str, breadth: int | None = None, seed: int = 0) -> None:
        self._stage = stage
        self._url = url
        self._breadth = breadth
        self._chance = Random(seed)
        self.explored = Explored(stage.name)

    def explore(self, depth: int, tell: Callable[[str], None] = lambda _: None) -> Explored:
        """Look at every schedule of up to `depth` crashes."""
        told = self.explored
        states: dict[str, tuple[Moment, tuple[str, ...]]] = {"": (self._stage.begin, ())}
        told.depths[""] = 0
        for level in range(depth + 1):
            tries = [
                (state, place)
                for state, (moment, path) in states.items()
                for place in self._goes_on(moment, path)
            ]
            tell(f"{told.act}: {len(states)} states after {level} crashes, {len(tries)} ways to die there")
            if level == depth:
                break
            if self._breadth is not None and level > 0:
                tries = self._chance.sample(tries, min(self._breadth, len(tries)))
            following: dict[str, tuple[Moment, tuple[str, ...]]] = {}
            for state, place in tries:
                moment, path = states[state]
                died = self._dies(moment, (*path, place))
                if died is None:
                    continue
                after, then = died
                told.deaths.setdefault(state, {})[place] = after
                if after not in told.depths:
                    told.depths[after] = level + 1
                    following[after] = then, (*path, place)
            states = following
        return told

    def _goes_on(self, moment: Moment, path: tuple[str, ...]) -> list[str]:
        """Live on from here to the end of the act, undisturbed; the places it came by."""

        def judged(cast: Cast, life: Life) -> list[str]:
            wrong = judge(cast, [*[life] * len(path), life], self._stage.expected, self._stage.sent)
            self.explored.failures += [f"{self._named(path)}: {what}" for what in wrong]
            return list(life.reached)

        return self._lives(moment, path, None, judged) or []

    def _dies(self, moment: Moment, path: tuple[str, ...]) -> tuple[str, Moment] | None:
        """Live on from here to death; the state it leaves behind. None where death did not come."""

        def left(cast: Cast, life: Life) -> tuple[str, Moment] | None:
            return (fingerprint(cast), cast.moment()) if path[-1] in life.reached else None

        return self._lives(moment, path[:-1], path[-1], left)

    def _lives(
        self,
        moment: Moment,
        path: tuple[str, ...],
        dies_at: str | None,
        then: Callable[[Cast, Life], T],
    ) -> T | None:
        """One life, and then a look at what it leaves behind; None where the story itself failed."""
        self.explored.lives += 1
        cast = moment.again(self._url)
        cast.gives_up()
        life = Life(cast, dies_at, armed=bool(path))
        try:
            life.plays(ACTS[self._stage.number])
            return then(cast, life)
        except Exception as error:  # noqa: BLE001 — whatever it is, it is what this is looking for
            self.explored.failures.append(f"{self._named((*path, dies_at or 'no death'))}: {error!r}")
            return None
        finally:
            cast.books.burn()

    def _named(self, path: tuple[str, ...]) -> str:
        return f"{self._stage.name}: {' → '.join(path)}"
