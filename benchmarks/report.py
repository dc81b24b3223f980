"""The tables in Markdown, and the picture's panels."""

from collections.abc import Iterable, Sequence

from benchmarks.growth import Grown
from benchmarks.measure import CROWDS
from benchmarks.picture import Bar, number
from benchmarks.summary import Summary
from benchmarks.targets import Target


def table(summaries: Sequence[Summary]) -> str:
    """A line a contender."""
    heads = (
        "",
        "kept before the answer",
        *(f"taps/s, {crowd}" for crowd in CROWDS),
        *(f"ms of processor a tap, {crowd}" for crowd in CROWDS),
        "p50 / p99 at 30 taps/s, ms",
        "memory, MB",
        "start, s",
    )
    return _rows(
        heads,
        (
            (
                f"**{each.name}**",
                each.keeps,
                *(number(each.rates[crowd]) + " (breaks)" * (crowd in each.broken) for crowd in CROWDS),
                *(number(each.cpu[crowd] * 1000) for crowd in CROWDS),
                f"{number(each.calm_half * 1000)} / {number(each.calm_most * 1000)}",
                number(each.memory / 1e6),
                number(each.start),
            )
            for each in summaries
        ),
    )


def growth_table(grown: Sequence[Grown]) -> str:
    """A line a size."""
    heads = (
        "dialogues, leads and known updates, each",
        "start, s",
        "one resident's wait for a tap, ms",
        "ms of processor a tap, 50",
        "figures of the year, s",
    )
    return _rows(
        heads,
        (
            (
                f"{each.size:,}",
                number(each.start),
                number(each.tap * 1000),
                number(each.cpu * 1000),
                number(each.reading),
            )
            for each in grown
        ),
    )


def curves(grown: Sequence[Grown]) -> list[tuple[str, list[Bar]]]:
    """What the picture of growth shows: less is better, flat is best."""
    shown = {
        "seconds from the start to the first screen": [each.start for each in grown],
        "milliseconds one resident waits for a tap": [each.tap * 1000 for each in grown],
        "seconds to read the figures of the year": [each.reading for each in grown],
    }
    names = [f"{each.size:,} dialogues and leads" for each in grown]
    return [
        (heading, [Bar(name, value, ours=True) for name, value in zip(names, values, strict=True)])
        for heading, values in shown.items()
    ]


def promises(name: str, kept: Iterable[Target]) -> str:
    """A line a target."""
    return _rows(
        (name, "target", "seen", ""),
        (
            (
                target.words,
                f"{'≥' if target.least else '≤'} {target.bound:g}",
                number(target.seen),
                "met" if target.met else "**missed**",
            )
            for target in kept
        ),
    )


def panels(summaries: Sequence[Summary], ours: Sequence[str]) -> list[tuple[str, list[Bar]]]:
    """What the picture shows."""
    shown = [
        (f"taps a second, {crowd} {'resident' if crowd == 1 else 'residents'}: more is better", crowd)
        for crowd in CROWDS
    ]
    rates = [
        (heading, [Bar(each.name, each.rates[crowd], each.name in ours) for each in summaries])
        for heading, crowd in shown
    ]
    spent = [Bar(each.name, each.cpu[50] * 1000, each.name in ours) for each in summaries]
    return [*rates, ("milliseconds of processor a tap, 50 residents: less is better", spent)]


def _rows(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
