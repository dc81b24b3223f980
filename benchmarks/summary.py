"""Several rounds of one contender in a few numbers: the median over the rounds, times over all their taps."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.measure import CROWDS, Round, Run


@dataclass(frozen=True, slots=True)
class Summary:
    """One contender. Rates are taps a second, times seconds, memory bytes."""

    name: str
    keeps: str
    rates: dict[int, float]  # by how many residents
    cpu: dict[int, float]  # of a tap, likewise
    half: dict[int, float]  # half of the taps took no longer, likewise
    calm_half: float  # the same at Telegram's ceiling
    calm_most: float  # 99 of 100 took no longer
    memory: float
    start: float
    ruler: float  # share of a processor that the fake Telegram took at most
    broken: tuple[int, ...]  # crowds in which somebody got no answer, or a wrong one


def summed_up(name: str, keeps: str, rounds: Sequence[Round]) -> Summary:
    """The rounds of this contender."""
    calm = [run for seen in rounds if (run := seen.calm) is not None]
    crowds = {crowd: [seen.crowds[crowd] for seen in rounds] for crowd in CROWDS}
    waits = sorted(wait for run in calm for wait in run.latencies)
    return Summary(
        name=name,
        keeps=keeps,
        rates={crowd: median(run.rate for run in runs) for crowd, runs in crowds.items()},
        cpu={crowd: median(run.cpu for run in runs) for crowd, runs in crowds.items()},
        half={crowd: _middle(runs) for crowd, runs in crowds.items()},
        calm_half=_middle(calm),
        calm_most=waits[int(len(waits) * 0.99)],
        memory=median(seen.memory for seen in rounds),
        start=median(seen.start for seen in rounds),
        ruler=max(run.ruler for runs in crowds.values() for run in runs),
        broken=tuple(
            crowd for crowd, runs in crowds.items() if any(run.unanswered or run.wrong for run in runs)
        ),
    )


def _middle(runs: Sequence[Run]) -> float:
    return median(wait for run in runs for wait in run.latencies)
